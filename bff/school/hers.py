"""Everything of schools that is hers: her children there, what is asked of her, what she said, and absences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from bff.errors import NotFound
from bff.identity.residents import Resident
from bff.school import absences, answering, notice, store, thread
from bff.school.absences import Absence
from bff.school.answering import Answer
from bff.school.asks import Asks
from bff.school.house import House
from bff.school.joining import guardian_of
from bff.school.notice import SchoolNotice
from bff.school.school import Guardian, Pupil, School, in_order
from bff.school.thread import Line
from bff.school.words import say

SHOWN_FOR: Final = timedelta(days=370)
MOST_NOTICES: Final = 60


@dataclass(frozen=True)
class HerPupil:
    """`guardians`: everybody who hears of the child, herself among them. `absences`: the newest version of each, also
    of the other home, of which she sees neither reason nor note."""

    pupil: Pupil
    school: School
    me: Guardian
    guardians: Sequence[Guardian]
    absences: Sequence[Absence]


@dataclass(frozen=True)
class Asked:
    """A notice for one of her children: `mine` is what holds of her, `waiting` her change after the closing time,
    `before` what she said until a correction asked anew."""

    notice: SchoolNotice
    pupil: HerPupil
    mine: Answer | None
    waiting: Answer | None
    refused: Answer | None
    before: Answer | None
    by_other: bool
    lines: Sequence[Line]
    closed: bool

    @property
    def asks(self) -> Asks | None:
        return self.notice.asks


@dataclass(frozen=True)
class Hers:
    pupils: Sequence[HerPupil]
    notices: Sequence[Asked]


async def of(house: House, me: Resident) -> Hers:
    """Through the house's door, by what she is linked to alone."""
    async with house.db.house() as conn:
        mine = await store.hers(conn, me.id, house.keys)
        if not mine:
            return Hers((), ())
        schools = {one.id: school for one, school, _ in mine}
        known = await absences.of_pupils(conn, schools, house.today() - SHOWN_FOR)
        pupils = []
        for pupil in in_order([one for one, _, _ in mine]):
            (_, school, guardian), *_ = [one for one in mine if one[0].id == pupil.id]
            everybody = await store.guardians_of(conn, school, pupil.id)
            pupils.append(HerPupil(pupil, school, guardian, everybody, _newest(known, pupil.id)))
        told = await notice.of_schools(conn, list({one.id: one for one in schools.values()}.values()), MOST_NOTICES)
        answers = await answering.of_pupils(conn, schools, [one.id for one in told])
        lines = await thread.hers(conn, me.id, mine)
    now = house.clock()
    asked = [
        _asked(one, each, me.id, answers, lines, one.is_closed(now))
        for one in told
        for each in pupils
        if one.concerns(each.pupil, each.school)
    ]
    return Hers(pupils, asked)


async def choose_paper(house: House, me: Resident, pupil: UUID | None, paper: bool) -> None:
    """Of this child alone; any guardian may. Raises `NotFound` and `Denied`."""
    async with house.db.house() as conn:
        school = await guardian_of(conn, house, me, pupil)
        assert pupil is not None
        await store.change_pupil(conn, school, pupil, paper=paper)


async def one(house: House, me: Resident, pupil: UUID | None) -> HerPupil:
    """Raises `NotFound`."""
    found = next((each for each in (await of(house, me)).pupils if each.pupil.id == pupil), None)
    if found is None:
        raise NotFound(say("no_such_pupil"))
    return found


def _newest(known: Sequence[Absence], pupil: UUID) -> list[Absence]:
    by_id: dict[UUID, Absence] = {}
    for one in known:
        if one.pupil == pupil and (one.id not in by_id or by_id[one.id].version < one.version):
            by_id[one.id] = one
    return sorted(by_id.values(), key=lambda one: (one.from_on, one.came_at), reverse=True)


def _asked(
    told: SchoolNotice,
    pupil: HerPupil,
    me: UUID,
    answers: Sequence[Answer],
    lines: Sequence[Line],
    closed: bool,
) -> Asked:
    here = [one for one in answers if (one.notice, one.pupil) == (told.id, pupil.pupil.id)]
    holding = answering.holding(here, told, pupil.pupil.id)
    own = [one for one in here if one.resident == me]
    last = next((one for one in reversed(own) if one.revision >= told.asked_since), None)
    return Asked(
        notice=told,
        pupil=pupil,
        mine=holding.get(me),
        waiting=last if last and last.state == "asked" else None,
        refused=last if last and last.state == "refused" else None,
        before=own[-1] if own and last is None else None,
        by_other=any(who != me for who in holding),
        lines=[one for one in lines if (one.notice, one.pupil) == (told.id, pupil.pupil.id)],
        closed=closed,
    )
