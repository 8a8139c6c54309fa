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
from bff.family.children import Child
from bff.family.kinds import Kind, item_name, kinds, purpose_name, told_hidden
from bff.family.mandate import Mandate
from bff.family.sides import AboutMe
from bff.family.telling import held, offered
from bff.graphql.context import Info
from bff.graphql.lenses.common import TextLens
from bff.identity.residents import Resident
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
    """A mandate as one of its two sides sees it, or (`beside`) the grown person it is about."""

    mandate: Mandate
    viewer: Resident
    beside: AboutMe | None = None

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
        return shown.is_represented or shown.beside is not None

    @strawberry.field(description="the other side by name; empty where it is not told")
    def other(self, shown: strawberry.Parent[Shown]) -> str:
        one, viewer = shown.mandate, shown.viewer
        if shown.beside is not None:
            return shown.beside.to
        return offered(one, viewer).to if shown.is_represented else held(one, viewer).giver

    @strawberry.field(description="who gave what is about her; empty: she herself, or she acts for another")
    def given_by(self, shown: strawberry.Parent[Shown]) -> str:
        return shown.beside.giver if shown.beside is not None else ""

    @strawberry.field(description="whom it is about")
    def about(self, shown: strawberry.Parent[Shown]) -> str:
        one, viewer = shown.mandate, shown.viewer
        if shown.beside is not None:
            return viewer.basics.name
        if shown.is_represented:
            return offered(one, viewer).about
        return held(one, viewer).about or held(one, viewer).wanted

    @strawberry.field
    def bundles(self, shown: strawberry.Parent[Shown], info: Info) -> list[TextLens]:
        return bundle_names(shown.mandate.bundles, info)

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
        side = "about" if shown.beside else "represented" if shown.is_represented else "representative"
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
    about_me: list[MandateLens] = strawberry.field(
        description="what others of her household gave about her on the word that she agrees; hers to end"
    )
    kinds: list[MandateKindLens]
    rights: list[TextLens] = strawberry.field(description="the child's own right, told to who brings it up")


def bundle_names(ids: Sequence[str], info: Info) -> list[TextLens]:
    found: list[Text] = [one.name for one in info.context.house.catalogue.bundles if one.id in ids]
    return found  # type: ignore[return-value]


def choosable() -> list[Choosable]:
    return [Choosable(id, kind) for id, kind in kinds().items()]


def identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
