"""What may be called an answer: plain, readable, of the provider itself and to just this request."""

from __future__ import annotations

import email.message
from collections.abc import Mapping
from functools import lru_cache

import httpx
import msgspec

from bff.exchange.faults import why_of
from bff.exchange.message import Message
from bff.exchange.question import Reply
from bff.exchange.silence import Silent, Why
from bff.exchange.wire import Wire

_SPELLINGS = frozenset({"utf-8", "utf8", "us-ascii"})
_LONGEST_TYPE = 255


def readable(headers: Mapping[str, str], source: str) -> None:
    """An error of the exchange itself is known by its header alone, be its body JSON, XML or nothing.

    What is packed might unpack to anything, and was not asked for; JSON is UTF-8 (RFC 8259, 8.1).
    """
    if (fault := headers.get("x-road-error")) is not None:
        raise Silent(source, why_of(fault))
    packed = headers.get("content-encoding", "identity").strip().lower()
    if packed != "identity" or _is_misspelt(headers.get("content-type", "")):
        raise Silent(source, Why.WRONG_ANSWER)


def judge(reply: Reply, message: Message, wire: Wire) -> None:
    """Raises `Silent` unless the provider itself answered this very request with something to read."""
    source, status = message.call.source, reply.status
    if httpx.codes.is_server_error(status):
        raise Silent(source, Why.UNAVAILABLE)
    if not wire.answers(reply.headers, message.sent, message.service, message.request):
        raise Silent(source, Why.WRONG_ANSWER)
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Silent(source, Why.REFUSED)
    if status == httpx.codes.NOT_FOUND and _code(reply) == Why.NO_MATCH:
        raise Silent(source, Why.NO_MATCH)
    if httpx.codes.is_redirect(status) or httpx.codes.is_informational(status):
        raise Silent(source, Why.WRONG_ANSWER)


@lru_cache(256)
def _is_misspelt(content_type: str) -> bool:
    """What the standard library stumbles over, or takes long for, is no type of content either."""
    if len(content_type) > _LONGEST_TYPE:
        return True
    kind = email.message.Message()
    kind["content-type"] = content_type
    try:
        charset = kind.get_content_charset("utf-8").lower()
    except (TypeError, ValueError, LookupError):
        return True
    return kind.get_content_subtype().endswith("json") and charset not in _SPELLINGS


class _Coded(msgspec.Struct, frozen=True):
    code: str


def _code(reply: Reply) -> str | None:
    try:
        return msgspec.json.decode(reply.body, type=_Coded).code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
