"""Lenses over signatures and receipts."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import strawberry

from bff.graphql.context import Info
from bff.graphql.lenses.common import RefusalLens
from bff.signing.receipts import Receipt
from bff.signing.store import Signed


@strawberry.type(name="SignatureNeeded", description="It must be signed before it is sent; nothing was stored.")
class SignatureNeededLens(RefusalLens):
    pass


@strawberry.type(name="SignatureBegun", description="She leaves for the app by `leaveBy`, an address of this origin.")
class SignatureBegunLens:
    id: strawberry.ID
    leave_by: str


@strawberry.type(
    name="PersonalSignature", description="Her own signature under an application; no certificate is kept."
)
class PersonalSignatureLens:
    @strawberry.field
    def algorithm(self, signed: strawberry.Parent[Signed]) -> str:
        return signed.checked.algorithm

    @strawberry.field(description="when its verifier found that it holds")
    def checked_at(self, signed: strawberry.Parent[Signed]) -> datetime:
        return signed.checked.at


@strawberry.type(name="Receipt", description="What she keeps, also offline, and anyone can check.")
class ReceiptLens:
    sealed_at: datetime
    stamped_at: datetime | None = strawberry.field(description="null: the time stamp follows")

    @strawberry.field(description="the zip, in base64")
    async def file(self, receipt: strawberry.Parent[Receipt], info: Info) -> str:
        me = await info.context.someone()
        return base64.b64encode(receipt.packed(me.key)).decode()

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Receipt)
