"""A ward's own lists: a name, a last day, and a mark on everybody who is on it, in the address book alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.broadcasts.tables import lists
from notifications.tables import HERSELF, contact_marks, contacts

KEPT_FOR: Final = timedelta(days=180)
FEWEST: Final = 5
"""A list of fewer is a letter to somebody, and those are written at her case."""
LONGEST_NAME: Final = 60


class NameTaken(Exception):
    """The ward has another of this name."""


class FewKnown(Exception):
    """Fewer than FEWEST of them live in the ward and are in the address book; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    id: UUID
    name: str
    people: int
    by_name: str
    at: datetime
    ends_on: date


async def make(
    conn: AsyncConnection, *, id: UUID, ward: str, name: str, residents: Collection[UUID], by_name: str, now: datetime
) -> Kept:
    """House door, since only there others' marks are written. Raises FewKnown and NameTaken."""
    known = contacts.c.resident.in_(residents) & (contacts.c.ward == ward)
    people = (await conn.execute(select(func.count()).select_from(contacts).where(known))).scalar_one()
    if people < FEWEST:
        raise FewKnown
    taken = select(lists.c.id).where(lists.c.ward == ward, lists.c.name == name)
    if (await conn.execute(taken)).first() is not None:
        raise NameTaken
    kept = Kept(id, name, people, by_name, now, (now + KEPT_FOR).date())
    line = {"id": id, "ward": ward, "name": name, "people": people, "by_name": by_name, "at": now}
    await conn.execute(insert(lists).values(**line, ends_on=kept.ends_on))
    marked = select(contacts.c.resident, contacts.c.number, contacts.c.ward, literal(f"list:{id}"), literal(HERSELF))
    columns = ["resident", "number", "ward", "mark", "child"]
    await conn.execute(insert(contact_marks).from_select(columns, marked.where(known)))
    return kept


async def of_ward(conn: AsyncConnection, ward: str, today: date) -> Sequence[Kept]:
    """Ward door."""
    asked = select(lists).where(lists.c.ward == ward, lists.c.ends_on >= today).order_by(lists.c.name)
    return [_kept(row) for row in await conn.execute(asked)]


async def forget(conn: AsyncConnection, ward: str, id: UUID) -> bool:
    """House door: with it everybody's mark. False: there is none."""
    gone = await conn.execute(delete(lists).where(lists.c.ward == ward, lists.c.id == id))
    if gone.rowcount:
        mark = f"list:{id}"
        await conn.execute(delete(contact_marks).where(contact_marks.c.ward == ward, contact_marks.c.mark == mark))
    return gone.rowcount > 0


async def forget_ended(conn: AsyncConnection, today: date) -> int:
    """House door, each night: how many lists were forgotten."""
    ended = (await conn.execute(select(lists.c.ward, lists.c.id).where(lists.c.ends_on < today))).all()
    return sum([await forget(conn, row.ward, row.id) for row in ended])


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    return Kept(row.id, row.name, row.people, row.by_name, row.at, row.ends_on)
