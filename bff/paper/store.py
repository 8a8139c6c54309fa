"""Statements over intakes; every function takes the ward or the intake it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db
from bff.identity import rewrapping
from bff.identity.keys import KeyRing
from bff.paper.intake import Draft, Intake
from bff.paper.reading import Result
from bff.paper.tables import paper_intakes as intakes
from bff.paper.tables import paper_numbers, paper_pages
from bff.uploads.checking import Checked

READ: Final = "read_paper"
NUMBER: Final = "number"
RESULT, DRAFT, PAGE = "paper read", "paper draft", "paper page"
_FIELDS: Final = tuple(intakes.c[one.name] for one in fields(Intake))


@dataclass(frozen=True)
class By:
    """The official in whose hands it is."""

    id: UUID
    name: str


@dataclass(frozen=True)
class New:
    id: UUID
    ward: str
    procedure: str
    form_version: str
    received_on: date
    pages: Sequence[Checked]


async def begin(conn: AsyncConnection, new: New, *, by: By, keys: KeyRing, now: datetime) -> Intake:
    """Ward door: kept, with the promise that it will be read."""
    number = await conn.scalar(select(paper_numbers.next_value()))
    wrapped = keys.fresh(new.id)
    values = {name: getattr(new, name) for name in ("id", "ward", "procedure", "form_version", "received_on")}
    values |= {"number": f"P-{new.ward}-{number:06d}", "pages": len(new.pages), "reading": "waiting", "version": 1}
    values |= {"key_id": wrapped.key_id, "data_key": wrapped.wrapped, "made_at": now, "touched_at": now}
    values |= {"made_by": by.id, "made_by_name": by.name, "claimed_by": by.id, "claimed_name": by.name}
    made = _intake((await conn.execute(insert(intakes).values(values).returning(*_FIELDS))).one())
    key = keys.open(new.id, wrapped)
    for place, page in enumerate(new.pages, 1):
        sealed = key.seal(f"{PAGE} {place}", page.body)
        row = {"intake": new.id, "number": place, "ward": new.ward, "media_type": page.media_type, "sealed": sealed}
        await conn.execute(insert(paper_pages).values(row))
    await promise_reading(conn, new.id)
    return made


async def promise_reading(conn: AsyncConnection, intake: UUID) -> None:
    await db.defer(conn, READ, args={"intake": str(intake)}, lock=f"paper:{intake}")


async def open_ones(conn: AsyncConnection, ward: str, *, most: int) -> Sequence[Intake]:
    """The oldest first: they have waited longest."""
    waiting = select(*_FIELDS).where(intakes.c.ward == ward, intakes.c.filed_at.is_(None))
    return [_intake(row) for row in await conn.execute(waiting.order_by(intakes.c.made_at).limit(most))]


async def filed_since(conn: AsyncConnection, ward: str, since: datetime, *, most: int) -> Sequence[Intake]:
    done = select(*_FIELDS).where(intakes.c.ward == ward, intakes.c.filed_at >= since)
    return [_intake(row) for row in await conn.execute(done.order_by(intakes.c.filed_at.desc()).limit(most))]


async def one(conn: AsyncConnection, ward: str, id: UUID) -> Intake | None:
    row = (await conn.execute(select(*_FIELDS).where(intakes.c.ward == ward, intakes.c.id == id))).first()
    return _intake(row) if row else None


async def of_application(conn: AsyncConnection, ward: str, application: UUID) -> Intake | None:
    found = select(*_FIELDS).where(intakes.c.ward == ward, intakes.c.application == application)
    row = (await conn.execute(found)).first()
    return _intake(row) if row else None


async def by_id(conn: AsyncConnection, id: UUID) -> Intake | None:
    """House door; held until the transaction ends."""
    row = (await conn.execute(select(*_FIELDS).where(intakes.c.id == id).with_for_update())).first()
    return _intake(row) if row else None


async def page(conn: AsyncConnection, kept: Intake, number: int, keys: KeyRing) -> Checked | None:
    row = (
        await conn.execute(
            select(paper_pages.c.media_type, paper_pages.c.sealed).where(
                paper_pages.c.intake == kept.id, paper_pages.c.ward == kept.ward, paper_pages.c.number == number
            )
        )
    ).first()
    if row is None:
        return None
    return Checked(row.media_type, keys.open(kept.id, kept.wrapped).open(f"{PAGE} {number}", row.sealed))


async def take_up(conn: AsyncConnection, kept: Intake, by: By, now: datetime) -> bool:
    """From whoever had it; False: it has changed meanwhile."""
    return await _change(conn, kept, claimed_by=by.id, claimed_name=by.name, touched_at=now)


async def keep_draft(
    conn: AsyncConnection, kept: Intake, draft: Draft, received_on: date, keys: KeyRing, now: datetime
) -> bool:
    """False: it has changed since `kept` was read, and nothing is written over."""
    sealed = keys.open(kept.id, kept.wrapped).seal(DRAFT, msgspec.json.encode(draft))
    return await _change(conn, kept, draft=sealed, received_on=received_on, touched_at=now)


async def keep_result(conn: AsyncConnection, kept: Intake, result: Result, keys: KeyRing) -> None:
    """House door; no act of anybody's, so the version stays."""
    sealed = keys.open(kept.id, kept.wrapped).seal(RESULT, msgspec.json.encode(result))
    read = update(intakes).where(intakes.c.id == kept.id, intakes.c.filed_at.is_(None))
    await conn.execute(read.values(reading="done", why=None, read=sealed))


