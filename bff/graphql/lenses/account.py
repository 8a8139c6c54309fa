"""Lenses over her account."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

import strawberry

from bff.accounts.account import Account, Told
from bff.graphql.context import Info
from bff.graphql.lenses.common import WardLens


@strawberry.enum(name="KnownBy")
class KnownByName(enum.Enum):
    CARD = "card"
    DESK = "desk"


@strawberry.enum(name="BasicItem")
class ItemName(enum.Enum):
    NAME = "name"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"


@strawberry.type(name="BasicTold", description="one of the four basic items, as the card or the ward's desk told it")
class ToldLens:
    value: str = strawberry.field(description="empty: never told, or declined; gender is a code (1 male, 2 female)")
    at: datetime | None
    before: str | None = strawberry.field(description="what it was until the last change; null: no change to read")

    @strawberry.field
    def item(self, told: strawberry.Parent[Told]) -> ItemName:
        return ItemName(told.item)


@strawberry.type(name="Account")
class AccountLens:
    made_at: datetime
    told: list[ToldLens]
    changed_at: datetime | None = strawberry.field(description="null: nothing changed that she has not read")
    called_off_at: datetime | None = strawberry.field(description="her wish to be erased was called off by a login")
    merged_at: datetime | None

    @strawberry.field
    def known_by(self, account: strawberry.Parent[Account]) -> KnownByName:
        return KnownByName(account.known_by)

    @strawberry.field
    def ward(self, account: strawberry.Parent[Account], info: Info) -> WardLens | None:
        return info.context.house.catalogue.wards.get(account.ward or "")  # type: ignore[return-value]

    @strawberry.field(description="the ward she says she is going to move to; proved by nothing, and opens nothing")
    def moving_to(self, account: strawberry.Parent[Account], info: Info) -> WardLens | None:
        return info.context.house.catalogue.wards.get(account.moving_to or "")  # type: ignore[return-value]

    @strawberry.field(description="days between her wish to be erased and its being done")
    def grace_days(self, info: Info) -> int:
        return info.context.house.account_rules.grace.days

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Account)


@strawberry.type(name="AccountErasing", description="she is out of it on every device, and nothing is pushed any more")
class AccountErasingLens:
    at: datetime


@strawberry.type(name="MergeBegun", description="she now logs in to the other account in this browser")
class MergeBegunLens:
    token: str
    until: datetime


@strawberry.type(name="MergeSide")
class MergeSideLens:
    name: str
    known_by: KnownByName
    made_at: datetime
    applications: int


@strawberry.type(name="MergeOffer", description="what will be: which stays, and which becomes part of it")
class MergeOfferLens:
    stays: MergeSideLens
    goes: MergeSideLens
