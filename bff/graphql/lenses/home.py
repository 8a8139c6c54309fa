"""Lenses over a person's home."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from bff.connectors.street import manifests
from bff.contacts import child_key
from bff.family.people import children
from bff.graphql.context import Info
from bff.graphql.lenses.applications import ApplicationLens
from bff.graphql.lenses.common import PersonLens, TextLens
from bff.graphql.lenses.forms import ChoiceLens, FormLens
from bff.graphql.lenses.sources import SourceLens
from bff.home.home import Home
from bff.texts import say
from life_events import (
    Amount,
    ChangeKind,
    Channel,
    Household,
    KnownFact,
    Mark,
    Member,
    Operator,
    QuestionKind,
    Step,
    StepState,
)

strawberry.enum(QuestionKind, name="QuestionKind")
strawberry.enum(ChangeKind, name="ChangeKind")
MOST_MARKS = 500


@strawberry.enum(name="StepState")
class StepStateName(enum.Enum):
    DUE = "due"
    OPEN = "open"
    NOT_YET = "not_yet"
    ASK = "ask"
    UNHEARD = "unheard"
    SENT = "sent"
    DONE = "done"


@strawberry.enum(name="Category", description="Service kinds of GIF 491-1.")
class CategoryName(enum.Enum):
    NOTIFICATION = "notification"
    BENEFIT = "benefit"
    SUPPORT = "support"
    CLASS = "class"
    EVENT = "event"
    CONSULTATION = "consultation"
    FACILITY = "facility"
    INFORMATION = "information"


@strawberry.type(name="KnownFact")
class KnownFactLens:
    label: TextLens
    source: strawberry.ID

    @strawberry.field
    def value(self, fact: strawberry.Parent[KnownFact], info: Info) -> TextLens:
        return say("masked") if info.context.is_masked(fact.path) else fact.value  # type: ignore[return-value]

    @strawberry.field
    def source_name(self, fact: strawberry.Parent[KnownFact], info: Info) -> TextLens:
        home = info.context.home.catalogue.sources.get(fact.source)
        return home.name if home else manifests()[fact.source].name  # type: ignore[return-value]

    @strawberry.field(description="null: told by herself without a time")
    def as_of(self, fact: strawberry.Parent[KnownFact], info: Info) -> datetime | None:
        return info.context.home.told_at(fact.source)


@strawberry.type(name="Question")
class QuestionLens:
    fact: strawberry.ID
    label: TextLens
    help: TextLens | None
    kind: QuestionKind
    choices: list[ChoiceLens]
    subject: PersonLens | None = strawberry.field(description="whom it is about; null: not about one person")
    min_date: date | None = strawberry.field(description="the first day it takes; null: any, or not a day")
    max_date: date | None = strawberry.field(description="the last day it takes; null: any, or not a day")


@strawberry.enum(name="AmountPer")
class AmountPerName(enum.Enum):
    MONTH = "month"
    YEAR = "year"
    DAY = "day"
    ONCE = "once"


@strawberry.enum(name="AmountTeller", description="LAW: our own numbers. BENEFITS: OpenFisca-Japan.")
class AmountTellerName(enum.Enum):
    LAW = "law"
    BENEFITS = "benefits"


@strawberry.type(name="Amount", description="What a step brings, or what is the most that has to be paid.")
class AmountLens:
    yen: int | None = strawberry.field(description="null: nobody can say; the text says so")
    text: TextLens
    law: str | None = strawberry.field(description="null: we have no number of our own")

    @strawberry.field
    def per(self, amount: strawberry.Parent[Amount]) -> AmountPerName:
        return AmountPerName(amount.per)

    @strawberry.field(description="null: nobody can say")
    def told_by(self, amount: strawberry.Parent[Amount]) -> AmountTellerName | None:
        return AmountTellerName(amount.told_by) if amount.told_by else None

    @strawberry.field(description="when it was reckoned; null: it is a number in law")
    def as_of(self, amount: strawberry.Parent[Amount], info: Info) -> datetime | None:
        return info.context.home.told_at("benefits") if amount.told_by == "benefits" else None


@strawberry.type(name="Step")
class StepLens:
    id: strawberry.ID = strawberry.field(description="procedure, or procedure:person when it concerns one person")
    procedure: strawberry.ID
    subject: PersonLens | None = strawberry.field(description="null: concerns the whole household")
    name: TextLens
    official_name: TextLens
    opens: date | None = strawberry.field(description="null: may be done at once")
    law: str | None = strawberry.field(description="null: no law stands behind it")
    operator: Operator
    operator_name: TextLens
    channel: Channel
    how: TextLens
    known: list[KnownFactLens]
    asks: list[QuestionLens]
    after: list[strawberry.ID] = strawberry.field(description="procedures that come first")
    unlocks: list[strawberry.ID] = strawberry.field(description="ids of the steps that wait for this one")

    @strawberry.field(description="whether others may be asked for a part of it (`askableParts`)")
    def has_parts(self, step: strawberry.Parent[Step], info: Info) -> bool:
        return bool(info.context.house.catalogue.procedures[step.procedure].parts)

    @strawberry.field
    def category(self, step: strawberry.Parent[Step]) -> CategoryName:
        return CategoryName(step.category)

    @strawberry.field
    def state(self, step: strawberry.Parent[Step], info: Info) -> StepStateName:
        home = info.context.home
        if home.on_its_way(step):
            return StepStateName.SENT
        return StepStateName.DONE if home.is_decided(step) else StepStateName(step.state.value)

    @strawberry.field
    def because(self, step: strawberry.Parent[Step], info: Info) -> TextLens:
        home = info.context.home
        if home.is_decided(step):
            return say("decided")  # type: ignore[return-value]
        unanswered = home.unanswered(step)
        return say(unanswered) if unanswered else step.because  # type: ignore[return-value]

    @strawberry.field(description="null: no last day, or what she sent is decided")
    def due(self, step: strawberry.Parent[Step], info: Info) -> date | None:
        return info.context.home.due(step)

    @strawberry.field(description="null: no last day, or what she sent is decided")
    def days_left(self, step: strawberry.Parent[Step], info: Info) -> int | None:
        due = info.context.home.due(step)
        return (due - info.context.home.today).days if due else None

    @strawberry.field(description="what happens when it is late; null: nothing, or what she sent is decided")
    def late(self, step: strawberry.Parent[Step], info: Info) -> TextLens | None:
        return None if info.context.home.is_decided(step) else step.late  # type: ignore[return-value]

    @strawberry.field(description="oldest time of the facts it rests upon; null: none is known yet")
    def as_of(self, step: strawberry.Parent[Step], info: Info) -> datetime | None:
        return info.context.home.as_of(step)

    @strawberry.field(description="ids of the sources that were silent")
    def gaps(self, step: strawberry.Parent[Step], info: Info) -> list[strawberry.ID]:
        return [strawberry.ID(source) for source in info.context.home.gaps(step)]

    @strawberry.field(description="null: not about money")
    def amount(self, step: strawberry.Parent[Step], info: Info) -> AmountLens | None:
        return info.context.home.amount(step)  # type: ignore[return-value]

    @strawberry.field(description="null: not filed through this window, or not now")
    def form(self, step: strawberry.Parent[Step], info: Info) -> FormLens | None:
        return info.context.home.form(step)  # type: ignore[return-value]

    @strawberry.field(description="the newest one sent; null: none")
    def application(self, step: strawberry.Parent[Step], info: Info) -> ApplicationLens | None:
        return info.context.home.sent.get(step.id)  # type: ignore[return-value]


@strawberry.type(name="Bundle")
class BundleLens:
    id: strawberry.ID
    name: TextLens
    summary: TextLens
    steps: list[StepLens]
    more: list[StepLens] = strawberry.field(description="open to her on demand; nothing asks her to")
    start: QuestionLens | None = strawberry.field(description="the question that begins it; null: it has begun")


@strawberry.type(name="Asking")
class AskingLens:
    question: QuestionLens
    settles: list[strawberry.ID] = strawberry.field(description="ids of the steps that wait for the answer")


@strawberry.input(name="StepMark", description="A step as a screen last showed it.")
class StepMark:
    step: strawberry.ID
    state: StepStateName
    due: date | None = strawberry.field(default=None, description="null: no last day")


@strawberry.type(name="Change")
class ChangeLens:
    step: strawberry.ID = strawberry.field(description="its id; a step that is gone is not in the bundles any more")
    kind: ChangeKind
    subject: PersonLens | None = strawberry.field(description="null: concerned the whole household")
    name: TextLens
    text: TextLens


@strawberry.type(name="OwnAnswer", description="What she told us herself; answering again changes it.")
class OwnAnswerLens:
    question: QuestionLens
    value: JSON
    at: datetime = strawberry.field(description="when she gave it")
    counts: bool = strawberry.field(description="false: of an earlier event or too old; kept, and not heard any more")


@strawberry.type(name="HomeChild", description="A child of hers as notices know it.")
class HomeChildLens:
    key: strawberry.ID
    id: strawberry.ID
    name: str
    born_on: date


@strawberry.type(name="Home")
class HomeLens:
    answered_at: datetime
    today: date
    sources: list[SourceLens]
    bundles: list[BundleLens]
    next_questions: list[AskingLens] = strawberry.field(description="what to ask next, the one that settles most first")
    answers: list[OwnAnswerLens]

    @strawberry.field(description="news since a screen showed these steps; at most 500 of them are looked at")
    def changes(self, home: strawberry.Parent[Home], since: list[StepMark]) -> list[ChangeLens]:
        return home.changes([_mark(mark) for mark in since[:MOST_MARKS]])  # type: ignore[return-value]

    @strawberry.field(description="as the register tells; empty while it has not been heard")
    def children(self, home: strawberry.Parent[Home], info: Info) -> list[HomeChildLens]:
        household, secret = home.facts.registry, info.context.house.person_secret
        if not isinstance(household, Household):
            return []
        minors = children(household, home.catalogue.law, home.today)
        return [_child(child_key(secret, household.ward, one.person), one) for one in minors]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Home)


@strawberry.type(name="HomeUpdate")
class HomeUpdateLens:
    settled: strawberry.ID = strawberry.field(description="the source that just settled; empty: none was left to ask")
    home: HomeLens
    remaining: int


def _child(key: UUID, child: Member) -> HomeChildLens:
    return HomeChildLens(
        key=strawberry.ID(str(key)), id=strawberry.ID(child.person), name=child.name, born_on=child.birth_date
    )


def _mark(shown: StepMark) -> Mark:
    """What was on its way to the ward could be done before."""
    state = StepState.OPEN if shown.state is StepStateName.SENT else StepState(shown.state.value)
    return Mark(str(shown.step), state, shown.due)