async def keep_not_read(conn: AsyncConnection, kept: Intake, why: str) -> None:
    """House door. Pictures on which a 個人番号 stands are gone with that: it exists nowhere in this house."""
    if why == NUMBER:
        await conn.execute(delete(paper_pages).where(paper_pages.c.intake == kept.id))
    read = update(intakes).where(intakes.c.id == kept.id, intakes.c.filed_at.is_(None))
    await conn.execute(read.values(reading="not_read", why=why))


async def read_again(conn: AsyncConnection, kept: Intake) -> bool:
    """What was typed stays."""
    if not await _change(conn, kept, reading="waiting", why=None, read=None):
        return False
    await promise_reading(conn, kept.id)
    return True


async def throw_away(conn: AsyncConnection, kept: Intake) -> bool:
    """With its pictures and its key; False: it has changed meanwhile, or is a case."""
    gone = delete(intakes).where(intakes.c.id == kept.id, intakes.c.ward == kept.ward)
    gone = gone.where(intakes.c.version == kept.version, intakes.c.filed_at.is_(None))
    return (await conn.execute(gone)).rowcount == 1


async def become_case(conn: AsyncConnection, kept: Intake, *, application: UUID, resident: UUID, now: datetime) -> bool:
    """House door. What was read and typed stands in the application now, and nowhere else."""
    told = {"application": application, "resident": resident, "filed_at": now}
    return await _change(conn, kept, **told, read=None, draft=None)


async def forget_pages(conn: AsyncConnection, before: datetime) -> None:
    """House door: pictures of what became a case before then."""
    old = select(intakes.c.id).where(intakes.c.filed_at < before)
    await conn.execute(delete(paper_pages).where(paper_pages.c.intake.in_(old)))


async def rewrap_some(conn: AsyncConnection, keys: KeyRing, current: str) -> int:
    """House door; as `rewrapping.rewrap_some`, of the keys of intakes."""
    return await rewrapping.rewrap_some(conn, keys, current, table=intakes)


async def around(conn: AsyncConnection) -> Mapping[str, int]:
    """House door; how many intakes' keys each master key is around."""
    return await rewrapping.counted(conn, intakes)


def result_of(kept: Intake, keys: KeyRing) -> Result | None:
    if kept.read is None:
        return None
    return msgspec.json.decode(keys.open(kept.id, kept.wrapped).open(RESULT, kept.read), type=Result)


def draft_of(kept: Intake, keys: KeyRing) -> Draft | None:
    """None: nobody has typed anything yet."""
    if kept.draft is None:
        return None
    return msgspec.json.decode(keys.open(kept.id, kept.wrapped).open(DRAFT, kept.draft), type=Draft)


async def _change(conn: AsyncConnection, kept: Intake, **values: Any) -> bool:
    as_read = (intakes.c.id == kept.id, intakes.c.ward == kept.ward, intakes.c.version == kept.version)
    done = update(intakes).where(*as_read, intakes.c.filed_at.is_(None))
    return (await conn.execute(done.values(**values, version=intakes.c.version + 1))).rowcount == 1


def _intake(row: Row[Any]) -> Intake:
    return Intake(**row._asdict())


PRESSES: Final = timedelta(days=3)
"""An intake that is older waits too long: what was stamped is not a case yet."""
