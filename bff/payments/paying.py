"""What a resident does: begin a payment by card, add a slip by its numbers, put it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.connectors.local_tax.client import LARGEST_CODE
from bff.connectors.slip_numbers import SlipNumbers
from bff.db import Database
from bff.errors import FieldRefused, FieldsRefused, NotFound, StepClosed
from bff.identity.residents import Resident
from bff.payments import store
from bff.payments.bill import Bill, Said, Try, sealed
from bff.payments.card import CardGate
from bff.texts import say
from life_events import contains_individual_number

LIVES: Final = timedelta(minutes=30)
FIRST_LOOK: Final = timedelta(minutes=1)
MOST_SLIPS: Final = 50
LOOK_UP: Final = "look_up_slip"


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def card(self) -> CardGate | None: ...
    def today(self) -> date: ...


async def begin(house: House, me: Resident, bill: UUID) -> str:
    """The address of the card provider's page. Raises a `Refusal`; nobody is asked outside.

    One payment at a time: two open tabs cannot lead to two pages.
    """
    card, now = house.card, house.clock()
    async with house.db.house() as conn:
        found = await store.held(conn, bill)
        if found is None or found.resident != me.id:
            raise NotFound(say("not_found"))
        if found.source != "ward" or not found.is_open(house.today()) or found.amount_yen is None:
            raise StepClosed(say("payment_closed"))
        if card is None:
            raise StepClosed(say("payment_no_card"))
        under_way = next((one for one in found.tries if one.state == "started" and one.ends_at > now), None)
        tried = under_way or Try(house.new_id(), found.id, found.amount_yen, "started", now, now + LIVES, None, None)
        if under_way is None:
            await _keep(conn, found, tried)
    return card.leads_to(tried, found.number)


async def _keep(conn: AsyncConnection, bill: Bill, tried: Try) -> None:
    await store.start(
        conn,
        id=tried.id,
        bill=bill.id,
        resident=bill.resident,
        ward=bill.ward,
        amount_yen=tried.amount_yen,
        started_at=tried.started_at,
        ends_at=tried.ends_at,
        look_at=tried.started_at + FIRST_LOOK,
    )


async def add_slip(house: House, me: Resident, id: UUID, numbers: SlipNumbers) -> Bill:
    """A slip that came on paper; the same `id` again is answered as the first time. What it asks for is looked up
    by a job, at eLTAX and then at Pay-easy. Raises a `Refusal`."""
    return await _add(house, me, id, Said(numbers=in_words(numbers)))


async def scan_slip(house: House, me: Resident, id: UUID, content: str) -> Bill:
    """A slip by the content of its eL-QR, which is the platform's to read; else as `add_slip`."""
    if not content.strip() or len(content.encode()) > LARGEST_CODE or contains_individual_number(content):
        fault = FieldRefused("content", "wrong_pattern", say("payment_code"))
        raise FieldsRefused(say("payment_code"), (fault,))
    return await _add(house, me, id, Said(qr=content))


async def _add(house: House, me: Resident, id: UUID, told: Said) -> Bill:
    """One that she has already, asked for by the ward or added before, is that one."""
    if me.ward is None:
        raise StepClosed(say("no_ward"))
    now = house.clock()
    async with house.db.house() as conn:
        await conn.execute(text("SELECT pg_advisory_xact_lock(hashtext(:who))"), {"who": f"slips:{me.id}"})
        known = await store.of_resident(conn, me.id)
        before = next((one for one in known if one.id == id), None) or same(known, me, told)
        if before is not None:
            return before
        if sum(one.source == "slip" for one in known) >= MOST_SLIPS:
            raise StepClosed(say("payment_too_many"))
        fresh = await store.keep(
            conn,
            id=id,
            resident=me.id,
            ward=me.ward,
            source="slip",
            number=await store.next_number(conn, "SL", me.ward, now),
            fee="slip",
            said=sealed(me.key, told),
            state="looking_up",
            made_at=now,
            issued_by_name="",
        )
        if not fresh:
            raise NotFound(say("not_found"))
        await database.defer(conn, LOOK_UP, args={"bill": str(id)}, lock=f"bill:{id}")
        kept = await store.one_of(conn, me.id, id)
    if kept is None:
        raise NotFound(say("not_found"))
    return kept


def same(known: Sequence[Bill], me: Resident, told: Said, but: UUID | None = None) -> Bill | None:
    """The one of hers that is of the same slip; what she put away or the ward took back is none."""
    for one in known:
        if one.state == "cancelled" or one.id == but:
            continue
        said = one.opened(me.key)
        if (told.numbers and said.numbers == told.numbers) or (told.qr and said.qr == told.qr):
            return one
    return None


async def forget_slip(house: House, me: Resident, bill: UUID) -> Bill:
    """She puts away a slip that she added; what a ward issued stays. Raises a `Refusal`."""
    async with house.db.house() as conn:
        found = await store.held(conn, bill)
        if found is None or found.resident != me.id:
            raise NotFound(say("not_found"))
        if found.source != "slip":
            raise StepClosed(say("payment_closed"))
        if found.state != "paid":
            await store.change(conn, bill, state="cancelled", look_at=None)
        else:
            return found
        kept = await store.by_id(conn, bill)
    if kept is None:
        raise NotFound(say("not_found"))
    return kept


def in_words(numbers: SlipNumbers) -> dict[str, str | None]:
    """Under the names that are kept, which are not those printed on a slip."""
    return {name: getattr(numbers, name) for name in ("institution", "payment", "confirmation", "kind")}


def numbers_of(institution: str, payment: str, confirmation: str, kind: str | None) -> SlipNumbers:
    """As typed, with hyphens and blanks or without. Raises `FieldsRefused`."""
    typed = {"institution": institution, "payment": payment, "confirmation": confirmation, "kind": kind or ""}
    bare = {name: value.strip().replace("-", "").replace(" ", "") for name, value in typed.items()}
    terms = {"institution": "収納機関番号", "payment": "納付番号", "confirmation": "確認番号", "kind": "納付区分"}
    told = {terms[name]: value for name, value in bare.items() if value or name != "kind"}
    try:
        return msgspec.convert(told, SlipNumbers)
    except msgspec.ValidationError as wrong:
        named = next((name for name, term in terms.items() if f"$.{term}" in str(wrong)), "institution")
        fault = FieldRefused(named, "wrong_pattern", say("payment_numbers"))
        raise FieldsRefused(say("payment_numbers"), (fault,)) from wrong
