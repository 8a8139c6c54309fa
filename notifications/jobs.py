"""What the mail room needs from the house to do its work later: a way to defer, to open a transaction, and a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

EXPAND_BROADCAST = "expand_broadcast"
"""args: {"broadcast": uuid}"""
COME_ROUND = "broadcast_comes_round"
"""args: {"broadcast": uuid}; at the time of one that comes round"""
PUSH_CHUNK = "push_chunk"
"""args: {"notice": uuid, "sent_on": ISO date, "chunk": int}"""

JAPAN = timezone(timedelta(hours=9), "Asia/Tokyo")
"""No summer time since 1951."""

Open = Callable[[], AbstractAsyncContextManager[AsyncConnection]]
"""Opens a transaction that sees the whole house; commits at the end, rolls back on an exception."""
Clock = Callable[[], datetime]
"""Aware time."""


class Defer(Protocol):
    """Puts a job into the same transaction. `once`: nothing happens while one with that name waits already."""

    async def __call__(
        self,
        conn: AsyncConnection,
        task: str,
        *,
        args: Mapping[str, object],
        at: datetime | None = None,
        lock: str | None = None,
        once: str | None = None,
    ) -> None: ...


def day_in_japan(moment: datetime) -> date:
    return moment.astimezone(JAPAN).date()
