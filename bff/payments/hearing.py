"""What the card provider says becomes what a bill is: once, whoever brings the word first, and however often."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.payments import store, telling
from bff.payments.bill import CURRENCY, Bill, HeardBy, Try, TryState
from bff.payments.card import Word

log = structlog.get_logger()
KEEP_RECEIPT: Final = "keep_receipt"
HAS_MONEY: Final[frozenset[TryState]] = frozenset({"paid", "late", "double"})


class Heard(StrEnum):
    """How a word was taken; but for UNKNOWN and OTHER_AMOUNT it needs no answer but thanks."""

    NEWS = "news"
    NO_NEWS = "no_news"
    UNKNOWN = "unknown"
    OTHER_AMOUNT = "other_amount"


async def hear(conn: AsyncConnection, word: Word, by: HeardBy, now: datetime) -> Heard:
    """House door. A payment that came in stays so, whatever is said later; money is never counted twice.

    Another amount or currency than was asked for moves nothing: it is written down for the operator.
    """
    tried = await store.held_try(conn, word.payment)
    bill = await store.by_id(conn, tried.bill) if tried else None
    if tried is None or bill is None:
        return Heard.UNKNOWN
    if (word.amount, word.currency) != (tried.amount_yen, CURRENCY):
        log.error("a payment of another amount was told of", payment=str(tried.id), by=by)
        return Heard.OTHER_AMOUNT
    if word.state == "open" or tried.state in HAS_MONEY:
        return Heard.NO_NEWS
    if word.state == "paid":
        await _paid(conn, bill, tried, word, by, now)
        return Heard.NEWS
    if tried.state != "started":
        return Heard.NO_NEWS
    await _settle(conn, tried, word.state, word.reference, by, now)
    return Heard.NEWS


async def give_up(conn: AsyncConnection, tried: UUID, now: datetime) -> None:
    """House door: its time is over and the provider has no money for it."""
    kept = await store.held_try(conn, tried)
    if kept is not None and kept.state == "started":
        await store.change_try(conn, tried, state="expired", settled_at=now, look_at=None)


async def _paid(conn: AsyncConnection, bill: Bill, tried: Try, word: Word, by: HeardBy, now: datetime) -> None:
    if bill.state == "due":
        await _settle(conn, tried, "paid", word.reference, by, now)
        await mark_paid(conn, bill, "card", now)
        return
    state: TryState = "double" if bill.state == "paid" else "late"
    await _settle(conn, tried, state, word.reference, by, now)
    await telling.tell(conn, bill, state, now, mark=str(tried.id))


async def mark_paid(conn: AsyncConnection, bill: Bill, by: str, now: datetime) -> None:
    """House door; the bill is held."""
    receipt = await store.next_number(conn, "RC", bill.ward, now)
    await store.change(conn, bill.id, state="paid", paid_at=now, paid_by=by, receipt_number=receipt, look_at=None)
    await database.defer(conn, KEEP_RECEIPT, args={"bill": str(bill.id)}, lock=f"bill:{bill.id}")
    await telling.tell(conn, bill, "paid", now, receipt=receipt)


async def _settle(
    conn: AsyncConnection, tried: Try, state: TryState, reference: str, by: HeardBy, now: datetime
) -> None:
    values = {"state": state, "reference": reference, "settled_at": now, "heard_by": by, "look_at": None}
    await store.change_try(conn, tried.id, **values)
