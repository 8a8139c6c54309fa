"""Versions of what a ward says otherwise of a procedure: draft, asked for, published from a moment on, called off.

Of those published, the one that began last holds; a way back is one more version, so that nothing is ever rewritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import structlog
from sqlalchemy import Row, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration.tables import catalogue_amendments
from life_events import WrongData
from life_events.amending import Amendment, amendment, kept

log = structlog.get_logger()
State = Literal["draft", "asked", "published", "called_off"]
_a = catalogue_amendments.c
LONGEST_HISTORY = 50


@dataclass(frozen=True)
class By:
    official: UUID
    name: str


@dataclass(frozen=True)
class Version:
    """`starts_at` of a draft: when its author wants it to begin; None: as soon as it is agreed to.
    `goes_back_to`: of a way back, the version whose words it says again; None: those that are shipped."""

    id: UUID
    ward: str
    procedure: str
    state: State
    said: Amendment
    note: str
    made_at: datetime
    made_by: UUID
    made_by_name: str
    starts_at: datetime | None
    agreed_at: datetime | None = None
    agreed_by: UUID | None = None
    agreed_by_name: str | None = None
    goes_back_to: UUID | None = None
    is_way_back: bool = False

    @property
    def place(self) -> tuple[str, str]:
        return self.ward, self.procedure

    def is_ahead(self, now: datetime) -> bool:
        return self.state == "published" and self.starts_at is not None and self.starts_at > now


async def draft(
    conn: AsyncConnection,
    id: UUID,
    ward: str,
    procedure: str,
    said: Amendment,
    *,
    note: str,
    starts_at: datetime | None,
    by: By,
    now: datetime,
) -> bool:
    """Ward door; a new one, or another wording of one that is a draft still. False: it is none any more."""
    told: dict[str, Any] = {"body": kept(said), "note": note, "starts_at": starts_at}
    told |= {"made_at": now, "made_by": by.official, "made_by_name": by.name}
    again = update(catalogue_amendments).where(_a.id == id, _a.ward == ward, _a.state == "draft").values(**told)
    if (await conn.execute(again)).rowcount == 1:
        return True
    if (await conn.execute(select(_a.id).where(_a.id == id))).first() is not None:
        return False
    first = {"id": id, "ward": ward, "procedure": procedure, "state": "draft", "is_way_back": False}
    await conn.execute(insert(catalogue_amendments).values(**first, **told))
    return True


async def drop(conn: AsyncConnection, version: Version) -> bool:
    gone = delete(catalogue_amendments).where(_a.id == version.id, _a.ward == version.ward, _a.state == "draft")
    return (await conn.execute(gone)).rowcount == 1


async def turn(conn: AsyncConnection, version: Version, before: State, after: State) -> bool:
    """Ward or house door. False: it does not stand so any more."""
    stands = (_a.id == version.id, _a.ward == version.ward, _a.state == before)
    return (await conn.execute(update(catalogue_amendments).where(*stands).values(state=after))).rowcount == 1


async def publish(conn: AsyncConnection, version: Version, *, by: By, now: datetime) -> bool:
    """House or ward door: by the second person; it begins when its author wished, or now."""
    starts = max(now, version.starts_at or now)
    told = {"state": "published", "starts_at": starts, "agreed_at": now}
    told |= {"agreed_by": by.official, "agreed_by_name": by.name}
    stands = (_a.id == version.id, _a.ward == version.ward, _a.state == "asked")
    return (await conn.execute(update(catalogue_amendments).where(*stands).values(**told))).rowcount == 1


async def go_back(
    conn: AsyncConnection, id: UUID, holds: Version, before: Version | None, *, note: str, by: By, now: datetime
) -> None:
    """Ward door; from now on what was said `before` counts again (None: what is shipped)."""
    told = {"ward": holds.ward, "procedure": holds.procedure, "state": "published", "is_way_back": True}
    told |= {"body": kept(before.said if before else Amendment()), "goes_back_to": before.id if before else None}
    told |= {"made_at": now, "made_by": by.official, "made_by_name": by.name, "starts_at": now, "agreed_at": now}
    await conn.execute(insert(catalogue_amendments).values(id=id, note=note, **told))


async def one(conn: AsyncConnection, ward: str, id: UUID) -> Version | None:
    found = (await conn.execute(select(catalogue_amendments).where(_a.id == id, _a.ward == ward))).first()
    return _version(found) if found else None


async def of_ward(conn: AsyncConnection, ward: str) -> Sequence[Version]:
    """What is under way or holds, of every procedure; the newest first."""
    asked = select(catalogue_amendments).where(_a.ward == ward).order_by(_a.made_at.desc()).limit(500)
    return [_version(row) for row in await conn.execute(asked)]


async def of_procedure(conn: AsyncConnection, ward: str, procedure: str) -> Sequence[Version]:
    """The newest first: what is published by its beginning, the others by when they were written."""
    when = func.coalesce(_a.starts_at, _a.made_at)
    asked = select(catalogue_amendments).where(_a.ward == ward, _a.procedure == procedure)
    rows = await conn.execute(asked.order_by(when.desc(), _a.made_at.desc()).limit(LONGEST_HISTORY))
    return [_version(row) for row in rows]


def begun(versions: Iterable[Version], now: datetime) -> Sequence[Version]:
    """In the order in which they began."""
    found = [one for one in versions if one.state == "published" and one.starts_at and one.starts_at <= now]
    return sorted(found, key=by_beginning)


def holding(versions: Sequence[Version], now: datetime) -> Version | None:
    """Of one procedure of one ward."""
    return next(reversed(begun(versions, now)), None)


def before(versions: Sequence[Version], holds: Version) -> Version | None:
    """What counted before `holds` began; a way back leads to what the version it undoes had taken the place of."""
    mine = holds
    by_id = {one.id: one for one in versions}
    while mine.is_way_back and mine.goes_back_to in by_id:
        mine = by_id[mine.goes_back_to]
    if mine.is_way_back:
        return None
    earlier = [one for one in versions if one.state == "published" and not one.is_way_back and one.starts_at]
    earlier = [one for one in earlier if by_beginning(one) < by_beginning(mine)]
    return max(earlier, key=by_beginning, default=None)


async def line(conn: AsyncConnection, now: datetime) -> Sequence[Version]:
    """House door: what holds now in any ward, what is to begin later, and where a term was ever said, all that was:
    whatever began under an earlier one is reckoned by it."""
    published, place = _a.state == "published", tuple_(_a.ward, _a.procedure)
    newest = (
        select(_a.id)
        .ext(distinct_on(_a.ward, _a.procedure))
        .where(published, _a.starts_at <= now)
        .order_by(_a.ward, _a.procedure, _a.starts_at.desc(), _a.agreed_at.desc())
    )
    with_terms = select(_a.ward, _a.procedure).where(published, _a.body.has_key("terms"))
    wanted = or_(_a.id.in_(newest), _a.starts_at > now, place.in_(with_terms))
    rows = await conn.execute(select(catalogue_amendments).where(published, wanted).order_by(_a.id))
    return [_readable(row) for row in rows]


def _readable(row: Row[Any]) -> Version:
    """One that no longer fits the catalogue's types, after an upgrade, says nothing: what is shipped stands."""
    try:
        return _version(row)
    except WrongData as wrong:
        log.error("an amendment cannot be read", amendment=str(row.id), why=str(wrong))
        return _version(row, Amendment())


def by_beginning(one: Version) -> tuple[datetime, datetime]:
    assert one.starts_at is not None
    assert one.agreed_at is not None
    return one.starts_at, one.agreed_at


def _version(row: Row[Any], said: Amendment | None = None) -> Version:
    told = dict(row._mapping)
    body = told.pop("body")
    return Version(said=amendment(body) if said is None else said, **told)
