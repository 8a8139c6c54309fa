"""/staff/bookings: who comes today, checked in by the code they show; nobody's name before that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.bookings import desk, store
from bff.bookings.booking import SEALED, Booking, ForWhom, Offer, Slot, plain_code
from bff.bookings.series import TOKYO
from bff.identity.residents import resident_of
from bff.staff.looking import look
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

ARRIVE: Final = "bookings_arrive"


@dataclass(frozen=True)
class Today:
    """A time of the day with how many are booked, there, missing and waiting."""

    slot: Slot
    offer: Offer
    counts: Counter[str]
    late: tuple[Booking, ...]


@get("/bookings", act="bookings_read")
async def today(
    visit: Visiting, day: FromQuery[str] = "", code: FromQuery[str] = "", done: FromQuery[str] = ""
) -> Response[str]:
    """`code`: as a phone's camera brings it from the square; nothing is done before it is sent."""
    told = word("booking_done", done) if knows("booking_done", done) else ""
    return await _page(visit, _day(visit, day), code=plain_code(code), told=told)


@post("/bookings/arrive", act="bookings_arrive")
async def arrive(visit: Visiting, typed: Sent) -> Response[Any]:
    """Typed or scanned; the look at whose it is stands in that person's own list before the name is shown."""
    code = plain_code(typed.one("code"))
    async with visit.house.db.house() as conn:
        found = await store.by_code(conn, visit.official.ward, code)
        kept = await desk.settle(conn, found.id, visit.official.ward, "arrived", visit.now) if found else None
        if kept is not None:
            await visit.note(conn, ARRIVE, about=code)
    if kept is None:
        wrong = (Mistake("code", word("mistake", "booking_code")),)
        return await _page(visit, visit.today, code=typed.one("code")[:60], mistakes=wrong)
    return await _arrived(visit, kept)


async def _arrived(visit: Visit, booking: Booking) -> Response[str]:
    async with visit.house.db.house() as conn:
        reason = word("booking", "look")
        await look(conn, visit, booking.resident, what="booking", purpose="booking", basis="own_booking", reason=reason)
        resident = await resident_of(conn, booking.resident, visit.house.keys)
    if resident is None:
        raise NotHere
    whom = msgspec.json.decode(resident.key.open(SEALED, booking.for_whom), type=ForWhom)
    async with visit.door() as conn:
        slot = (await store.slots_of(conn, visit.official.ward, [booking.slot]))[booking.slot]
        offer = await store.offer(conn, visit.official.ward, booking.offer)
    is_other_day = slot.starts_at.astimezone(TOKYO).date() != visit.today
    values = {"whom": whom, "slot": slot, "offer": offer, "is_other_day": is_other_day}
    return visit.show("booking_arrived.html", booking=booking, was_here=booking.state == "arrived", **values)


@post("/bookings/{booking:str}/missed", act="bookings_arrive")
async def missed(visit: Visiting, booking: FromPath[str], typed: Sent) -> Response[Any]:
    id = identified(booking)
    async with visit.house.db.house() as conn:
        kept = await desk.settle(conn, id, visit.official.ward, "no_show", visit.now)
        if kept is None:
            raise NotHere
        await visit.note(conn, ARRIVE, about=f"{kept.code}（{word('booking_state', 'no_show')}）")
    return Redirect("/staff/bookings?done=missed", status_code=303)


async def _page(
    visit: Visit, day: date, *, code: str = "", told: str = "", mistakes: tuple[Mistake, ...] = ()
) -> Response[str]:
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    values = {"code": code, "told": told, "mistakes": mistakes, "wrong": wrong, "on": day}
    days = {"before": day - timedelta(days=1), "after": day + timedelta(days=1)}
    return visit.show("bookings.html", 422 if mistakes else 200, rows=await _rows(visit, day), **values, **days)


async def _rows(visit: Visit, day: date) -> list[Today]:
    begins = datetime.combine(day, datetime.min.time(), TOKYO)
    ward = visit.official.ward
    async with visit.door() as conn:
        slots = await store.slots(conn, ward, since=begins, until=begins + timedelta(days=1))
        offers = {one.id: one for one in await store.offers(conn, ward, {slot.offer for slot in slots})}
        all_of_them = await store.of_slots(conn, ward, {slot.id for slot in slots})
    rows = []
    for slot in slots:
        here = [one for one in all_of_them if one.slot == slot.id]
        late = tuple(one for one in here if one.state == "booked" and slot.starts_at < visit.now)
        rows.append(Today(slot, offers[slot.offer], Counter(one.state for one in here), late))
    return rows


def _day(visit: Visit, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return visit.today


HANDLERS = (today, arrive, missed)
