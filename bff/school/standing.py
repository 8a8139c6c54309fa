"""How a notice stands, pupil by pupil and guardian by guardian: read, answered, on paper, still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import answering, store, thread
from bff.school.answering import Answer
from bff.school.house import House
from bff.school.notice import SchoolNotice
from bff.school.posting import tell
from bff.school.school import Guardian, Pupil, School, in_order
from bff.school.thread import Line
from notifications.jobs import day_in_japan
from notifications.notice import Kind
from notifications.post.people import opened as opened_by

Opened = Mapping[UUID, datetime]
"""By resident."""


@dataclass(frozen=True)
class OfGuardian:
    """`asked`: a change that came after the closing time and waits for the school."""

    guardian: Guardian
    opened_at: datetime | None
    answer: Answer | None
    asked: Answer | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class OfPupil:
    """`paper`: an answer that came on paper."""

    pupil: Pupil
    guardians: tuple[OfGuardian, ...]
    paper: Answer | None
    is_missing: bool

    @property
    def on_paper(self) -> bool:
        """Who chose paper, or whose family has not joined: a letter goes home."""
        return self.pupil.paper or not any(one.guardian.role == "guardian" for one in self.guardians)

    @property
    def differ(self) -> bool:
        """Two homes have answered, and not the same."""
        said = [dict(one.answer.said) for one in self.guardians if one.answer]
        said += [dict(self.paper.said)] if self.paper else []
        return any(one != said[0] for one in said[1:])


async def of_notice(conn: AsyncConnection, school: School, told: SchoolNotice) -> list[OfPupil]:
    """In the order of the class list."""
    here = [one for one in await store.pupils_of(conn, school) if told.concerns(one, school)]
    guardians = await store.guardians_of(conn, school)
    answers = await answering.of_notice(conn, school, told.id)
    lines = await thread.of_notice(conn, school, told.id)
    opened = await opened_by(conn, told.id, told.revision)
    return [_of_pupil(told, one, guardians, answers, lines, opened) for one in in_order(here)]


async def remind(conn: AsyncConnection, house: House, school: School, told: SchoolNotice, by: Sequence[OfPupil]) -> int:
    """House door: a word to just those who are missing, once a day each. To how many just now."""
    day, count = day_in_japan(house.clock()), 0
    for one in by:
        for each in whom_to_remind(told, one):
            id = uuid5(NAMESPACE_URL, f"school-reminder:{told.id}:{one.pupil.id}:{each.guardian.resident}:{day}")
            act_by = day_in_japan(told.closes_at) if told.closes_at else None
            count += await tell(
                conn,
                house,
                school,
                one.pupil,
                each.guardian.resident,
                "reminded",
                id=id,
                about=f"/inbox/{told.id}",
                kind=Kind.ACTION,
                act_by=act_by,
                title=told.title,
            )
    return count


def whom_to_remind(told: SchoolNotice, one: OfPupil) -> list[OfGuardian]:
    """Guardians of a pupil for whom something is missing; of those who answered or (nothing is asked) read, none."""
    if not one.is_missing:
        return []
    own = [each for each in one.guardians if each.guardian.role == "guardian"]
    return [each for each in own if (each.answer is None if told.asks else each.opened_at is None)]


def counts(all_of_them: Sequence[OfPupil]) -> dict[str, int]:
    """Pupils; and of guardians how many are there, have read, have answered."""
    own = [each for one in all_of_them for each in one.guardians if each.guardian.role == "guardian"]
    return {
        "pupils": len(all_of_them),
        "missing": sum(one.is_missing for one in all_of_them),
        "paper": sum(one.on_paper for one in all_of_them),
        "guardians": len(own),
        "opened": sum(each.opened_at is not None for each in own),
        "answered": sum(each.answer is not None for each in own),
    }


def _of_pupil(
    told: SchoolNotice,
    pupil: Pupil,
    guardians: Sequence[Guardian],
    answers: Sequence[Answer],
    lines: Sequence[Line],
    opened: Opened,
) -> OfPupil:
    holding = answering.holding(answers, told, pupil.id)
    newest = {one.resident: one for one in answers if one.pupil == pupil.id and one.revision >= told.asked_since}
    rows = []
    for one in (each for each in guardians if each.pupil == pupil.id):
        last = newest.get(one.resident)
        asked = last if last is not None and last.state == "asked" else None
        own = tuple(line for line in lines if (line.pupil, line.resident) == (pupil.id, one.resident))
        rows.append(OfGuardian(one, opened.get(one.resident), holding.get(one.resident), asked, own))
    return OfPupil(pupil, tuple(rows), holding.get(None), _is_missing(told, rows, holding.get(None)))


def _is_missing(told: SchoolNotice, rows: Sequence[OfGuardian], paper: Answer | None) -> bool:
    """Where both homes are to answer, paper is the answer of one of them: nobody knows whose, so it is one fewer."""
    own = [one for one in rows if one.guardian.role == "guardian"]
    if told.asks is None:
        return not any(one.opened_at for one in own)
    answered = sum(one.answer is not None for one in own) + (paper is not None)
    return answered < (1 if told.asks.one_is_enough else max(len(own), 1))
