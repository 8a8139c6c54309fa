"""What time does for payments: asks the card provider and the slips' networks, reminds, ends what has run out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec
import structlog
from procrastinate import App
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.connectors.answers import Refused
from bff.connectors.local_tax.client import LocalTaxes
from bff.connectors.payeasy.client import PayEasy
from bff.connectors.slip_numbers import SlipNumbers
from bff.documents import receiving as documents
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from bff.identity.residents import Resident, resident_of
from bff.journeys.patience import GROWING
from bff.payments import hearing, paying, receipt, store, telling
from bff.payments.bill import Bill, Said, sealed
from bff.payments.card import NoAnswer
from bff.payments.issuing import SEND_REFUND
from bff.payments.paying import LOOK_UP
from bff.wiring import House

log = structlog.get_logger()
AT_ONCE: Final = 50
FIRST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(hours=6)
MOST_LOOKS: Final = 40
SOON: Final = timedelta(minutes=10)
DAILY: Final = timedelta(hours=20)
BEFORE_DUE: Final = timedelta(days=3)
EVENTS_ARE_KEPT: Final = timedelta(days=2)
"""Far beyond the minutes in which a word is taken at all."""


def register(app: App, house: House, *, queue: str, minutely: str, mornings: str) -> None:
    """The tasks of this room; `minutely` and `mornings` as cron writes them."""

    @app.task(name=LOOK_UP, queue=queue, retry=GROWING)
    async def look_up_slip(bill: str) -> None:
        await look_up(house, UUID(bill))

    @app.task(name=SEND_REFUND, queue=queue, retry=GROWING)
    async def refund_by_card(refund: str) -> None:
        await send_refund(house, UUID(refund))

    @app.task(name=hearing.KEEP_RECEIPT, queue=queue, retry=GROWING)
    async def keep_receipt(bill: str) -> None:
        await keep_receipts(house, UUID(bill))

    @app.periodic(cron=minutely)
    @app.task(name="look_at_payments", queue=queue, queueing_lock="look_at_payments")
    async def looks(timestamp: int) -> None:
        await look_round(house)

    @app.periodic(cron=mornings)
    @app.task(name="remind_of_payments", queue=queue, queueing_lock="remind_of_payments", retry=GROWING)
    async def reminders(timestamp: int) -> None:
        await come_round(house)


async def look_round(house: House) -> None:
    """Payments nobody has told of yet, and slips whose day has come."""
    card, now = house.card, house.clock()
    async with house.db.house() as conn:
        tries = await store.tries_to_look_at(conn, now, AT_ONCE) if card else []
        slips = await store.bills_to_look_at(conn, now, AT_ONCE)
    for tried, looks in tries:
        await _look(house, tried.id, looks, is_over=tried.ends_at <= now)
    for bill in slips:
        await look_up(house, bill)


async def _look(house: House, tried: UUID, looks: int, *, is_over: bool) -> None:
    """Asked without a transaction; a payment that is settled meanwhile is not settled again."""
    if house.card is None:
        return
    word, is_silent = None, False
    try:
        word = await house.card.look(tried)
    except NoAnswer:
        is_silent = True
    now = house.clock()
    async with house.db.house() as conn:
        if word is not None and word.state != "open":
            await hearing.hear(conn, word, "poll", now)
        elif is_over and not is_silent:
            await hearing.give_up(conn, tried, now)
            return
        again = now + min(FIRST * 2 ** min(looks, 10), LONGEST) if looks < MOST_LOOKS else None
        kept = await store.held_try(conn, tried)
        settled = kept is None or kept.state != "started"
        await store.change_try(conn, tried, looks=looks + 1, look_at=None if settled else again)


async def look_up(house: House, bill: UUID) -> None:
    """What a slip asks for and whether it is paid: at eLTAX, then at Pay-easy; again every day until it is settled."""
    async with house.db.house() as conn:
        found = await store.by_id(conn, bill)
        who = await resident_of(conn, found.resident, house.keys) if found and found.resident else None
    if found is None or who is None or found.state not in ("looking_up", "unknown", "due"):
        return
    said = found.opened(who.key)
    told = await (
        _asked(house, who, msgspec.convert(said.numbers, _Numbers).of())
        if said.numbers
        else _scanned(house, who, said.qr.encode())
    )
    async with house.db.house() as conn:
        kept = await store.held(conn, bill)
        if kept is not None and kept.state in ("looking_up", "unknown", "due"):
            await _take(conn, house, kept, who, said, told)


class _Numbers(msgspec.Struct):
    institution: str
    payment: str
    confirmation: str
    kind: str | None = None

    def of(self) -> SlipNumbers:
        return SlipNumbers(self.institution, self.payment, self.confirmation, self.kind)


class _Told(msgspec.Struct):
    """What both networks say of a slip; None for all: nobody issued it."""

    payee: str
    content: str
    amount_yen: int
    due_on: object
    state: str
    numbers: dict[str, str | None] | None = None


async def _asked(house: House, who: Resident, numbers: SlipNumbers) -> _Told | Why | None:
    """None: nobody answered, so nothing is known anew."""
    taxes, easy = house.street.the(LocalTaxes), house.street.the(PayEasy)
    silent: Why | None = None
    for ask, source in ((taxes.slip, taxes.manifest.id), (easy.look_up, easy.manifest.id)):
        reading = Reading(house.refresher.subjects.of(who, source), "payment", "own_wish", who.id)
        try:
            slip = await ask(reading, numbers=numbers)
        except Silent as gap:
            silent = silent or (None if gap.why is Why.NO_MATCH else gap.why)
            continue
        except Refused:
            continue
        content = getattr(slip, "content", "") or _tax(taxes, getattr(slip, "tax", ""))
        return _Told(slip.payee, content, slip.amount_yen, slip.due_on, slip.state)
    return silent if silent is not None else Why.NO_MATCH


async def _scanned(house: House, who: Resident, content: bytes) -> _Told | Why | None:
    """What is on a code is told to eLTAX alone, and so is what it means."""
    taxes = house.street.the(LocalTaxes)
    reading = Reading(house.refresher.subjects.of(who, taxes.manifest.id), "payment", "own_wish", who.id)
    try:
        found = await taxes.scanned(reading, content=content)
    except Silent as gap:
        return gap.why
    except Refused:
        return Why.NO_MATCH
    slip, numbers = found.slip, paying.in_words(found.numbers)
    return _Told(slip.payee, _tax(taxes, slip.tax), slip.amount_yen, slip.due_on, slip.state, numbers)


def _tax(taxes: LocalTaxes, code: str) -> str:
    """A tax by the name that the page of records has for it."""
    name = taxes.manifest.shown["items.tax"].codes.get(code)
    return name.ja if name else code


async def _take(
    conn: AsyncConnection, house: House, kept: Bill, who: Resident, said: Said, told: _Told | Why | None
) -> None:
    now = house.clock()
    if not isinstance(told, _Told):
        state = "unknown" if told is Why.NO_MATCH and kept.state == "looking_up" else kept.state
        again = None if state == "unknown" else now + (SOON if state == "looking_up" else DAILY)
        read = {"said": sealed(who.key, Said())} if state == "unknown" and said.numbers is None else {}
        await store.change(conn, kept.id, state=state, look_at=again, **read)
        return
    words = Said(payee=told.payee, content=told.content, numbers=said.numbers or told.numbers)
    if said.numbers is None and paying.same(await store.of_resident(conn, who.id), who, words, but=kept.id):
        await store.change(conn, kept.id, said=sealed(who.key, Said()), state="cancelled", look_at=None)
        return
    values = {"said": sealed(who.key, words), "amount_yen": told.amount_yen, "due_on": told.due_on}
    state = "expired" if told.state == "expired" else "due"
    await store.change(conn, kept.id, **values, state=state, look_at=now + DAILY if state == "due" else None)
    if told.state == "paid":
        await hearing.mark_paid(conn, kept, "slip", now)


async def come_round(house: House) -> None:
    """Each morning: what is due in three days is told of once, what has run out is ended."""
    now, today = house.clock(), house.today()
    while await _some(house, lambda conn: store.due_until(conn, today + BEFORE_DUE), "reminder", reminded_at=now):
        pass
    while await _some(house, lambda conn: store.run_out(conn, today), "expired", state="expired", look_at=None):
        pass


async def _some(
    house: House, find: Callable[[AsyncConnection], Awaitable[Sequence[Bill]]], what: str, **values: object
) -> bool:
    """A page of bills in a transaction; what was done is not found again. A bill that was paid meanwhile stays so."""
    async with house.db.house() as conn:
        page = await find(conn)
        for bill in page:
            kept = await store.held(conn, bill.id)
            if kept is not None and kept.state == "due":
                await store.change(conn, bill.id, **values)
                await telling.tell(conn, bill, what, house.clock())
    return len(page) > 0


async def send_refund(house: House, refund: UUID) -> None:
    """The same refund under the same id, however often: the provider gives it back once. Raises `NoAnswer`, and is
    tried again."""
    async with house.db.house() as conn:
        kept = await store.refund_of(conn, refund)
    if kept is None or kept.state != "agreed" or house.card is None:
        return
    state = await house.card.refund(refund=kept.id, tried=kept.try_id, amount_yen=kept.amount_yen)
    async with house.db.house() as conn:
        bill = await store.by_id(conn, kept.bill)
        if await store.settle_refund(conn, refund, state, house.clock()) and bill and state == "done":
            await telling.tell(conn, bill, "refunded", house.clock(), mark=str(refund))
            await database.defer(conn, hearing.KEEP_RECEIPT, args={"bill": str(bill.id)}, lock=f"bill:{bill.id}")


async def keep_receipts(house: House, bill: UUID) -> None:
    """Of the payment and of each part given back: among her documents, each once."""
    roots = await asyncio.to_thread(documents.roots_of, house.signing.seal_roots)
    async with house.db.house() as conn:
        found = await store.by_id(conn, bill)
        who = await resident_of(conn, found.resident, house.keys) if found and found.resident else None
        if found is None or who is None:
            return
        said, to = found.opened(who.key), who.basics.name
        made = [receipt.receipt_of(found, said, to, house.catalogue.wards[found.ward].name.ja)]
        made += [receipt.refund_of(found, one, said, to) for one in found.refunds]
        for one in made:
            if one is not None:
                await documents.keep_own(conn, who, one, house.signing.seal, roots, house.clock(), house.new_id)
