"""Lenses over what she may agree to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from bff.consent.grants import PREFILL
from bff.exchange.texts import basis_text, purpose_text
from bff.graphql.lenses.common import TextLens
from bff.graphql.lenses.records import ConfidenceName
from bff.records.consents import Consent, Consents, Filling, filling_id
from bff.records.grouping import group_of
from bff.texts import say
from life_events import Operator
from life_events.terms import Text

HOURS_OF_A_DAY = 24


@strawberry.type(name="Filling", description="What a source told also fills in forms: a purpose of its own.")
class FillingLens:
    @strawberry.field(description="for decideConsents; its yes needs the source's own, whose no ends it")
    def id(self, filling: strawberry.Parent[Filling]) -> strawberry.ID:
        return strawberry.ID(filling_id(filling.source))

    @strawberry.field
    def purpose(self) -> TextLens:
        return purpose_text(PREFILL)  # type: ignore[return-value]

    @strawberry.field(description="null: there is no yes that holds, and no field is filled in from it")
    def agreed_at(self, filling: strawberry.Parent[Filling]) -> datetime | None:
        return filling.grant.given_at if filling.grant else None


@strawberry.type(name="ConsentGroup", description="What several consents of home are for: a switch over single yeses.")
class ConsentGroupLens:
    id: strawberry.ID
    name: TextLens
    purpose: TextLens


@strawberry.type(name="Consent", description="One source and purpose, and her yes to it.")
class ConsentLens:
    @strawberry.field
    def id(self, consent: strawberry.Parent[Consent]) -> strawberry.ID:
        return strawberry.ID(consent.source)

    @strawberry.field
    def name(self, consent: strawberry.Parent[Consent]) -> TextLens:
        if consent.manifest:
            return consent.manifest.name  # type: ignore[return-value]
        return (consent.flow and consent.flow.told) or Text(ja=consent.source, easy=consent.source, en=consent.source)  # type: ignore[return-value]

    @strawberry.field(description="null: it hands something of hers on, and no body is asked")
    def operator(self, consent: strawberry.Parent[Consent]) -> Operator | None:
        return Operator(consent.manifest.operator) if consent.manifest else None

    @strawberry.field(description="null: as `operator`")
    def operator_name(self, consent: strawberry.Parent[Consent]) -> TextLens | None:
        return consent.manifest.operator_name if consent.manifest else None  # type: ignore[return-value]

    tells: TextLens = strawberry.field(description="what it would tell")
    without: TextLens = strawberry.field(description="what happens when she does not agree")
    filling: FillingLens | None = strawberry.field(description="null: it fills in no form")
    is_of_home: bool = strawberry.field(description="asked whenever home refreshes")

    @strawberry.field(description="what it is shown together with; null: it is none of home's")
    def group(self, consent: strawberry.Parent[Consent]) -> ConsentGroupLens | None:
        return group_of(consent.source) if consent.is_of_home else None  # type: ignore[return-value]

    @strawberry.field(description="what of her leaves the house when it is asked")
    def sends(self, consent: strawberry.Parent[Consent]) -> list[TextLens]:
        return [say(f"sends_{item}") for item in consent.manifest.sends] if consent.manifest else []  # type: ignore[misc]

    @strawberry.field
    def purpose(self, consent: strawberry.Parent[Consent]) -> TextLens:
        return purpose_text(consent.purpose)  # type: ignore[return-value]

    @strawberry.field(description="on what our question rests")
    def basis(self, consent: strawberry.Parent[Consent]) -> TextLens:
        made_of: Any = consent.manifest or consent.flow
        return basis_text(made_of.basis)  # type: ignore[return-value]

    @strawberry.field(description="the law under which it may answer; null: nobody answers")
    def law(self, consent: strawberry.Parent[Consent]) -> str | None:
        return consent.manifest.legal.law if consent.manifest else None

    @strawberry.field(description="null: no law is cited")
    def confidence(self, consent: strawberry.Parent[Consent]) -> ConfidenceName | None:
        return ConfidenceName(consent.manifest.legal.confidence) if consent.manifest else None

    @strawberry.field(description="days after which what it told is dropped here at the latest; null: nothing is kept")
    def kept_days(self, consent: strawberry.Parent[Consent]) -> int | None:
        hours = consent.manifest.keep_hours + consent.manifest.stale_hours if consent.manifest else 0
        return -(-hours // HOURS_OF_A_DAY) if hours else None

    @strawberry.field(description="null: there is no yes that holds")
    def agreed_at(self, consent: strawberry.Parent[Consent]) -> datetime | None:
        return consent.grant.given_at if consent.grant else None

    @strawberry.field(description="when she last took a yes back; null: never")
    def ended_at(self, consent: strawberry.Parent[Consent]) -> datetime | None:
        return consent.ended_at

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Consent)


@strawberry.type(name="Consents")
class ConsentsLens:
    decided_at: datetime | None = strawberry.field(
        description="null: she has not answered yet, and nobody has been asked about her"
    )
    consents: list[ConsentLens]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Consents)
