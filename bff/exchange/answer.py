"""Reading an answer strictly: exactly the shape agreed upon, or it is a wrong answer."""

from __future__ import annotations

from typing import TypeVar

import httpx
import msgspec

from bff.exchange.silence import Silent, Why

T = TypeVar("T")


def told(response: httpx.Response, shape: type[T], source: str) -> T:
    """The body of a 2xx JSON answer as a `shape`; raises `Silent(source, wrong_answer)` for all else.

    A missing field, a wrong type, a value out of bounds or text that is no JSON is wrong; a field that is not in
    the shape is passed over, so that a provider may add some.
    """
    if not response.is_success:
        raise Silent(source, Why.WRONG_ANSWER)
    try:
        return msgspec.json.decode(response.content, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Silent(source, Why.WRONG_ANSWER) from wrong
