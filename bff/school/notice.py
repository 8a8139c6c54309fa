"""A notice a school has sent, as this room keeps it; what lies in the inboxes is the mail room's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school.asks import Asks, asks_of
from bff.school.school import Pupil, School
from bff.school.tables import school_notices
from life_events import Text

_n = school_notices.c
NEWS: Final = timedelta(days=30)
"""So long what asks for nothing is news to a guardian who joins."""


class Event(msgspec.Struct, frozen=True):
    """Of the family's calendar. Hours as HH:MM, empty: the whole day."""

    on: date
    begins: str = ""
    ends: str = ""
    place: str = ""


class Earlier(msgspec.Struct, frozen=True):
    """What it said and asked until `at`, and why and by whom it was changed then."""

    revision: int
    title: dict[str, str]
    body: dict[str, str]
    asks: Asks | None
    event: Event | None
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SchoolNotice:
    """`marks`: the groups it is for, any of them. `earlier`: what it said before, the oldest first. `asked_since`: the
    revision from which on answers count. `printed`: the revision of the letters that went home; None: none did."""

    id: UUID
    ward: str
    school: str
    marks: frozenset[str]
    title: Text
    body: Text
    asks: Asks | None
    event: Event | None
    by_name: str
    sent_at: datetime
    closes_at: datetime | None
    revision: int
    recalled_at: datetime | None
    earlier: tuple[Earlier, ...] = ()
    asked_since: int = 1
    printed: int | None = None

    @property
    def prints_anew(self) -> bool:
        """Letters are at home that say what does not hold any more."""
        return self.printed is not None and self.printed < self.revision

    def asks_at(self, revision: int) -> Asks | None:
        """What an answer to this revision answers."""
        return next((one.asks for one in self.earlier if one.revision == revision), self.asks)

    def concerns(self, pupil: Pupil, school: School) -> bool:
        same = (pupil.ward, pupil.school) == (self.ward, self.school)
        return same and not self.marks.isdisjoint(pupil.marks(school))

    def is_current(self, now: datetime, today: date) -> bool:
        """It still asks, its day is to come, or it is news."""
        if self.recalled_at is not None:
            return False
        if self.event is not None and self.event.on >= today:
            return True
        return not self.is_closed(now) if self.asks else now - self.sent_at < NEWS

    def is_closed(self, now: datetime) -> bool:
        return self.closes_at is not None and now > self.closes_at


async def keep(conn: AsyncConnection, one: SchoolNotice) -> None:
    await conn.execute(
        insert(school_notices).values(
            id=one.id,
            ward=one.ward,
            school=one.school,
            marks=sorted(one.marks),
            title=to_json(one.title),
            body=to_json(one.body),
            asks=one.asks.to_json() if one.asks else {},
            event=msgspec.to_builtins(one.event) if one.event else {},
            by_name=one.by_name,
            sent_at=one.sent_at,
            closes_at=one.closes_at,
            revision=one.revision,
            earlier=msgspec.to_builtins(one.earlier),
            asked_since=one.asked_since,
        )
    )


async def of_school(conn: AsyncConnection, school: School, most: int = 60) -> list[SchoolNotice]:
    """Newest first."""
    those = select(school_notices).where(_n.ward == school.ward, _n.school == school.id)
    return [_notice(row) for row in await conn.execute(those.order_by(_n.sent_at.desc(), _n.id).limit(most))]


async def of_schools(conn: AsyncConnection, schools: Sequence[School], most: int = 60) -> list[SchoolNotice]:
    """Newest first, recalled ones left out."""
    found: list[SchoolNotice] = []
    for school in schools:
        found += [one for one in await of_school(conn, school, most) if one.recalled_at is None]
    return sorted(found, key=lambda one: one.sent_at, reverse=True)


async def one(conn: AsyncConnection, id: UUID) -> SchoolNotice | None:
    row = (await conn.execute(select(school_notices).where(_n.id == id))).first()
    return _notice(row) if row else None


async def one_held(conn: AsyncConnection, id: UUID, *, to_change: bool = False) -> SchoolNotice | None:
    """As it stays until this transaction ends; any number may hold it that do not change it."""
    asked = select(school_notices).where(_n.id == id)
    held = asked.with_for_update() if to_change else asked.with_for_update(read=True, key_share=True)
    row = (await conn.execute(held)).first()
    return _notice(row) if row else None


async def keep_corrected(conn: AsyncConnection, one: SchoolNotice) -> None:
    """All that a correction may change."""
    await change(
        conn,
        one.id,
        title=to_json(one.title),
        body=to_json(one.body),
        asks=one.asks.to_json() if one.asks else {},
        event=msgspec.to_builtins(one.event) if one.event else {},
        closes_at=one.closes_at,
        revision=one.revision,
        earlier=msgspec.to_builtins(one.earlier),
        asked_since=one.asked_since,
    )


async def change(conn: AsyncConnection, id: UUID, **values: Any) -> None:
    await conn.execute(update(school_notices).where(_n.id == id).values(**values))


def _notice(row: Row[Any]) -> SchoolNotice:
    return SchoolNotice(
        id=row.id,
        ward=row.ward,
        school=row.school,
        marks=frozenset(row.marks),
        title=Text(**row.title),
        body=Text(**row.body),
        asks=asks_of(row.asks),
        event=msgspec.convert(row.event, Event) if row.event else None,
        by_name=row.by_name,
        sent_at=row.sent_at,
        closes_at=row.closes_at,
        revision=row.revision,
        recalled_at=row.recalled_at,
        earlier=tuple(msgspec.convert(row.earlier, list[Earlier])),
        asked_since=row.asked_since,
        printed=row.printed,
    )


def to_json(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "easy": text.easy, "en": text.en}
