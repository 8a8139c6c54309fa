"""Lenses over what schools and nurseries tell a guardian, and what she says to them."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

import strawberry

from bff.graphql.context import Info
from bff.graphql.lenses.absences import AbsenceLens, Seen
from bff.graphql.lenses.common import TextLens
from bff.graphql.lenses.school_thread import LineLens
from bff.school import correcting
from bff.school.answering import Answer
from bff.school.asks import Question, in_one
from bff.school.days import next_day
from bff.school.hers import Asked, HerPupil
from bff.school.notice import Event
from bff.school.school import Guardian
from life_events import Text


@strawberry.enum(name="SchoolAnswerState")
class AnswerStateName(enum.Enum):
    COUNTED = "counted"
    ASKED = strawberry.enum_value("asked", description="it came after the closing time: the school decides")
    REFUSED = strawberry.enum_value("refused", description="it came after the closing time and does not count")


@strawberry.enum(name="SchoolAskKind")
class AskKindName(enum.Enum):
    CONSENT = "consent"
    SURVEY = "survey"
    ATTENDANCE = "attendance"
    HEALTH = "health"
    CONFIRM = "confirm"
    FEE = "fee"


@strawberry.enum(name="SchoolQuestionKind")
class QuestionKindName(enum.Enum):
    CHOICE = "choice"
    TEXT = "text"
    TEMPERATURE = "temperature"


@strawberry.type(name="PupilHelper", description="A grandparent who sees and may pick up.")
class HelperLens:
    name: str

    @strawberry.field
    def id(self, one: strawberry.Parent[Guardian]) -> strawberry.ID:
        return strawberry.ID(str(one.resident))


@strawberry.type(name="Pupil", description="A child of hers at a school or nursery.")
class PupilLens:
    @strawberry.field
    def id(self, one: strawberry.Parent[HerPupil]) -> strawberry.ID:
        return strawberry.ID(str(one.pupil.id))

    @strawberry.field(description="her own key of the child, as the notices have it")
    def child(self, one: strawberry.Parent[HerPupil]) -> strawberry.ID:
        return strawberry.ID(str(one.me.child))

    @strawberry.field
    def name(self, one: strawberry.Parent[HerPupil]) -> str:
        return one.pupil.named.name

    @strawberry.field
    def school(self, one: strawberry.Parent[HerPupil]) -> str:
        return one.school.id

    @strawberry.field
    def class_name(self, one: strawberry.Parent[HerPupil]) -> str:
        return one.pupil.class_name

    @strawberry.field(description="HH:MM until when an absence of the day is asked for; later ones are taken too")
    def cut_off(self, one: strawberry.Parent[HerPupil]) -> str:
        return f"{one.school.cut_off:%H:%M}"

    @strawberry.field(description="today, or the next day that is neither weekend nor holiday there")
    def school_day(self, one: strawberry.Parent[HerPupil], info: Info) -> date:
        house = info.context.house
        return next_day(house.catalogue.law_in(one.school.ward), one.school.kind, house.today())

    @strawberry.field(description="letters of this child go home on paper too")
    def paper(self, one: strawberry.Parent[HerPupil]) -> bool:
        return one.pupil.paper

    @strawberry.field(description="false: she sees and may pick up, a guardian answers")
    def may_answer(self, one: strawberry.Parent[HerPupil]) -> bool:
        return one.me.role == "guardian"

    @strawberry.field(description="guardians who hear of the child, herself among them")
    def guardians(self, one: strawberry.Parent[HerPupil]) -> int:
        return sum(each.role == "guardian" for each in one.guardians)

    @strawberry.field(description="empty: none, or she is a helper herself")
    def helpers(self, one: strawberry.Parent[HerPupil]) -> list[HelperLens]:
        those = [each for each in one.guardians if each.role == "helper"]
        return those if one.me.role == "guardian" else []  # type: ignore[return-value]

    @strawberry.field(description="the newest version of each, of a year, the newest days first")
    def absences(self, one: strawberry.Parent[HerPupil]) -> list[AbsenceLens]:
        return [Seen(each, each.resident == one.me.resident) for each in one.absences]  # type: ignore[misc]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, HerPupil)


@strawberry.type(name="SchoolChoice")
class ChoiceLens:
    id: strawberry.ID
    label: TextLens


@strawberry.type(name="SchoolQuestion")
class QuestionLens:
    id: strawberry.ID
    required: bool
    when: str = strawberry.field(description="`question=choice`: asked only then; empty: always")

    @strawberry.field
    def kind(self, one: strawberry.Parent[Question]) -> QuestionKindName:
        return QuestionKindName(one.kind)

    @strawberry.field
    def label(self, one: strawberry.Parent[Question]) -> TextLens:
        return Text(**one.label)  # type: ignore[return-value]

    @strawberry.field
    def choices(self, one: strawberry.Parent[Question]) -> list[ChoiceLens]:
        return [ChoiceLens(id=strawberry.ID(each.id), label=Text(**each.label)) for each in one.choices]  # type: ignore[arg-type]


@strawberry.type(name="SaidEntry")
class SaidLens:
    question: strawberry.ID
    answer: str


@strawberry.type(name="SchoolAnswer")
class AnswerLens:
    @strawberry.field
    def id(self, one: strawberry.Parent[Answer]) -> strawberry.ID:
        return strawberry.ID(str(one.id))

    @strawberry.field
    def state(self, one: strawberry.Parent[Answer]) -> AnswerStateName:
        return AnswerStateName(one.state)

    @strawberry.field
    def said(self, one: strawberry.Parent[Answer]) -> list[SaidLens]:
        return [SaidLens(question=strawberry.ID(key), answer=value) for key, value in one.said.items()]

    @strawberry.field
    def came_at(self, one: strawberry.Parent[Answer]) -> datetime:
        return one.came_at

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Answer)


@strawberry.type(name="SchoolEvent")
class EventLens:
    on: date
    begins: str = strawberry.field(description="HH:MM; empty: the whole day")
    ends: str
    place: str


@strawberry.type(
    name="SchoolCorrection", description="What a correction changed beside the words, which the notice itself tells."
)
class CorrectionLens:
    why: str
    at: datetime
    asks_anew: bool = strawberry.field(description="what was answered before does not count any more")
    until: datetime | None = strawberry.field(description="the closing time before; null: it is the same")
    amount_yen: int | None = strawberry.field(description="the fee before; null: it is the same")
    questions: bool = strawberry.field(description="other things are asked than before")
    event: EventLens | None = strawberry.field(description="the day before; null: it is the same, or there was none")

    @classmethod
    def of(cls, one: Asked) -> CorrectionLens:
        told, last = one.notice, one.notice.earlier[-1]
        what, asks = correcting.changed(last, told), last.asks
        return cls(
            why=last.why,
            at=last.at,
            asks_anew=told.asked_since == told.revision,
            until=asks.until if asks and "until" in what else None,
            amount_yen=asks.amount_yen if asks and "amount" in what else None,
            questions="questions" in what,
            event=last.event if "event" in what else None,  # type: ignore[arg-type]
        )


@strawberry.type(
    name="SchoolNotice", description="A notice for one of her children: what it asks, and how that stands."
)
class SchoolNoticeLens:
    closed: bool = strawberry.field(description="a change now goes to the school as a request")
    by_other: bool = strawberry.field(description="somebody else has answered for the child: the other home, or paper")
    mine: AnswerLens | None = strawberry.field(description="what holds of hers; null: she has not answered")
    waiting: AnswerLens | None = strawberry.field(description="her change after the closing time; null: none")
    refused: AnswerLens | None = strawberry.field(description="her last change, which does not count; null: none")
    lines: list[LineLens]

    @strawberry.field(description="counts from 1, as the notice of the inbox does")
    def revision(self, one: strawberry.Parent[Asked]) -> int:
        return one.notice.revision

    @strawberry.field(description="what she said until it was asked anew, in words; null: nothing, or it was not")
    def before(self, one: strawberry.Parent[Asked]) -> TextLens | None:
        asks = one.notice.asks_at(one.before.revision) if one.before else None
        return in_one(asks, one.before.said) if asks and one.before else None  # type: ignore[return-value]

    @strawberry.field(description="the last correction; null: none")
    def corrected(self, one: strawberry.Parent[Asked]) -> CorrectionLens | None:
        return CorrectionLens.of(one) if one.notice.earlier else None

    @strawberry.field(description="the notice of the inbox")
    def notice(self, one: strawberry.Parent[Asked]) -> strawberry.ID:
        return strawberry.ID(str(one.notice.id))

    @strawberry.field
    def pupil(self, one: strawberry.Parent[Asked]) -> strawberry.ID:
        return strawberry.ID(str(one.pupil.pupil.id))

    @strawberry.field
    def title(self, one: strawberry.Parent[Asked]) -> TextLens:
        return one.notice.title  # type: ignore[return-value]

    @strawberry.field(description="who joined the pupil later than it was sent has it here alone")
    def body(self, one: strawberry.Parent[Asked]) -> TextLens:
        return one.notice.body  # type: ignore[return-value]

    @strawberry.field
    def sent_at(self, one: strawberry.Parent[Asked]) -> datetime:
        return one.notice.sent_at

    @strawberry.field(description="null: nothing is to be answered")
    def kind(self, one: strawberry.Parent[Asked]) -> AskKindName | None:
        return AskKindName(one.asks.kind) if one.asks else None

    @strawberry.field(description="null: nothing is to be answered")
    def until(self, one: strawberry.Parent[Asked]) -> datetime | None:
        return one.asks.until if one.asks else None

    @strawberry.field(description="null: no fee")
    def amount_yen(self, one: strawberry.Parent[Asked]) -> int | None:
        return one.asks.amount_yen if one.asks else None

    @strawberry.field(description="one guardian's answer is enough")
    def one_is_enough(self, one: strawberry.Parent[Asked]) -> bool:
        return one.asks is None or one.asks.one_is_enough

    @strawberry.field
    def questions(self, one: strawberry.Parent[Asked]) -> list[QuestionLens]:
        return list(one.asks.questions) if one.asks else []  # type: ignore[arg-type]

    @strawberry.field(description="null: no date of a calendar")
    def event(self, one: strawberry.Parent[Asked]) -> EventLens | None:
        event: Event | None = one.notice.event
        return event  # type: ignore[return-value]


@strawberry.type(name="Schools", description="Her children at schools and nurseries, and what those have told of them.")
class SchoolsLens:
    pupils: list[PupilLens]
    notices: list[SchoolNoticeLens] = strawberry.field(description="the newest of each school, the newest first")
