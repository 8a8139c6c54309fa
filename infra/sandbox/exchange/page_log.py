"""What went over the exchange, for the page: the newest messages, in memory, without bodies."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

KEPT: Final = 2_000


class Passed(msgspec.Struct, frozen=True):
    """`status` is None when the caller hung up before the answer; `error` is the X-Road-Error code."""

    at: datetime
    verb: str
    target: str
    client: str
    user: str
    issue: str
    message_id: str
    request_id: str
    status: int | None
    error: str | None

    @classmethod
    def of(cls, verb: str, target: str, headers: Mapping[str, str], at: datetime) -> Passed:
        user, issue = headers.get("x-road-userid", ""), headers.get("x-road-issue", "")
        client, id = headers.get("x-road-client", ""), headers.get("x-road-id", "")
        return cls(at, verb, target, client, user, issue, id, "", None, None)

    def named(self, message_id: str, request_id: str) -> Passed:
        return msgspec.structs.replace(self, message_id=message_id, request_id=request_id)

    def ended(self, status: int, error: str | None) -> Passed:
        return msgspec.structs.replace(self, status=status, error=error)


class ExchangeLog:
    def __init__(self) -> None:
        self._messages: deque[Passed] = deque(maxlen=KEPT)

    def keep(self, message: Passed) -> None:
        self._messages.append(message)

    def newest_first(self) -> list[Passed]:
        return list(reversed(self._messages))
