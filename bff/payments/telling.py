"""Notices about money: no amount and no payee in them, since a phone shows them to whoever holds it."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.payments.bill import Bill
from bff.texts import handed_over, say
from life_events import day
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice


async def tell(
    conn: AsyncConnection, bill: Bill, what: str, now: datetime, *, mark: str = "", receipt: str = ""
) -> None:
    """House door. `what`: issued, reminder, paid, late, double, expired, cancelled, refunded; the same `mark` of the
    same is told once. Nobody is told of an account that is gone."""
    if bill.resident is None:
        return
    due = day(bill.due_on) if bill.due_on else "—"
    notice = Notice(
        id=uuid5(NAMESPACE_URL, f"bill:{bill.id}:{what}:{mark}"),
        ward=bill.ward,
        kind=Kind.ACTION if what in ("issued", "reminder") else Kind.STATUS,
        sender=handed_over(say("payment_sender")),
        title=handed_over(say(f"payment_{what}_title")),
        body=handed_over(say(f"payment_{what}_body", number=bill.number, due=due, receipt=receipt)),
        sent_at=now,
        act_by=bill.due_on if what in ("issued", "reminder") else None,
        about=f"/payments/{bill.id}",
    )
    await tell_one(conn, database.defer, bill.resident, notice)
