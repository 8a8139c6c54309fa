"""A guardian tells of an absence; the school takes note of it or sends it back with a reason; a correction, or that it
is taken back, is a new version, and what was said before stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused, NotFound
from bff.identity.residents import Resident
from bff.school import joining
from bff.school.house import House
from bff.school.school import School
from bff.school.sending import once, said_at
from bff.school.tables import absences
from bff.school.words import say
from life_events import contains_individual_number
from notifications.jobs import JAPAN, day_in_japan
from notifications.post import acts

Kind = Literal["sick", "private", "late", "early", "other"]
State = Literal["sent", "looking", "accepted", "sent_back", "withdrawn"]
KINDS: Final[tuple[Kind, ...]] = ("sick", "private", "late", "early", "other")
WITH_HOUR: Final = ("late", "early")
SYMPTOMS: Final = ("fever", "cough", "stomach", "vomiting", "head", "rash", "injury", "infection")
LONGEST: Final = 300
AHEAD, BACK, LONGEST_DAYS = timedelta(days=120), timedelta(days=7), 60
SEALED, REPLY = "absence", "absence reply"
_x = absences.c


class Said(msgspec.Struct, frozen=True):
    """`time`: of coming late or leaving early, HH:MM. `withdrawn`: it does not hold any more."""

    time: str = ""
    reason: str = ""
    symptoms: tuple[str, ...] = ()
    note: str = ""
    pick_up: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Absence:
    """`is_late`: it came after the school's closing time of its first day. `reply`: why it was sent back. `is_new`: no
    teacher has had this version before her."""

    id: UUID
    version: int
    pupil: UUID
    resident: UUID
    kind: Kind
    from_on: date
    to_on: date
    said: Said
    is_late: bool
    state: State
    reply: str | None
    settled_by: str | None
    sent_at: datetime
    came_at: datetime
    settled_at: datetime | None
    is_new: bool


@dataclass(frozen=True)
class Wish:
    """`id` and `version` are the phone's: the same ones twice are one report. When `said` is withdrawn, the rest is as
    the version before said."""

    id: UUID
    version: int
    pupil: UUID | None
    kind: str
    from_on: date
    to_on: date
    said: Said
    sent_at: datetime


async def report(house: House, me: Resident, wish: Wish) -> Absence:
    """Raises a `Refusal`; nothing is kept then. What comes late is taken, and the school sees that it came late."""
    now = house.clock()
    async with house.db.house() as conn:
        school = await joining.guardian_of(conn, house, me, wish.pupil)
        await once(conn, wish.id)
        before = await _of(conn, school, wish.id)
        if before and (before[-1].resident != me.id or before[-1].pupil != wish.pupil):
            raise NotFound(say("no_such_absence"))
        wish = _as_before(wish, before)
        had = next((one for one in before if one.version == wish.version), None)
        if had is not None and _same(had, wish):
            return had
        if had is not None or wish.version != len(before) + 1:
            raise FieldsRefused(say("absence_changed"), (FieldRefused("version", "not_fit", say("absence_changed")),))
        if not wish.said.withdrawn:
            _check(wish, day_in_japan(now))
        await _keep(conn, school, me, wish, now)
        if before and before[-1].state == "sent_back":
            told = [told_as(wish.id, before[-1].version, "sent_back")]
            await acts.confirmed(conn, house.live, resident=me.id, told=told, now=now)
        return (await _of(conn, school, wish.id))[-1]


def told_as(id: UUID, version: int, what: str) -> UUID:
    """The notice by which the family hears what became of this version."""
    return uuid5(NAMESPACE_URL, f"absence:{id}:{version}:{what}")


def _as_before(wish: Wish, before: Sequence[Absence]) -> Wish:
    """Taken back is what was said, whatever comes with it. Raises `NotFound`: nothing was said."""
    if not wish.said.withdrawn:
        return wish
    if not before or wish.version < 2:  # noqa: PLR2004 - the first version says something
        raise NotFound(say("no_such_absence"))
    last = before[min(wish.version - 2, len(before) - 1)]
    said = msgspec.structs.replace(last.said, withdrawn=True)
    return replace(wish, kind=last.kind, from_on=last.from_on, to_on=last.to_on, said=said)


def _same(had: Absence, wish: Wish) -> bool:
    return (had.kind, had.from_on, had.to_on, had.said) == (wish.kind, wish.from_on, wish.to_on, wish.said)


async def _keep(conn: AsyncConnection, school: School, me: Resident, wish: Wish, now: datetime) -> None:
    await conn.execute(
        insert(absences).values(
            id=wish.id,
            version=wish.version,
            pupil=wish.pupil,
            resident=me.id,
            ward=school.ward,
            school=school.id,
            kind=wish.kind,
            from_on=wish.from_on,
            to_on=wish.to_on,
            said=school.key.seal(SEALED, msgspec.json.encode(wish.said)),
            is_late=now > datetime.combine(wish.from_on, school.cut_off, JAPAN),
            state="sent",
            sent_at=said_at(wish.sent_at, now),
            came_at=now,
        )
    )


async def of_day(conn: AsyncConnection, school: School, day: date) -> list[Absence]:
    """The newest version of each report that holds this day, those that wait first."""
    other = absences.alias()
    newest = select(func.max(other.c.version)).where(other.c.id == _x.id).scalar_subquery()
    here = (_x.ward == school.ward, _x.school == school.id, _x.version == newest)
    those = select(absences).where(*here, _x.from_on <= day, _x.to_on >= day).order_by(_x.came_at)
    found = [_absence(row, school) for row in await conn.execute(those)]
    return sorted(found, key=lambda one: (one.state not in ("sent", "looking"), one.came_at))


async def of_pupils(conn: AsyncConnection, pupils: Mapping[UUID, School], since: date) -> list[Absence]:
    """Every version for these pupils, the newest first."""
    those = select(absences).where(_x.pupil.in_(list(pupils)), _x.to_on >= since)
    rows = await conn.execute(those.order_by(_x.came_at.desc(), _x.version.desc()))
    return [_absence(row, pupils[row.pupil]) for row in rows]


async def between(conn: AsyncConnection, school: School, first: date, last: date) -> list[Absence]:
    """Every version, in order, for the export of a school year."""
    here = (_x.ward == school.ward, _x.school == school.id, _x.from_on <= last, _x.to_on >= first)
    those = select(absences).where(*here).order_by(_x.from_on, _x.id, _x.version)
    return [_absence(row, school) for row in await conn.execute(those)]


async def looked_at(conn: AsyncConnection, school: School, ids: Iterable[UUID]) -> None:
    """A teacher has them before her: the family sees 確認中."""
    here = (_x.ward == school.ward, _x.school == school.id, _x.id.in_(list(ids)), _x.state == "sent")
    await conn.execute(update(absences).where(*here).values(state="looking"))


async def settle(
    conn: AsyncConnection, school: School, id: UUID, version: int, *, reply: str | None, by: str, now: datetime
) -> Absence | None:
    """Accepted, or (`reply`) sent back with a reason. None: no such report waits, or a newer version came meanwhile."""
    known = await _of(conn, school, id)
    if not known or known[-1].version != version or known[-1].state not in ("sent", "looking"):
        return None
    values: dict[str, Any] = {"state": "accepted", "settled_by": by, "settled_at": now}
    if reply is not None:
        values |= {"state": "sent_back", "answer": school.key.seal(REPLY, reply.encode())}
    await conn.execute(update(absences).where(_x.id == id, _x.version == version).values(**values))
    return (await _of(conn, school, id))[-1]


def _check(wish: Wish, today: date) -> None:
    wrong = []
    if wish.kind not in KINDS:
        wrong.append("kind")
    if not today - BACK <= wish.from_on <= today + AHEAD:
        wrong.append("fromOn")
    if not timedelta() <= wish.to_on - wish.from_on < timedelta(days=LONGEST_DAYS):
        wrong.append("toOn")
    if not set(wish.said.symptoms) <= set(SYMPTOMS):
        wrong.append("symptoms")
    if not _is_time(wish.said.time) if wish.said.time else wish.kind in WITH_HOUR:
        wrong.append("time")
    texts = {"reason": wish.said.reason, "note": wish.said.note, "pickUp": wish.said.pick_up}
    wrong += [name for name, text in texts.items() if len(text) > LONGEST or "\x00" in text]
    faults = [FieldRefused(one, "not_fit", say(f"absence_{one}")) for one in wrong]
    numbers = [name for name, text in texts.items() if contains_individual_number(text)]
    faults += [FieldRefused(one, "individual_number", say("fault_individual_number")) for one in numbers]
    if faults:
        raise FieldsRefused(faults[0].message, tuple(faults))


def _is_time(said: str) -> bool:
    try:
        return len(datetime.strptime(said, "%H:%M").strftime("%H:%M")) == len(said)  # noqa: DTZ007
    except ValueError:
        return False


async def _of(conn: AsyncConnection, school: School, id: UUID) -> Sequence[Absence]:
    """Its versions, in order; held until this transaction ends. Raises `NotFound` for another school's."""
    rows = (await conn.execute(select(absences).where(_x.id == id).order_by(_x.version).with_for_update())).all()
    if any((row.ward, row.school) != (school.ward, school.id) for row in rows):
        raise NotFound(say("no_such_absence"))
    return [_absence(row, school) for row in rows]


def _absence(row: Row[Any], school: School) -> Absence:
    said = msgspec.json.decode(school.key.open(SEALED, row.said), type=Said)
    return Absence(
        id=row.id,
        version=row.version,
        pupil=row.pupil,
        resident=row.resident,
        kind=row.kind,
        from_on=row.from_on,
        to_on=row.to_on,
        said=said,
        is_late=row.is_late,
        state="withdrawn" if said.withdrawn else row.state,
        reply=school.key.open(REPLY, row.answer).decode() if row.answer is not None else None,
        settled_by=row.settled_by,
        sent_at=row.sent_at,
        came_at=row.came_at,
        settled_at=row.settled_at,
        is_new=row.state == "sent",
    )
