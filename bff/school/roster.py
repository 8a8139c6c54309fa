"""A new class list beside the pupils who are there: what would change, counted when a person has seen it; undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Row as Line
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import marks, posting, store
from bff.school.house import House
from bff.school.roster_rows import Row
from bff.school.school import Named, Pupil, School, digest_of, same_name
from bff.school.tables import roster_imports

PLAN, BEFORE = "roster plan", "roster before"
State = Literal["shown", "counted", "undone", "dropped"]
_r = roster_imports.c


class Place(msgspec.Struct, frozen=True):
    """Where a pupil stands in the school."""

    year: int
    class_name: str
    number: int | None
    clubs: tuple[str, ...]
    paper: bool


class New(msgspec.Struct, frozen=True):
    id: UUID
    named: Named
    place: Place


class Moved(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    was: Place
    place: Place


class Gone(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    class_name: str


class Plan(msgspec.Struct, frozen=True):
    """`gone`: who stands in no row; they leave only when the teacher says so."""

    new: tuple[New, ...]
    moved: tuple[Moved, ...]
    gone: tuple[Gone, ...]
    same: int

    @property
    def summary(self) -> dict[str, int]:
        return {"new": len(self.new), "moved": len(self.moved), "gone": len(self.gone), "same": self.same}


class Before(msgspec.Struct, frozen=True):
    """What undoing puts back."""

    new: tuple[UUID, ...]
    moved: tuple[Moved, ...]
    left: tuple[UUID, ...]


@dataclass(frozen=True)
class Import:
    id: UUID
    state: State
    summary: dict[str, Any]
    plan: Plan
    before: Before | None
    by_name: str
    made_at: datetime
    settled_at: datetime | None


def plan_of(secret: bytes, school: School, there: Sequence[Pupil], rows: Sequence[Row], new_id: Any) -> Plan:
    """What a list would change; a club or a wish for paper that the list does not tell stays as it is."""
    known = {_digest(secret, school, one.named.name, one.named.birth_date): one for one in there}
    by_name: dict[str, list[Pupil]] = {}
    for one in there:
        by_name.setdefault(same_name(one.named.name), []).append(one)
    new, moved, met = [], [], set()
    for row in rows:
        found = known.get(_digest(secret, school, row.name, row.birth_date)) or _only(by_name, row)
        place = _place(row, found)
        if found is None:
            new.append(New(new_id(), Named(row.name, row.kana, row.birth_date), place))
            continue
        met.add(found.id)
        was = _stands(found)
        if was != place:
            moved.append(Moved(found.id, found.named.name, was, place))
    gone = [Gone(one.id, one.named.name, one.class_name) for one in there if one.id not in met]
    return Plan(tuple(new), tuple(moved), tuple(gone), len(met) - len(moved))


async def show(
    conn: AsyncConnection, school: School, plan: Plan, *, notes: Sequence[str], id: UUID, by: str, now: datetime
) -> None:
    """Kept to be looked at: nothing of it counts yet. `notes`: what else the file had."""
    sealed = school.key.seal(PLAN, msgspec.json.encode(plan))
    await conn.execute(
        insert(roster_imports).values(
            id=id,
            ward=school.ward,
            school=school.id,
            state="shown",
            plan=sealed,
            summary={**plan.summary, "notes": list(notes)},
            by_name=by,
            made_at=now,
        )
    )


async def count(
    conn: AsyncConnection, house: House, school: School, one: Import, *, leave: bool, now: datetime
) -> bool:
    """House door: the plan holds from now on; `leave`: who is not in it has left. False: pupils changed meanwhile."""
    there = {each.id: each for each in await store.pupils_of(conn, school)}
    if any(each.id not in there or _stands(there[each.id]) != each.was for each in one.plan.moved):
        return False
    known = {_digest(house.person_secret, school, each.named.name, each.named.birth_date) for each in there.values()}
    if any(
        _digest(house.person_secret, school, each.named.name, each.named.birth_date) in known for each in one.plan.new
    ):
        return False
    await store.add_pupils(conn, [_columns(house.person_secret, school, each, now) for each in one.plan.new])
    for moved in one.plan.moved:
        await store.change_pupil(conn, school, moved.id, **_values(moved.place))
    left = tuple(each.id for each in one.plan.gone if each.id in there) if leave else ()
    for each in left:
        await store.change_pupil(conn, school, each, left_at=now)
    before = Before(tuple(each.id for each in one.plan.new), one.plan.moved, left)
    sealed = school.key.seal(BEFORE, msgspec.json.encode(before))
    await _settle(conn, school, one.id, state="counted", before=sealed, settled_at=now)
    await _tell_mail_room(conn, house, school, {*(each.id for each in one.plan.moved), *left})
    return True


async def undo(conn: AsyncConnection, house: House, school: School, one: Import, *, now: datetime) -> bool:
    """House door: as it was before. False: it does not hold, or a later list holds already."""
    newest = next((each for each in await of(conn, school) if each.state == "counted"), None)
    if one.before is None or newest is None or newest.id != one.id:
        return False
    touched = {each.id for each in one.before.moved} | set(one.before.left)
    for moved in one.before.moved:
        await store.change_pupil(conn, school, moved.id, **_values(moved.was))
    for each in one.before.left:
        await store.change_pupil(conn, school, each, left_at=None)
    heard = [each for each in await store.guardians_of(conn, school) if each.pupil in one.before.new]
    await store.remove_pupils(conn, school, one.before.new)
    await _settle(conn, school, one.id, state="undone", before=None, settled_at=now)
    await _tell_mail_room(conn, house, school, touched, {each.resident for each in heard})
    return True


async def drop(conn: AsyncConnection, school: School, id: UUID, now: datetime) -> None:
    shown = (_r.ward == school.ward, _r.school == school.id, _r.id == id, _r.state == "shown")
    await conn.execute(update(roster_imports).where(*shown).values(state="dropped", settled_at=now))


async def of(conn: AsyncConnection, school: School, most: int = 20) -> list[Import]:
    """Newest first."""
    those = select(roster_imports).where(_r.ward == school.ward, _r.school == school.id, _r.state != "dropped")
    rows = await conn.execute(those.order_by(_r.made_at.desc(), _r.id).limit(most))
    return [_import(row, school) for row in rows]


async def one(conn: AsyncConnection, school: School, id: UUID) -> Import | None:
    found = select(roster_imports).where(_r.ward == school.ward, _r.school == school.id, _r.id == id)
    row = (await conn.execute(found.with_for_update())).first()
    return _import(row, school) if row else None


async def _settle(conn: AsyncConnection, school: School, id: UUID, **values: Any) -> None:
    mine = (_r.ward == school.ward, _r.school == school.id, _r.id == id)
    await conn.execute(update(roster_imports).where(*mine).values(**values))


async def _tell_mail_room(
    conn: AsyncConnection,
    house: House,
    school: School,
    pupils: set[UUID],
    also: frozenset[UUID] | set[UUID] = frozenset(),
) -> None:
    """Marks of everybody who hears of a pupil that stands elsewhere now."""
    whom = {one.resident for one in await store.guardians_of(conn, school) if one.pupil in pupils} | set(also)
    for resident in sorted(whom):
        await marks.anew(conn, house, resident, school)
    await posting.catch_up(conn, house, [school], whom)


def _columns(secret: bytes, school: School, new: New, now: datetime) -> dict[str, Any]:
    said = school.key.seal(store.PUPIL, msgspec.json.encode(new.named))
    digest = _digest(secret, school, new.named.name, new.named.birth_date)
    whose = {"id": new.id, "ward": school.ward, "school": school.id, "said": said, "digest": digest, "made_at": now}
    return whose | _values(new.place)


def _values(place: Place) -> dict[str, Any]:
    told = {name: getattr(place, name) for name in ("year", "class_name", "number", "paper")}
    return told | {"clubs": list(place.clubs)}


def _place(row: Row, found: Pupil | None) -> Place:
    clubs = row.clubs or (found.clubs if found else ())
    paper = row.paper if row.paper is not None else bool(found and found.paper)
    return Place(row.year, row.class_name, row.number, clubs, paper)


def _stands(one: Pupil) -> Place:
    return Place(one.year, one.class_name, one.number, one.clubs, one.paper)


def _only(by_name: dict[str, list[Pupil]], row: Row) -> Pupil | None:
    """A list without birthdays finds the one child of that name, and a child without one in the roster is found too."""
    found = by_name.get(same_name(row.name), [])
    fits = [one for one in found if row.birth_date is None or one.named.birth_date is None]
    return fits[0] if len(found) == 1 and fits else None


def _digest(secret: bytes, school: School, name: str, born: date | None) -> bytes:
    return digest_of(secret, school.ward, school.id, Named(name, "", born))


def _import(row: Line[Any], school: School) -> Import:
    plan = msgspec.json.decode(school.key.open(PLAN, row.plan), type=Plan)
    before = msgspec.json.decode(school.key.open(BEFORE, row.before), type=Before) if row.before is not None else None
    return Import(row.id, row.state, row.summary, plan, before, row.by_name, row.made_at, row.settled_at)
