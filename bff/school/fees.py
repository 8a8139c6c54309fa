"""A fee of a notice becomes a bill of the guardian who takes it: one bill a pupil, whichever home pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import Denied
from bff.identity.residents import Resident
from bff.payments import store as bills
from bff.payments import telling
from bff.payments.bill import Said, sealed
from bff.school.house import House
from bff.school.notice import SchoolNotice
from bff.school.words import say
from notifications.jobs import day_in_japan

MAY_STILL_BE_PAID: Final = timedelta(days=10)


def bill_of(notice: UUID, pupil: UUID) -> UUID:
    return uuid5(NAMESPACE_URL, f"school-fee:{notice}:{pupil}")


async def take(
    conn: AsyncConnection, house: House, me: Resident, told: SchoolNotice, pupil: UUID, said: Mapping[str, str]
) -> None:
    """House door, in the transaction of her answer. Raises `Denied`: the other home has it in hand."""
    if told.asks is None or told.asks.amount_yen is None or said.get("pay") != "here":
        return
    id, now = bill_of(told.id, pupil), house.clock()
    last = day_in_japan(told.asks.until)
    fresh = await bills.keep(
        conn,
        id=id,
        resident=me.id,
        ward=told.ward,
        source="ward",
        number=await bills.next_number(conn, "BL", told.ward, now),
        fee="school",
        said=sealed(me.key, Said(payee=told.school, content=told.title.ja)),
        amount_yen=told.asks.amount_yen,
        due_on=last,
        expires_on=last + MAY_STILL_BE_PAID,
        state="due",
        made_at=now,
        issued_by_name=told.by_name,
    )
    kept = await bills.by_id(conn, id)
    if kept is None or kept.resident != me.id:
        raise Denied(say("fee_taken"))
    if fresh:
        await telling.tell(conn, kept, "issued", now)
