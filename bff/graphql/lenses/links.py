"""Linked IDs as they are shown."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

import strawberry

from bff.graphql.context import Info
from bff.graphql.lenses.common import TextLens, WardLens
from bff.identity.providers import Given
from bff.links.offers import Offer, Told

Kept = strawberry.Parent[Offer]


@strawberry.enum(name="LinkKind")
class LinkKind(enum.Enum):
    WARD = "ward"
    SUPPLY = "supply"
    NURSERY = "nursery"
    MESSAGE = "message"
    OTHER = "other"


@strawberry.type(name="LinkGift", description="One thing that an ID tells of its holder.")
class GiftLens:
    name: TextLens

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Given)


@strawberry.type(name="LinkTold", description="One thing that her ID has told; it never takes the place of the card's.")
class ToldLens:
    name: TextLens
    value: str

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Told)


@strawberry.type(name="LinkOffer", description="An ID elsewhere that she may link, and whether she has.")
class OfferLens:
    id: strawberry.ID
    name: TextLens
    gives: list[GiftLens] = strawberry.field(description="all that is read and kept of what it tells")
    told: list[ToldLens] = strawberry.field(description="empty: it is not linked, or told nothing of that")
    linked_at: datetime | None = strawberry.field(description="null: it is not linked")
    told_at: datetime | None = strawberry.field(description="null: it is not linked")

    @strawberry.field
    def kind(self, offer: Kept) -> LinkKind:
        return LinkKind(offer.how.kind)

    @strawberry.field(description="whose own ID it is; null: no ward's")
    def ward(self, offer: Kept, info: Info) -> WardLens | None:
        return info.context.house.catalogue.wards.get(offer.how.ward)  # type: ignore[return-value]

    @strawberry.field(description="where she looks after that ID herself; null: not known")
    def page(self, offer: Kept) -> str | None:
        return offer.how.page or None

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Offer)


@strawberry.type(name="Links")
class LinksLens:
    offers: list[OfferLens]
