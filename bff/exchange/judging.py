"""What may be called an answer: plain, readable, of the provider itself and to just this request."""

from __future__ import annotations

import email.message
from functools import lru_cache

import httpx
import msgspec

from bff.exchange.faults import why_of
from bff.exchange.message import Message
from bff.exchange.silence import Silent, Why
from bff.exchange.wire import Wire

_SPELLINGS = frozenset({"utf-8", "utf8", "us-ascii"})


def readable(answer: httpx.Response, source: str) -> None:
    """An error of the exchange itself is known by its header alone, be its body JSON, XML or nothing.

    What is packed might unpack to anything, and was not asked for; JSON is UTF-8 (RFC 8259, 8.1).
    """
    if (fault := answer.headers.get("x-road-error")) is not None:
        raise Silent(source, why_of(fault))
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if packed != "identity" or _is_misspelt(answer.headers.get("content-type", "")):
        raise Silent(source, Why.WRONG_ANSWER)


def judge(told: httpx.Response, message: Message, wire: Wire) -> None:
    """Raises `Silent` unless the provider itself answered this very request with something to read."""
    source = message.call.source
    if told.is_server_error:
        raise Silent(source, Why.UNAVAILABLE)
    if not wire.answers(told, message.sent, message.service, message.request):
        raise Silent(source, Why.WRONG_ANSWER)
    if told.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Silent(source, Why.REFUSED)
    if told.status_code == httpx.codes.NOT_FOUND and _code(told) == Why.NO_MATCH:
        raise Silent(source, Why.NO_MATCH)
    if told.is_redirect or told.is_informational:
        raise Silent(source, Why.WRONG_ANSWER)


@lru_cache(256)
def _is_misspelt(content_type: str) -> bool:
    kind = email.message.Message()
    kind["content-type"] = content_type
    charset = kind.get_content_charset("utf-8").lower()
    return kind.get_content_subtype().endswith("json") and charset not in _SPELLINGS


class _Coded(msgspec.Struct, frozen=True):
    code: str


def _code(told: httpx.Response) -> str | None:
    try:
        return msgspec.json.decode(told.content, type=_Coded).code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
