"""Lenses over what a representative may see, and over what one link shows. What is not listed here is never shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from bff.family.acting import OpenForm
from bff.family.children import SeenBy, Watcher
from bff.family.inviting import Invitation
from bff.family.kinds import item_name, purpose_name
from bff.family.represented import Represented, SeenApplication, SeenEvent, SeenNotice, SeenStep
from bff.graphql.context import Info
from bff.graphql.lenses.applications import ApplicationStateName
from bff.graphql.lenses.common import TextLens
from bff.graphql.lenses.family import MandateLens, Shown, bundle_names
from bff.graphql.lenses.forms import FormLens
from bff.graphql.lenses.home import StepStateName
from bff.texts import say


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
        return bundle_names(one.mandate.bundles, info)

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
