"""A paper that a person has looked over becomes the same case as any other, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store as applications
from bff.applications.application import ANSWERS, Application
from bff.applications.canonical import canonical, digest
from bff.applications.judging import check_answers
from bff.cases import store as cases
from bff.cases.arriving import begins, take_in
from bff.cases.store import Actor
from bff.identity.residents import Resident, resident_of
from bff.paper import people, store, subjects, values
from bff.paper.form import ADDRESS, BORN, NAME, applicant_fields, paper_form, without_head
from bff.paper.house import House
from bff.paper.intake import Draft, Intake
from bff.paper.people import Match, Who
from bff.paper.reading import Result
from life_events import FieldError, Form, shown_answers
from life_events.application import is_shown


class NotFiled(Exception):
    """`why`: `changed`; `another`, the one found is another now; `in_hand`, the same step is; `not_here`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Looked:
    """A draft held against the form. `wrong`: what may not stand so; `unseen`: doubtful fields nobody has looked at."""

    form: Form
    answers: Mapping[str, object]
    wrong: tuple[FieldError, ...]
    unseen: tuple[str, ...]
    who: Who | None

    @property
    def is_whole(self) -> bool:
        return not self.wrong and not self.unseen and self.who is not None


def look_over(house: House, kept: Intake, draft: Draft, result: Result | None) -> Looked:
    form = paper_form(house.catalogue, kept.procedure, kept.ward, kept.received_on)
    said = {field.id: values.answer(field, draft.typed.get(field.id, ())) for field in form.fields.values()}
    answers = {id: value for id, value in said.items() if value is not None}
    shown = shown_answers(form, answers)
    wrong = tuple(check_answers(house.catalogue, form, shown))
    unseen = tuple(id for id in doubtful(form, result) if id not in draft.seen and _is_asked(form, id, answers))
    return Looked(form, shown, wrong, unseen, _who(form, answers))


def doubtful(form: Form, result: Result | None) -> list[str]:
    """Fields that were not plainly read: all of them where nothing was read."""
    if result is None:
        return []
    found = result.fields
    return [id for id in form.fields if id not in found or found[id].sure != "high"]


async def file(
    house: House, conn: AsyncConnection, kept: Intake, looked: Looked, *, by: Actor, kind: str, application: UUID
) -> Application:
    """House door; `kind`: whom it was said to be of when it was signed off. Raises `NotFiled` and keeps nothing."""
    assert looked.who is not None
    now = house.clock()
    match = await people.find(house, conn, kept.ward, looked.who)
    if match.kind != kind:
        raise NotFiled("another")
    resident = await _resident(house, conn, kept, looked.who, match)
    household = await subjects.household_of(conn, resident, now)
    subject = subjects.subject(looked.form, looked.answers, household, house.person_secret, resident)
    own = without_head(looked.form).fields
    said = {id: value for id, value in looked.answers.items() if id in own}
    answers = subjects.with_ids(house.catalogue.procedures[kept.procedure], said, household)
    former = await _former(conn, kept, resident, subject)
    new = _new(kept, looked.form.version, answers, resident, subject, former, application)
    if not await applications.keep(conn, new, now, remembered=False):
        raise NotFiled("in_hand")
    sent = await applications.one(conn, resident.id, application)
    assert sent is not None
    if not await take_in(conn, house.catalogue, sent, now):
        raise NotFiled("not_here")
    if not await store.become_case(conn, kept, application=application, resident=resident.id, now=now):
        raise NotFiled("changed")
    case = await cases.of(conn, application)
    assert case is not None
    await cases.write(conn, case, "from_paper", by=by, now=now)
    return sent


async def _resident(house: House, conn: AsyncConnection, kept: Intake, who: Who, match: Match) -> Resident:
    if match.kind in ("account", "paper"):
        assert match.resident is not None
        found = await resident_of(conn, match.resident, house.keys)
        if found is not None:
            return found
        raise NotFiled("another")
    return await people.made(house, conn, kept.ward, who, kept.id)


async def _former(conn: AsyncConnection, kept: Intake, resident: Resident, subject: str | None) -> Application | None:
    """What was sent back, which this paper corrects."""
    step = f"{kept.procedure}:{subject}" if subject else kept.procedure
    newest = (await applications.newest_of_each_step(conn, resident.id)).get(step)
    return newest if newest and newest.state == "sent_back" and newest.ward == kept.ward else None


def _new(
    kept: Intake,
    version: str,
    answers: Mapping[str, object],
    resident: Resident,
    subject: str | None,
    former: Application | None,
    application: UUID,
) -> applications.New:
    """She has completed it, as far as anybody knows, on the day of the stamp."""
    completed = begins(kept.received_on)
    document = canonical(
        procedure=kept.procedure,
        version=version,
        subject=subject,
        ward=kept.ward,
        answers=answers,
        completed_at=completed,
    )
    return applications.New(
        id=application,
        resident=resident.id,
        ward=kept.ward,
        procedure=kept.procedure,
        subject=subject,
        version=version,
        answers=resident.key.seal(ANSWERS, msgspec.json.encode(answers)),
        completed_at=completed,
        digest=digest(document),
        corrected=(),
        corrects=former.id if former else None,
        chain=(former.chain or former.id) if former else None,
        channel="paper",
        received_on=kept.received_on,
    )


def _who(form: Form, answers: Mapping[str, Any]) -> Who | None:
    fields = applicant_fields(form)
    said = {term: str(answers.get(fields[term].id, "")).strip() for term in (NAME, BORN, ADDRESS)}
    try:
        born = date.fromisoformat(said[BORN])
    except ValueError:
        return None
    return Who(said[NAME], born, said[ADDRESS]) if said[NAME] and said[ADDRESS] else None


def _is_asked(form: Form, id: str, answers: Mapping[str, object]) -> bool:
    return is_shown(form.fields[id], form.fields, answers)
