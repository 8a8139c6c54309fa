"""Lenses over the forms of the study."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from bff.graphql.context import Context, Info
from bff.graphql.lenses.common import TextLens
from bff.identity.assurance import has_card, is_for_card_alone
from life_events import Field, FieldKind, Form, Prefill, papers_to_photograph, schema_of

strawberry.enum(FieldKind, name="FieldKind")


@strawberry.enum(
    name="Signature", description="Whether an electronic signature is wanted: always, as the ward decides."
)
class SignatureName(enum.Enum):
    REQUIRED = "required"
    WARD = "ward"
    NONE = "none"


@strawberry.enum(
    name="SigningWay",
    description="Signed here: not at all, if she likes (or as the ward says later), before it is sent;"
    " NOWHERE: it would have to be, and cannot be here, so it is not sent from here either.",
)
class SigningWayName(enum.Enum):
    NONE = "none"
    OFFERED = "offered"
    NEEDED = "needed"
    NOWHERE = "nowhere"


@strawberry.type(name="Choice")
class ChoiceLens:
    value: str
    label: TextLens


@strawberry.type(name="ShowIf", description="The field is shown only while the other holds the value.")
class ShowIfLens:
    field: strawberry.ID
    equals: JSON


@strawberry.type(name="Refuse", description="An answer that ends the form here, and the way that is open instead.")
class RefuseLens:
    equals: JSON
    code: str
    message: TextLens


@strawberry.type(name="Prefill")
class PrefillLens:
    value: JSON
    source: strawberry.ID

    @strawberry.field(description="null: told by herself without a time")
    def as_of(self, prefill: strawberry.Parent[Prefill], info: Info) -> datetime | None:
        return prefill.at or info.context.home.told_at(prefill.source)

    @strawberry.field(description="the procedure in whose form she wrote it before; null: a source told it")
    def written_for(self, prefill: strawberry.Parent[Prefill], info: Info) -> TextLens | None:
        found = info.context.house.catalogue.procedures.get(prefill.procedure or "")
        return found.name if found else None  # type: ignore[return-value]


@strawberry.type(name="Need", description="How surely it must be known who she is (DS-511; 1 to 3).")
class NeedLens:
    identity: int
    authentication: int
    minutes: int | None = strawberry.field(description="how old the proof may be; null: as old as the session")
    is_met: bool = strawberry.field(description="by this session, now")
    card_only: bool = strawberry.field(description="a passkey would not be enough")


def need_of(context: Context, procedure: str) -> NeedLens:
    """What sending it needs, and whether the session that asks reaches it."""
    visitor, now = context.found, context.house.clock()
    need = context.need_to_submit(procedure, visitor.resident.ward if visitor else None)
    return NeedLens(
        identity=need.identity,
        authentication=need.authentication,
        minutes=need.minutes,
        is_met=visitor is not None and need.is_met(visitor.assurance, now),
        card_only=visitor is None or is_for_card_alone(need, visitor.assurance),
    )


def need_of_all(context: Context, procedures: Sequence[str]) -> NeedLens:
    """Of several sent at once: the surest of their needs, which meets them all."""
    each = [need_of(context, procedure) for procedure in procedures]
    return NeedLens(
        identity=max(one.identity for one in each),
        authentication=max(one.authentication for one in each),
        minutes=min((one.minutes for one in each if one.minutes is not None), default=None),
        is_met=all(one.is_met for one in each),
        card_only=any(one.card_only for one in each if not one.is_met),
    )


def _is_masked(field: Field, info: Info) -> bool:
    return field.prefill is not None and info.context.is_masked(field.prefill.path)


@strawberry.type(name="Field")
class FieldLens:
    id: strawberry.ID
    label: TextLens
    help: TextLens | None
    kind: FieldKind
    required: bool
    max_length: int | None
    pattern: str | None
    min_date: date | None
    max_date: date | None
    choices: list[ChoiceLens]
    show_if: ShowIfLens | None = strawberry.field(description="null: always shown")
    refuse: RefuseLens | None = strawberry.field(description="null: every answer may be sent")
    term: strawberry.ID | None = strawberry.field(
        description="the name under which it is entered once for every form; null: belongs to this form alone"
    )

    @strawberry.field(description="null: nothing is known, she is asked; or it is masked")
    def prefill(self, field: strawberry.Parent[Field], info: Info) -> PrefillLens | None:
        return None if _is_masked(field, info) else field.prefill  # type: ignore[return-value]

    @strawberry.field(description="a value is known, and shown when she has proved once more who she is")
    def masked(self, field: strawberry.Parent[Field], info: Info) -> bool:
        return _is_masked(field, info)


@strawberry.type(name="Section")
class SectionLens:
    id: strawberry.ID
    title: TextLens
    fields: list[FieldLens]


@strawberry.type(name="Paper", description="May go along as a photograph, which the ward may find enough or not.")
class PaperLens:
    id: strawberry.ID
    name: TextLens
    needed: TextLens | None = strawberry.field(description="when it is wanted; null: always")
    omitted: TextLens | None = strawberry.field(description="when it falls away; null: never")


@strawberry.type(name="Form")
class FormLens:
    procedure: strawberry.ID
    version: str
    subject: strawberry.ID | None
    title: TextLens
    intro: TextLens
    submit_to: TextLens
    sections: list[SectionLens]
    held_back: list[strawberry.ID] = strawberry.field(
        description="sources that know what stands in fields of this form, and that she does not let fill it in"
    )

    @strawberry.field(description="of the law or the ward")
    def signature(self, form: strawberry.Parent[Form], info: Info) -> SignatureName:
        return SignatureName(info.context.house.catalogue.procedures[form.procedure].signature)

    @strawberry.field(description="what sending it needs of her session; it is asked for when she sends")
    def needs(self, form: strawberry.Parent[Form], info: Info) -> NeedLens:
        return need_of(info.context, form.procedure)

    @strawberry.field(description="whether it is signed in this window")
    def signing(self, form: strawberry.Parent[Form], info: Info) -> SigningWayName:
        house, visitor = info.context.house, info.context.found
        wanted = house.catalogue.procedures[form.procedure].signature
        return SigningWayName(house.signing.way(wanted, has_card=visitor is not None and has_card(visitor.assurance)))

    @strawberry.field(description="what she may photograph and send with it")
    def papers(self, form: strawberry.Parent[Form], info: Info) -> list[PaperLens]:
        visitor, catalogue = info.context.found, info.context.house.catalogue
        ward = visitor.resident.ward if visitor else None
        return list(papers_to_photograph(catalogue, ward, form.procedure))  # type: ignore[arg-type]

    @strawberry.field(description="JSON Schema 2020-12 of what may be sent; the house judges by the same one")
    def schema(self, form: strawberry.Parent[Form]) -> JSON:
        return schema_of(form)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Form)
