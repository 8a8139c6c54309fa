"""What a guardian sees of schools and nurseries, and what she says to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from bff.errors import NotFound
from bff.graphql.context import Info
from bff.graphql.lenses.absences import AbsenceKindName, AbsenceLens, Seen
from bff.graphql.lenses.common import (
    DeniedLens,
    FieldsRefusedLens,
    NotFoundLens,
    SignInNeededLens,
    TooManyTriesLens,
)
from bff.graphql.lenses.family import identifier
from bff.graphql.lenses.school import AnswerLens, PupilLens, SchoolsLens
from bff.graphql.lenses.school_thread import LineLens
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.school import absences, answering, hers, joining, thread
from bff.school.words import say

Me = strawberry.Parent[Resident]
PupilResult = Annotated[
    PupilLens | DeniedLens | TooManyTriesLens | NotFoundLens | SignInNeededLens, strawberry.union("PupilResult")
]
AnswerNoticeResult = Annotated[
    AnswerLens | FieldsRefusedLens | DeniedLens | NotFoundLens | SignInNeededLens,
    strawberry.union("AnswerNoticeResult"),
]
AbsenceResult = Annotated[
    AbsenceLens | FieldsRefusedLens | DeniedLens | NotFoundLens | SignInNeededLens, strawberry.union("AbsenceResult")
]
LineResult = Annotated[LineLens | FieldsRefusedLens | NotFoundLens | SignInNeededLens, strawberry.union("LineResult")]


@strawberry.type(name="PupilCode", description="Handed on by her, used once.")
class PupilCode:
    code: str
    pupil: strawberry.ID


HelperCodeResult = Annotated[
    PupilCode | DeniedLens | NotFoundLens | SignInNeededLens, strawberry.union("HelperCodeResult")
]


@strawberry.type(name="PupilGone")
class PupilGone:
    pupil: strawberry.ID


LeaveResult = Annotated[PupilGone | DeniedLens | NotFoundLens | SignInNeededLens, strawberry.union("LeaveResult")]


@strawberry.input
class AnswerNoticeInput:
    id: strawberry.ID = strawberry.field(description="made on the phone; the same one twice is one answer")
    notice: strawberry.ID
    pupil: strawberry.ID
    answers: JSON
    answered_at: datetime
    revision: int = strawberry.field(default=1, description="of the notice, as she read it")


@strawberry.input
class AbsenceInput:
    id: strawberry.ID
    version: int = strawberry.field(description="1, or one more than what it corrects")
    pupil: strawberry.ID
    kind: AbsenceKindName
    from_on: date
    to_on: date
    sent_at: datetime
    time: str = ""
    reason: str = ""
    symptoms: list[strawberry.ID] = strawberry.field(default_factory=list)
    note: str = ""
    pick_up: str = ""
    withdrawn: bool = strawberry.field(default=False, description="taken back; what it said stays as it was")


@strawberry.input
class LineInput:
    id: strawberry.ID
    notice: strawberry.ID
    pupil: strawberry.ID
    text: str
    files: list[strawberry.ID] = strawberry.field(default_factory=list, description="uploads of hers, three at most")


@strawberry.type
class SchoolViewer:
    @strawberry.field(description="her children at schools and nurseries, and what is asked of her there")
    async def schools(self, me: Me, info: Info) -> SchoolsLens:
        return await hers.of(info.context.house, me)  # type: ignore[return-value]


@strawberry.type
class SchoolMutation:
    @strawberry.mutation(description="she hears of a pupil, by the code of the school's letter or of a guardian")
    @told
    async def join_pupil(self, info: Info, code: str) -> PupilResult:
        me, house = await info.context.someone(), info.context.house
        await info.context.take("task")
        joined = await joining.join(house, me, code)
        return await hers.one(house, me, joined.pupil.id)  # type: ignore[return-value]

    @strawberry.mutation(description="a code for a grandparent, who then sees and may pick up")
    @told
    async def allow_pupil_helper(self, info: Info, pupil: strawberry.ID) -> HelperCodeResult:
        me = await info.context.someone()
        code = await joining.allow_helper(info.context.house, me, identifier(pupil))
        return PupilCode(code=code, pupil=pupil)

    @strawberry.mutation(description="a helper no longer sees, or (none named) she herself hears no more of the pupil")
    @told
    async def leave_pupil(self, info: Info, pupil: strawberry.ID, helper: strawberry.ID | None = None) -> LeaveResult:
        me = await info.context.someone()
        whom = identifier(helper) if helper is not None else None
        if helper is not None and whom is None:
            raise NotFound(say("no_such_pupil"))
        await joining.let_go(info.context.house, me, identifier(pupil), whom)
        return PupilGone(pupil=pupil)

    @strawberry.mutation(description="letters of this child on paper too, or no longer")
    @told
    async def choose_paper(self, info: Info, pupil: strawberry.ID, paper: bool) -> PupilResult:
        me, house = await info.context.someone(), info.context.house
        await hers.choose_paper(house, me, identifier(pupil), paper)
        return await hers.one(house, me, identifier(pupil))  # type: ignore[return-value]

    @strawberry.mutation(description="answers for one child; anew until it closes, then as a request to the school")
    @told
    async def answer_notice(self, info: Info, input: AnswerNoticeInput) -> AnswerNoticeResult:
        me = await info.context.someone()
        said: Any = input.answers
        notice, pupil = identifier(input.notice), identifier(input.pupil)
        wish = answering.Wish(_own(input.id, "no_such_notice"), notice, pupil, said, input.answered_at, input.revision)
        return await answering.answer(info.context.house, me, wish)  # type: ignore[return-value]

    @strawberry.mutation(description="tells the school of an absence, or corrects what was told")
    @told
    async def report_absence(self, info: Info, input: AbsenceInput) -> AbsenceResult:
        me = await info.context.someone()
        symptoms = tuple(str(one) for one in input.symptoms)
        words = (input.reason.strip(), symptoms, input.note.strip(), input.pick_up.strip())
        said = absences.Said(input.time, *words, withdrawn=input.withdrawn)
        wish = absences.Wish(
            id=_own(input.id, "no_such_absence"),
            version=input.version,
            pupil=identifier(input.pupil),
            kind=input.kind.value,
            from_on=input.from_on,
            to_on=input.to_on,
            said=said,
            sent_at=input.sent_at,
        )
        return Seen(await absences.report(info.context.house, me, wish), True)  # type: ignore[return-value]

    @strawberry.mutation(description="a word to the school on one notice; the other home does not see it")
    @told
    async def write_to_school(self, info: Info, input: LineInput) -> LineResult:
        me, id = await info.context.someone(), _own(input.id, "no_such_notice")
        notice, pupil = identifier(input.notice), identifier(input.pupil)
        return await thread.write(info.context.house, me, id, notice, pupil, input.text, input.files)  # type: ignore[return-value]


def _own(id: strawberry.ID, missing: str) -> Any:
    found = identifier(id)
    if found is None:
        raise NotFound(say(missing))
    return found
