"""What is kept of somebody whose account was erased, and that it goes when its time is over too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts.holdings import holdings
from life_events import Text

# A correction hangs on what it corrects: they go together, when the last of them is old enough.
_NOT_YET: Final[Mapping[str, str]] = {
    "applications": " AND NOT EXISTS (SELECT FROM applications o WHERE (o.chain = t.id OR o.corrects = t.id)"
    " AND o.accepted_at >= :before)"
}
SWEPT_BY_OTHERS: Final = frozenset({"exchange_log", "login_log"})
"""Everybody's, and forgotten after a year whosever they are: `chain.forget_older`, `sweep.forget_expired`."""


@dataclass(frozen=True)
class Stay:
    """What stays after an erasure, told to her; `until` when it were erased that day, at the latest."""

    table: str
    text: Text
    until: date


def stays(erased_on: date) -> list[Stay]:
    return [
        Stay(table, held.stays, erased_on + timedelta(days=held.hold.days))
        for table, held in holdings().items()
        if held.stays and held.hold
    ]


async def forget_outlived(conn: AsyncConnection, now: datetime) -> int:
    """Rows of nobody who has an account, older than they are kept; how many (house door)."""
    gone = 0
    for table, held in holdings().items():
        if held.hold is None or not held.hold.days or table in SWEPT_BY_OTHERS:
            continue
        late = (
            f"DELETE FROM {table} t WHERE t.{held.hold.since} < :before"  # noqa: S608 - names of our own file
            f" AND NOT EXISTS (SELECT FROM residents r WHERE r.id = t.{held.column}){_NOT_YET.get(table, '')}"
        )
        gone += (await conn.execute(text(late), {"before": now - timedelta(days=held.hold.days)})).rowcount
    return gone
