"""What she has to pay: listed, begun by card, slips added and put away."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from bff.errors import NotFound
from bff.graphql.context import Info
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, SignInNeededLens, StepClosedLens
from bff.graphql.lenses.payments import BillLens, CardPageLens, Shown
from bff.graphql.refusals import told
from bff.handover.square import Square, TooLong, square
from bff.identity.residents import Resident
from bff.payments import paying, store
from bff.payments.bill import Bill
from bff.texts import say
from bff.wiring import House

Me = strawberry.Parent[Resident]
CardPageResult = Annotated[
    CardPageLens | StepClosedLens | NotFoundLens | SignInNeededLens, strawberry.union("CardPageResult")
]
AddSlipResult = Annotated[
    BillLens | FieldsRefusedLens | StepClosedLens | NotFoundLens | SignInNeededLens, strawberry.union("AddSlipResult")
]
ForgetSlipResult = Annotated[
    BillLens | StepClosedLens | NotFoundLens | SignInNeededLens, strawberry.union("ForgetSlipResult")
]


@strawberry.input
class SlipInput:
    """As printed; `id` is made on the device, the same again adds no second one."""

    id: strawberry.ID
    institution: str
    payment: str
    confirmation: str
    kind: str | None = None


@strawberry.input
class ScanInput:
    """`content`: what is on the eL-QR, as it is; `id` is made on the device."""

    id: strawberry.ID
    content: str


@strawberry.type
class PaymentViewer:
    @strawberry.field(description="fees and slips, the newest first; those she put away are not among them")
    async def payments(self, me: Me, info: Info) -> list[BillLens]:
        house = info.context.house
        async with house.db.resident(me.id) as conn:
            found = await store.of_resident(conn, me.id)
        kept = [one for one in found if one.source == "ward" or one.state != "cancelled"]
        return [_shown(house, me, one) for one in kept]  # type: ignore[misc]


@strawberry.type
class PaymentMutation:
    @strawberry.mutation(description="the card provider's page for this bill; nobody is asked, nothing is paid yet")
    @told
    async def pay_by_card(self, info: Info, bill: strawberry.ID) -> CardPageResult:
        me = await info.context.someone()
        return CardPageLens(url=await paying.begin(info.context.house, me, _id(bill)))

    @strawberry.mutation(description="a slip by its numbers; what it asks for is looked up beside")
    @told
    async def add_slip(self, info: Info, input: SlipInput) -> AddSlipResult:
        me, house = await info.context.someone(), info.context.house
        numbers = paying.numbers_of(input.institution, input.payment, input.confirmation, input.kind)
        bill = await paying.add_slip(house, me, _id(input.id), numbers)
        return _shown(house, me, bill)  # type: ignore[return-value]

    @strawberry.mutation(description="a slip by its eL-QR, looked up beside; one she has already is that one")
    @told
    async def scan_slip(self, info: Info, input: ScanInput) -> AddSlipResult:
        me, house = await info.context.someone(), info.context.house
        bill = await paying.scan_slip(house, me, _id(input.id), input.content)
        return _shown(house, me, bill)  # type: ignore[return-value]

    @strawberry.mutation(description="puts away a slip she added")
    @told
    async def forget_slip(self, info: Info, bill: strawberry.ID) -> ForgetSlipResult:
        me, house = await info.context.someone(), info.context.house
        return _shown(house, me, await paying.forget_slip(house, me, _id(bill)))  # type: ignore[return-value]


def _shown(house: House, me: Resident, bill: Bill) -> Shown:
    said = bill.opened(me.key)
    by_card = house.card is not None and bill.source == "ward" and bill.is_open(house.today())
    square = _square(said.qr) if bill.source == "ward" else None
    return Shown(bill, said, house.catalogue.wards.get(bill.ward), by_card, square)


def _square(content: str) -> Square | None:
    try:
        return square(content) if content else None
    except TooLong:
        return None


def _id(said: str) -> UUID:
    """Raises `NotFound`: what is no id is nobody's."""
    try:
        return UUID(said)
    except ValueError as error:
        raise NotFound(say("not_found")) from error
