"""Bills as they are shown to whose they are."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry

from bff.graphql.lenses.common import TextLens, WardLens
from bff.handover.square import Square
from bff.payments.bill import FEES, Bill, Refund, Said, Try
from life_events import Text
from life_events.catalogue import Ward


@strawberry.enum
class BillState(enum.Enum):
    LOOKING_UP = "looking_up"
    UNKNOWN = "unknown"
    DUE = "due"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@strawberry.enum
class PaymentTryState(enum.Enum):
    STARTED = "started"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    LATE = "late"
    DOUBLE = "double"


@strawberry.enum
class RefundState(enum.Enum):
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Shown:
    """A bill with its words opened. `square`: of its eL-QR; `by_card`: whether it may be paid so today."""

    bill: Bill
    said: Said
    ward: Ward | None
    by_card: bool
    square: Square | None


One = strawberry.Parent[Shown]


@strawberry.type(name="SlipNumbers", description="the four numbers of a slip (eL番号), as printed")
class SlipNumbersLens:
    institution: str
    payment: str
    confirmation: str
    kind: str | None = strawberry.field(description="null: this payee has none")


@strawberry.type(name="SlipSquare", description="the eL-QR of the slip, to be drawn without a network")
class SlipSquareLens:
    path: str
    side: int

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Square)


@strawberry.type(name="PaymentTry", description="one way to the card provider and back")
class PaymentTryLens:
    amount_yen: int
    started_at: datetime
    ends_at: datetime
    settled_at: datetime | None = strawberry.field(description="null: not known yet")

    @strawberry.field(description="late and double: the money came and is to be given back")
    def state(self, tried: strawberry.Parent[Try]) -> PaymentTryState:
        return PaymentTryState(tried.state)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Try)


@strawberry.type(name="PaymentRefund", description="money given back by two officials")
class PaymentRefundLens:
    amount_yen: int
    at: datetime
    done_at: datetime | None = strawberry.field(description="null: not heard of by the provider yet")

    @strawberry.field
    def state(self, refund: strawberry.Parent[Refund]) -> RefundState:
        return RefundState(refund.state)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Refund)


@strawberry.type(name="Bill", description="A fee or a slip. No card data is here or anywhere in the house.")
class BillLens:
    by_card: bool = strawberry.field(description="whether it may be paid by card now")

    @strawberry.field
    def id(self, one: One) -> strawberry.ID:
        return strawberry.ID(str(one.bill.id))

    @strawberry.field
    def number(self, one: One) -> str:
        return one.bill.number

    @strawberry.field
    def fee(self, one: One) -> TextLens:
        found: Text = FEES[one.bill.fee]
        return found  # type: ignore[return-value]

    @strawberry.field(description="a slip she added by its numbers; else the ward asked for it")
    def is_slip(self, one: One) -> bool:
        return one.bill.source == "slip"

    @strawberry.field(description="null: not known yet")
    def payee(self, one: One) -> str | None:
        return one.said.payee or None

    @strawberry.field(description="what the slip says it is for; null: it says nothing")
    def content(self, one: One) -> str | None:
        return one.said.content or None

    @strawberry.field(description="of whose office she asks; null: no ward of the 23")
    def ward(self, one: One) -> WardLens | None:
        return one.ward  # type: ignore[return-value]

    @strawberry.field(description="null: not known yet")
    def amount_yen(self, one: One) -> int | None:
        return one.bill.amount_yen

    @strawberry.field(description="null: no day is named")
    def due_on(self, one: One) -> date | None:
        return one.bill.due_on

    @strawberry.field(description="the last day it can be paid; null: no day is named")
    def expires_on(self, one: One) -> date | None:
        return one.bill.expires_on

    @strawberry.field
    def state(self, one: One) -> BillState:
        return BillState(one.bill.state)

    @strawberry.field(description="the application it is for; null: none")
    def application(self, one: One) -> strawberry.ID | None:
        return strawberry.ID(str(one.bill.application)) if one.bill.application else None

    @strawberry.field
    def made_at(self, one: One) -> datetime:
        return one.bill.made_at

    @strawberry.field(description="null: not paid")
    def paid_at(self, one: One) -> datetime | None:
        return one.bill.paid_at

    @strawberry.field(description="card or slip; null: not paid")
    def paid_by(self, one: One) -> str | None:
        return one.bill.paid_by

    @strawberry.field(description="null: not paid")
    def receipt_number(self, one: One) -> str | None:
        return one.bill.receipt_number

    @strawberry.field(description="null: it has none, or its code was scanned and nobody has said yet what it is")
    def numbers(self, one: One) -> SlipNumbersLens | None:
        told = one.said.numbers
        if told is None:
            return None
        return SlipNumbersLens(
            institution=told["institution"] or "",
            payment=told["payment"] or "",
            confirmation=told["confirmation"] or "",
            kind=told.get("kind"),
        )

    @strawberry.field(description="null: the ward gave none")
    def square(self, one: One) -> SlipSquareLens | None:
        return one.square  # type: ignore[return-value]

    @strawberry.field
    def tries(self, one: One) -> list[PaymentTryLens]:
        return list(one.bill.tries)  # type: ignore[arg-type]

    @strawberry.field
    def refunds(self, one: One) -> list[PaymentRefundLens]:
        return list(one.bill.refunds)  # type: ignore[arg-type]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Shown)


@strawberry.type(name="CardPage", description="Where the card provider takes the card; good for half an hour.")
class CardPageLens:
    url: str
