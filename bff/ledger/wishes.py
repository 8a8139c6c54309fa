"""Who wishes it is told when somebody looked at her data: that it happened, and never what or who in a push.

`persons`: of each person who looked, once a day. `everything`: also, once a day, that there are entries she did not
begin herself: words a body sent by itself, and readings the house or an official began.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, cast
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.exchange.message_log import Entry
from bff.ledger.tables import look_wishes as rows
from bff.texts import handed_over, say
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice

Told = Literal["nobody", "persons", "everything"]
TOKYO: Final = "130001"
"""東京都: in whose name the house itself speaks, when it was no ward's official."""
_DAYS_IN: Final = ZoneInfo("Asia/Tokyo")
WARD_DIGITS: Final = 6


async def choose(conn: AsyncConnection, resident: UUID, *, told: Told, now: datetime) -> None:
    wish = insert(rows).values(resident=resident, told=told, at=now)
    await conn.execute(wish.on_conflict_do_update(index_elements=[rows.c.resident], set_={"told": told, "at": now}))


async def told_of(conn: AsyncConnection, resident: UUID) -> Told:
    """Nobody until she wishes it."""
    wish = await conn.scalar(select(rows.c.told).where(rows.c.resident == resident))
    return cast(Told, wish or "nobody")


async def tell(conn: AsyncConnection, resident: UUID, *, by: str, at: str, now: datetime) -> None:
    """In the transaction of the look itself; of the same person's looks of one day once. Through the house's door."""
    if await told_of(conn, resident) != "nobody":
        ward = at if at.isdecimal() and len(at) == WARD_DIGITS else TOKYO
        await _tell(conn, resident, by, "looked_body", ward=ward, now=now)


async def written(conn: AsyncConnection, entries: Sequence[Entry]) -> None:
    """In the transaction that keeps entries of the log: whoever wishes it is told of those she did not begin."""
    news = {one.resident: one.at for one in entries if one.resident is not None and _is_not_hers(one)}
    if not news:
        return
    wish = select(rows.c.resident).where(rows.c.resident.in_(sorted(news)), rows.c.told == "everything")
    for resident in await conn.scalars(wish.order_by(rows.c.resident)):
        await _tell(conn, resident, "entries", "entries_body", ward=TOKYO, now=news[resident])


def _is_not_hers(entry: Entry) -> bool:
    return entry.direction == "in" or (entry.direction == "out" and entry.asker != "resident")


async def _tell(conn: AsyncConnection, resident: UUID, by: str, body: str, *, ward: str, now: datetime) -> None:
    day = now.astimezone(_DAYS_IN).date()
    notice = Notice(
        id=uuid5(NAMESPACE_URL, f"look:{resident}:{by}:{day}"),
        ward=ward,
        kind=Kind.STATUS,
        sender=handed_over(say("looked_sender")),
        title=handed_over(say("looked_title")),
        body=handed_over(say(body)),
        sent_at=now,
        about="/readings",
    )
    await tell_one(conn, database.defer, resident, notice)
