"""Lenses over mandates, children, and what a representative may see. Nothing that is not listed here is ever shown."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from bff.family import task
from bff.family.acting import OpenForm
from bff.family.children import Child, SeenBy, Watcher
from bff.family.inviting import Invitation
from bff.family.kinds import Kind, item_name, kinds, purpose_name, told_hidden
from bff.family.mandate import Mandate
from bff.family.represented import Represented, SeenApplication, SeenEvent, SeenNotice, SeenStep
from bff.family.task import Task, TaskField
from bff.family.telling import held, offered
from bff.graphql.context import Info
from bff.graphql.lenses.applications import ApplicationStateName
from bff.graphql.lenses.common import TextLens
from bff.graphql.lenses.forms import FormLens
from bff.graphql.lenses.home import StepStateName
from bff.identity.residents import Resident
from bff.texts import say
from life_events import Text


@strawberry.enum(name="MandateState")
class MandateStateName(enum.Enum):
    ASKED = strawberry.enum_value("asked", description="a ward has not confirmed it yet")
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVOKED = strawberry.enum_value("revoked", description="one of the two ended it")
    ENDED = strawberry.enum_value("ended", description="its last day, a ward, the law, a death or a done task ended it")


@dataclass(frozen=True)
class Shown:
    """A mandate as one of its two sides sees it."""

    mandate: Mandate
    viewer: Resident

    @property
    def is_represented(self) -> bool:
        return self.mandate.represented == self.viewer.id


@strawberry.type(name="TaskAnswer")
class TaskAnswerLens:
    label: TextLens
    value: str


@strawberry.type(name="Mandate", description="Who may act for whom: never a session as somebody else.")
class MandateLens:
    @strawberry.field
    def id(self, shown: strawberry.Parent[Shown]) -> strawberry.ID:
        return strawberry.ID(str(shown.mandate.id))

    @strawberry.field
    def kind(self, shown: strawberry.Parent[Shown]) -> strawberry.ID:
        return strawberry.ID(shown.mandate.kind)

    @strawberry.field
    def kind_name(self, shown: strawberry.Parent[Shown]) -> TextLens:
        return shown.mandate.rules.name  # type: ignore[return-value]

    @strawberry.field
    def state(self, shown: strawberry.Parent[Shown], info: Info) -> MandateStateName:
        one = shown.mandate
        is_past = one.state == "accepted" and not one.holds(info.context.house.today())
        return MandateStateName.ENDED if is_past else MandateStateName(one.state)

    @strawberry.field(description="true: others act for her; false: she acts for another")
    def for_me(self, shown: strawberry.Parent[Shown]) -> bool:
        return shown.is_represented

    @strawberry.field(description="the other side by name; empty where it is not told")
    def other(self, shown: strawberry.Parent[Shown]) -> str:
        one, viewer = shown.mandate, shown.viewer
        return offered(one, viewer).to if shown.is_represented else held(one, viewer).giver

    @strawberry.field(description="whom it is about")
    def about(self, shown: strawberry.Parent[Shown]) -> str:
        one, viewer = shown.mandate, shown.viewer
        if shown.is_represented:
            return offered(one, viewer).about
        return held(one, viewer).about or held(one, viewer).wanted

    @strawberry.field
    def bundles(self, shown: strawberry.Parent[Shown], info: Info) -> list[TextLens]:
        return _bundles(shown.mandate.bundles, info)

    @strawberry.field
    def purpose(self, shown: strawberry.Parent[Shown]) -> TextLens:
        return purpose_name(shown.mandate.purpose)  # type: ignore[return-value]

    @strawberry.field
    def items(self, shown: strawberry.Parent[Shown]) -> list[TextLens]:
        return [item_name(one) for one in shown.mandate.rules.items]  # type: ignore[misc]

    @strawberry.field(description="classes it never shows, whether there is anything of them or not")
    def hidden(self, shown: strawberry.Parent[Shown]) -> list[TextLens]:
        return list(told_hidden(shown.mandate.kind))  # type: ignore[arg-type]

    @strawberry.field
    def may_send(self, shown: strawberry.Parent[Shown]) -> bool:
        return "submit" in shown.mandate.rules.acts

    @strawberry.field(description="whether this side may end it with one tap")
    def may_end(self, shown: strawberry.Parent[Shown]) -> bool:
        side = "represented" if shown.is_represented else "representative"
        return side in shown.mandate.rules.ended_by

    @strawberry.field
    def made_at(self, shown: strawberry.Parent[Shown]) -> datetime:
        return shown.mandate.made_at

    @strawberry.field(description="null: not accepted")
    def accepted_at(self, shown: strawberry.Parent[Shown]) -> datetime | None:
        return shown.mandate.accepted_at

    @strawberry.field
    def ends_on(self, shown: strawberry.Parent[Shown]) -> date:
        return shown.mandate.ends_on

    @strawberry.field(description="null: not over")
    def ended_at(self, shown: strawberry.Parent[Shown]) -> datetime | None:
        return shown.mandate.ended_at

    @strawberry.field(description="until when its code may be used; null: it is used, or there is none")
    def code_until(self, shown: strawberry.Parent[Shown]) -> datetime | None:
        return shown.mandate.code_until if shown.is_represented else None

    @strawberry.field(description="what an employer has written, for her alone; empty: nothing yet")
    def written(self, shown: strawberry.Parent[Shown]) -> list[TaskAnswerLens]:
        lines = task.written(shown.mandate, shown.viewer) if shown.is_represented else ()
        return [TaskAnswerLens(label=label, value=value) for label, value in lines]  # type: ignore[arg-type]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Shown)


@strawberry.type(name="Child", description="A minor she brings up, as the register tells.")
class ChildLens:
    name: str
    birth_date: date
    of_age_on: date = strawberry.field(description="from then on the child speaks for itself")
    sees_from: date = strawberry.field(description="from then on a child with an account sees what is seen of it")
    has_own_account: bool
    others: list[str] = strawberry.field(description="names of the others to whom she has opened something about it")

    @strawberry.field
    def id(self, child: strawberry.Parent[Child]) -> strawberry.ID:
        return strawberry.ID(child.person)


@dataclass(frozen=True)
class Choosable:
    """A kind that she may give, with its id."""

    id: str
    kind: Kind


@strawberry.type(name="MandatePurpose")
class MandatePurposeLens:
    id: strawberry.ID
    name: TextLens


@strawberry.type(name="MandateScope")
class MandateScopeLens:
    id: strawberry.ID
    name: TextLens


@strawberry.type(name="MandateKind", description="A kind of mandate that can be given, or that a ward confirms.")
class MandateKindLens:
    id: strawberry.ID

    @strawberry.field
    def name(self, one: strawberry.Parent[Choosable]) -> TextLens:
        return one.kind.name  # type: ignore[return-value]

    @strawberry.field(description="whether a ward's official confirms it with papers, instead of her inviting")
    def by_ward(self, one: strawberry.Parent[Choosable]) -> bool:
        return one.kind.given_by == "official"

    @strawberry.field(description="child, adult, anybody or nobody (herself)")
    def about(self, one: strawberry.Parent[Choosable]) -> str:
        return one.kind.about

    @strawberry.field
    def scopes(self, one: strawberry.Parent[Choosable], info: Info) -> list[MandateScopeLens]:
        known = {bundle.id: bundle.name for bundle in info.context.house.catalogue.bundles}
        return [MandateScopeLens(id=strawberry.ID(id), name=known[id]) for id in one.kind.bundles]  # type: ignore[arg-type]

    @strawberry.field
    def purposes(self, one: strawberry.Parent[Choosable]) -> list[MandatePurposeLens]:
        return [MandatePurposeLens(id=strawberry.ID(id), name=purpose_name(id)) for id in one.kind.purposes]  # type: ignore[arg-type]

    @strawberry.field
    def items(self, one: strawberry.Parent[Choosable]) -> list[TextLens]:
        return [item_name(item) for item in one.kind.items]  # type: ignore[misc]

    @strawberry.field
    def hidden(self, one: strawberry.Parent[Choosable]) -> list[TextLens]:
        return list(told_hidden(one.id))  # type: ignore[arg-type]

    @strawberry.field
    def may_send(self, one: strawberry.Parent[Choosable]) -> bool:
        return "submit" in one.kind.acts

    @strawberry.field
    def longest_days(self, one: strawberry.Parent[Choosable]) -> int:
        return one.kind.longest_days


@strawberry.type(name="HouseholdMember")
class HouseholdMemberLens:
    id: strawberry.ID
    name: str
    is_child: bool


@strawberry.type(name="Family")
class FamilyLens:
    children: list[ChildLens] = strawberry.field(description="empty: none, or the register has not been heard")
    members: list[HouseholdMemberLens] = strawberry.field(description="whom a mandate may be about besides herself")
    acts_for: list[MandateLens]
    acted_for_by: list[MandateLens]
    kinds: list[MandateKindLens]
    rights: list[TextLens] = strawberry.field(description="the child's own right, told to who brings it up")


@strawberry.type(name="RepresentedStep")
class RepresentedStepLens:
    id: strawberry.ID
    procedure: strawberry.ID
    name: TextLens
    due: date | None = strawberry.field(description="null: no last day")
    days_left: int | None = strawberry.field(description="null: no last day")
    can_send: bool

    @strawberry.field
    def state(self, step: strawberry.Parent[SeenStep]) -> StepStateName:
        return StepStateName(step.state)


@strawberry.type(name="RepresentedEvent")
class RepresentedEventLens:
    at: datetime

    @strawberry.field
    def text(self, event: strawberry.Parent[SeenEvent]) -> TextLens:
        return say(f"state_{event.state}")  # type: ignore[return-value]


@strawberry.type(name="RepresentedApplication")
class RepresentedApplicationLens:
    id: strawberry.ID
    title: TextLens
    accepted_at: datetime
    history: list[RepresentedEventLens]
    by_representative: bool

    @strawberry.field
    def state(self, sent: strawberry.Parent[SeenApplication]) -> ApplicationStateName:
        return ApplicationStateName(sent.state)

    @strawberry.field
    def state_text(self, sent: strawberry.Parent[SeenApplication]) -> TextLens:
        return say(f"state_{sent.state}")  # type: ignore[return-value]


@strawberry.type(name="RepresentedNotice")
class RepresentedNoticeLens:
    id: strawberry.ID
    title: TextLens
    sent_at: datetime

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, SeenNotice)


@strawberry.type(name="Represented", description="All that a representative may see of another. No address, ever.")
class RepresentedLens:
    name: str = strawberry.field(description="whom it is about")
    giver: str = strawberry.field(description="who gave it; empty where it is not told")
    steps: list[RepresentedStepLens]
    applications: list[RepresentedApplicationLens]
    notices: list[RepresentedNoticeLens]
    hidden: list[TextLens] = strawberry.field(description="classes never shown, whether there is anything or not")

    @strawberry.field
    async def mandate(self, one: strawberry.Parent[Represented], info: Info) -> MandateLens:
        return Shown(one.mandate, await info.context.someone())  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Represented)


@strawberry.type(name="RepresentedForm", description="What is left to write; what is known goes in unseen.")
class RepresentedFormLens:
    form: FormLens
    withheld: list[TextLens] = strawberry.field(description="names of what is filled in already and not shown")

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, OpenForm)


@strawberry.type(name="SentOnBehalf")
class SentOnBehalfLens:
    id: strawberry.ID
    receipt_number: str


@strawberry.type(name="Invited", description="The code is told this once and kept nowhere.")
class InvitedLens:
    mandate: MandateLens
    code: str


@strawberry.type(name="Invitation", description="What it says, shown to whose name is on it before the yes.")
class InvitationLens:
    giver: str
    about: str

    @strawberry.field
    def kind_name(self, one: strawberry.Parent[Invitation]) -> TextLens:
        return one.mandate.rules.name  # type: ignore[return-value]

    @strawberry.field
    def purpose(self, one: strawberry.Parent[Invitation]) -> TextLens:
        return purpose_name(one.mandate.purpose)  # type: ignore[return-value]

    @strawberry.field
    def bundles(self, one: strawberry.Parent[Invitation], info: Info) -> list[TextLens]:
        return _bundles(one.mandate.bundles, info)

    @strawberry.field
    def items(self, one: strawberry.Parent[Invitation]) -> list[TextLens]:
        return [item_name(item) for item in one.mandate.rules.items]  # type: ignore[misc]

    @strawberry.field
    def may_send(self, one: strawberry.Parent[Invitation]) -> bool:
        return "submit" in one.mandate.rules.acts

    @strawberry.field
    def ends_on(self, one: strawberry.Parent[Invitation]) -> date:
        return one.mandate.ends_on

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Invitation)


@strawberry.enum(name="TaskFieldKind")
class TaskFieldKindName(enum.Enum):
    TEXT = "text"
    PHONE = "phone"
    DATE = "date"
    NUMBER = "number"


@strawberry.type(name="TaskField")
class TaskFieldLens:
    id: strawberry.ID
    label: TextLens
    longest: int

    @strawberry.field
    def kind(self, one: strawberry.Parent[TaskField]) -> TaskFieldKindName:
        return TaskFieldKindName(one.kind)


@strawberry.type(name="Task", description="One paper asked of somebody by one link; nothing else of her is shown.")
class TaskLens:
    about: str = strawberry.field(description="her name")

    @strawberry.field
    def title(self, one: strawberry.Parent[Task]) -> TextLens:
        return one.paper.title  # type: ignore[return-value]

    @strawberry.field
    def intro(self, one: strawberry.Parent[Task]) -> TextLens:
        return one.paper.intro  # type: ignore[return-value]

    @strawberry.field
    def until(self, one: strawberry.Parent[Task]) -> date:
        return one.mandate.ends_on

    @strawberry.field
    def fields(self, one: strawberry.Parent[Task]) -> list[TaskFieldLens]:
        return list(one.paper.fields)  # type: ignore[arg-type]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Task)


@strawberry.type(name="Watcher")
class WatcherLens:
    name: str
    kind: TextLens
    items: list[TextLens]
    until: date

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Watcher)


@strawberry.type(name="SeenApplicationTitle")
class SeenTitleLens:
    title: TextLens
    state_text: TextLens


@strawberry.type(name="SeenByGuardians", description="A teenager sees who sees her, and the very things they see.")
class SeenByGuardiansLens:
    watchers: list[WatcherLens]
    steps: list[TextLens]

    @strawberry.field
    def applications(self, seen: strawberry.Parent[SeenBy], info: Info) -> list[SeenTitleLens]:
        names = info.context.house.catalogue.procedures
        return [
            SeenTitleLens(title=names[one.procedure].name, state_text=say(f"state_{one.state}"))  # type: ignore[arg-type]
            for one in seen.applications
        ]


def _bundles(ids: Sequence[str], info: Info) -> list[TextLens]:
    found: list[Text] = [one.name for one in info.context.house.catalogue.bundles if one.id in ids]
    return found  # type: ignore[return-value]


def choosable() -> list[Choosable]:
    return [Choosable(id, kind) for id, kind in kinds().items()]


def identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
