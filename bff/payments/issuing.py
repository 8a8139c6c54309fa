"""What a ward's officials do: ask for a fee, take it back, give back a part of what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.applications import store as applications
from bff.connectors.slip_numbers import SlipNumbers
from bff.identity.keys import KeyRing
from bff.identity.residents import resident_of
from bff.payments import store, telling
from bff.payments.bill import Bill, Said, Try, sealed
from bff.payments.paying import in_words

SEND_REFUND: Final = "send_refund"


class NotIssued(Exception):
    """`code`: unknown_receipt."""


class NotRefunded(Exception):
    """`code`: nothing_left, too_much."""


@dataclass(frozen=True)
class Fee:
    """`receipt`: of the application it is for; `numbers` and `qr`: of the slip that the ward made, when it made one."""

    id: UUID
    ward: str
    ward_name: str
    receipt: str
    fee: str
    amount_yen: int
    due_on: date
    expires_on: date
    numbers: SlipNumbers | None
    qr: str
    by_name: str


async def issue(conn: AsyncConnection, keys: KeyRing, fee: Fee, now: datetime) -> Bill:
    """House door; the resident is told. The same id again makes no second one. Raises `NotIssued`."""
    sent = await applications.by_receipt(conn, fee.receipt)
    whose = await resident_of(conn, sent.resident, keys) if sent and sent.ward == fee.ward else None
    if sent is None or whose is None:
        raise NotIssued("unknown_receipt")
    numbers = in_words(fee.numbers) if fee.numbers else None
    fresh = await store.keep(
        conn,
        id=fee.id,
        resident=whose.id,
        ward=fee.ward,
        source="ward",
        number=await store.next_number(conn, "BL", fee.ward, now),
        fee=fee.fee,
        said=sealed(whose.key, Said(payee=fee.ward_name, numbers=numbers, qr=fee.qr)),
        amount_yen=fee.amount_yen,
        due_on=fee.due_on,
        expires_on=fee.expires_on,
        state="due",
        application=sent.id,
        made_at=now,
        issued_by_name=fee.by_name,
    )
    kept = await store.by_id(conn, fee.id)
    if kept is None or kept.ward != fee.ward:
        raise NotIssued("unknown_receipt")
    if fresh:
        await telling.tell(conn, kept, "issued", now)
    return kept


async def cancel(conn: AsyncConnection, ward: str, bill: UUID, now: datetime) -> bool:
    """House door. A payment under way is told of as late when it comes. False: it is not open."""
    found = await store.held(conn, bill)
    if found is None or found.ward != ward or found.state != "due":
        return False
    await store.change(conn, bill, state="cancelled", look_at=None)
    await telling.tell(conn, found, "cancelled", now)
    return True


def refundable(bill: Bill, tried: UUID, amount_yen: int) -> Try:
    """The payment a part of which may be given back. Raises `NotRefunded`."""
    found = next((one for one in bill.tries if one.id == tried), None)
    if found is None or bill.left_of(found) <= 0:
        raise NotRefunded("nothing_left")
    if not 0 < amount_yen <= bill.left_of(found):
        raise NotRefunded("too_much")
    return found


async def refund(
    conn: AsyncConnection,
    *,
    id: UUID,
    ward: str,
    bill: UUID,
    tried: UUID,
    amount_yen: int,
    reason: str,
    asked_by: str,
    agreed_by: str,
    now: datetime,
) -> None:
    """House door, after the second person's yes: kept, and sent by a job. Raises `NotRefunded`: meanwhile less is
    left."""
    found = await store.held(conn, bill)
    if found is None or found.ward != ward:
        raise NotRefunded("nothing_left")
    refundable(found, tried, amount_yen)
    values = {"id": id, "bill": bill, "try": tried, "resident": found.resident, "ward": ward}
    said = {"amount_yen": amount_yen, "reason": reason, "asked_by_name": asked_by, "agreed_by_name": agreed_by}
    await store.keep_refund(conn, **values, **said, at=now)
    await database.defer(conn, SEND_REFUND, args={"refund": str(id)}, lock=f"bill:{bill}")
