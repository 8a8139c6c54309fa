"""A guardian answers a notice for a pupil, anew until it closes; afterwards the school is asked for the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused, NotFound
from bff.identity.residents import Resident
from bff.school import fees, joining, notice, store
from bff.school.asks import checked
from bff.school.house import House
from bff.school.notice import SchoolNotice
from bff.school.school import Pupil, School
from bff.school.sending import once, said_at
from bff.school.tables import school_answers
from bff.school.words import say
from notifications.post import acts

State = Literal["counted", "asked", "refused"]
ANSWER: Final = "school answer"
_a = school_answers.c


@dataclass(frozen=True)
class Answer:
    """`resident` None: on paper. `answered_at`: when she pressed; `came_at`: when it was here, by which it counts."""

    id: UUID
    notice: UUID
    pupil: UUID
    resident: UUID | None
    said: Mapping[str, str]
    state: State
    by_name: str | None
    answered_at: datetime
    came_at: datetime
    revision: int = 1


@dataclass(frozen=True)
class Wish:
    """`id` is made on the phone: the same one twice is one answer. `revision`: of the notice as she read it."""

    id: UUID
    notice: UUID | None
    pupil: UUID | None
    answers: object
    answered_at: datetime
    revision: int = 1


async def answer(house: House, me: Resident, wish: Wish) -> Answer:
    """Raises a `Refusal`; nothing is kept then."""
    now = house.clock()
    async with house.db.house() as conn:
        school = await joining.guardian_of(conn, house, me, wish.pupil)
        told = await _told(conn, house, wish.notice, wish.pupil)
        await once(conn, wish.id)
        had = await _had(conn, school, wish.id)
        if had is not None and had.resident != me.id:
            raise NotFound(say("no_such_notice"))
        assert told.asks is not None
        assert wish.pupil is not None
        if had is None and wish.revision < told.asked_since:
            raise FieldsRefused(say("asks_anew"), (FieldRefused("revision", "changed", say("asks_anew")),))
        said = checked(told.asks_at(had.revision if had else told.revision) or told.asks, wish.answers)
        if had is not None:
            return _again(had, wish, said)
        state: State = "asked" if told.is_closed(now) else "counted"
        when = said_at(wish.answered_at, now)
        kept = Answer(wish.id, told.id, wish.pupil, me.id, said, state, None, when, now, told.revision)
        await keep(conn, school, kept)
        act = acts.answered if await _has_answered(conn, house, me, told) else acts.opened
        await act(conn, house.live, resident=me.id, told=[told.id], now=now)
        if told.asks.kind == "fee" and state == "counted":
            await fees.take(conn, house, me, told, wish.pupil, said)
    return kept


def _again(had: Answer, wish: Wish, said: Mapping[str, str]) -> Answer:
    """Raises `FieldsRefused`: under this id something else was answered, and that holds."""
    if (had.notice, had.pupil, dict(had.said)) != (wish.notice, wish.pupil, said):
        raise FieldsRefused(say("answer_other"), (FieldRefused("id", "not_fit", say("answer_other")),))
    return had


async def on_paper(
    conn: AsyncConnection,
    school: School,
    told: SchoolNotice,
    pupil: Pupil,
    answers: object,
    *,
    id: UUID,
    by: str,
    now: datetime,
) -> Answer:
    """Typed in by the school from the letter, or sent by its code. Raises `FieldsRefused`."""
    assert told.asks is not None
    kept = Answer(id, told.id, pupil.id, None, checked(told.asks, answers), "counted", by, now, now, told.revision)
    await keep(conn, school, kept)
    return kept


async def keep(conn: AsyncConnection, school: School, one: Answer) -> None:
    await conn.execute(
        insert(school_answers).values(
            id=one.id,
            notice=one.notice,
            pupil=one.pupil,
            resident=one.resident,
            ward=school.ward,
            school=school.id,
            said=school.key.seal(ANSWER, msgspec.json.encode(one.said)),
            state=one.state,
            by_name=one.by_name,
            answered_at=one.answered_at,
            came_at=one.came_at,
            revision=one.revision,
        )
    )


async def settle(conn: AsyncConnection, school: School, id: UUID, state: State) -> bool:
    """What came after the closing time counts or not. False: there is no such request."""
    mine = (_a.id == id, _a.ward == school.ward, _a.school == school.id, _a.state == "asked")
    return (await conn.execute(update(school_answers).where(*mine).values(state=state))).rowcount > 0


async def of_notice(conn: AsyncConnection, school: School, id: UUID) -> list[Answer]:
    """All of them, the oldest first."""
    those = select(school_answers).where(_a.notice == id, _a.ward == school.ward, _a.school == school.id)
    return [_answer(row, school) for row in await conn.execute(those.order_by(_a.came_at, _a.id))]


async def of_pupils(conn: AsyncConnection, pupils: Mapping[UUID, School], notices: Iterable[UUID]) -> list[Answer]:
    """For these pupils and notices, by whomever, the oldest first."""
    those = select(school_answers).where(_a.notice.in_(list(notices)), _a.pupil.in_(list(pupils)))
    return [_answer(row, pupils[row.pupil]) for row in await conn.execute(those.order_by(_a.came_at, _a.id))]


def holding(answers: Iterable[Answer], told: SchoolNotice, pupil: UUID) -> dict[UUID | None, Answer]:
    """The newest that counts of each guardian, and of the paper, for this pupil."""
    those = (one for one in answers if one.pupil == pupil and one.state == "counted")
    return {one.resident: one for one in those if one.revision >= told.asked_since}


async def _told(conn: AsyncConnection, house: House, id: UUID | None, pupil: UUID | None) -> SchoolNotice:
    told = await notice.one_held(conn, id) if id else None
    found = await store.pupil(conn, pupil, house.keys) if pupil else None
    if told is None or told.asks is None or told.recalled_at or found is None or not told.concerns(*found):
        raise NotFound(say("no_such_notice"))
    return told


async def _has_answered(conn: AsyncConnection, house: House, me: Resident, told: SchoolNotice) -> bool:
    """For every child of hers it concerns: a notice with one of two children answered still asks her."""
    mine = await store.hers(conn, me.id, house.keys)
    asked = {one.id: school for one, school, who in mine if who.role == "guardian" and told.concerns(one, school)}
    answers = await of_pupils(conn, asked, [told.id])
    return set(asked) <= {one.pupil for one in answers if _stands(one, told, me.id)}


def _stands(one: Answer, told: SchoolNotice, resident: UUID) -> bool:
    return one.resident == resident and one.state != "refused" and one.revision >= told.asked_since


async def _had(conn: AsyncConnection, school: School, id: UUID) -> Answer | None:
    row = (await conn.execute(select(school_answers).where(_a.id == id))).first()
    if row is not None and (row.ward, row.school) != (school.ward, school.id):
        raise NotFound(say("no_such_notice"))
    return _answer(row, school) if row else None


def _answer(row: Row[Any], school: School) -> Answer:
    said = msgspec.json.decode(school.key.open(ANSWER, row.said), type=dict[str, str])
    who = (row.id, row.notice, row.pupil, row.resident)
    return Answer(*who, said, row.state, row.by_name, row.answered_at, row.came_at, row.revision)
