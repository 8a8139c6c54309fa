"""What went over the exchange: the newest messages, in memory, without bodies."""

from collections import deque
from datetime import datetime
from typing import Final

import msgspec

KEPT: Final = 2_000


class Message(msgspec.Struct, frozen=True):
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


class ExchangeLog:
    def __init__(self) -> None:
        self._messages: deque[Message] = deque(maxlen=KEPT)

    def keep(self, message: Message) -> None:
        self._messages.append(message)

    def newest_first(self) -> list[Message]:
        return list(reversed(self._messages))
