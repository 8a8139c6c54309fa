"""Everything of hers that has a day: last days of steps and objections, what is to be paid, where she is expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

import msgspec

from bff import home
from bff.applications import store as applications
from bff.applications.application import Application
from bff.bookings import store as bookings
from bff.bookings.booking import SEALED, Booking, ForWhom, Offer, Slot
from bff.bookings.house import House
from bff.bookings.series import TOKYO
from bff.cases.standing import standing_of
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.payments import store as payments
from bff.payments.bill import FEES
from bff.school import events
from bff.school.events import SchoolDay
from life_events import Catalogue, StepState, Text

MOST_SENT: Final = 50
MOST: Final = 300
"""Dates in one file; the nearest first."""
BACK: Final = timedelta(days=31)
"""What is longer past is left out."""
Kind = Literal["step", "opens", "payment", "booking", "appeal", "school"]


@dataclass(frozen=True)
class Entry:
    """One date. `key` stays the same as long as it is the same thing; `person`: the child it is about, or empty.

    `until` None: a whole day. `about`: the path of the app that has all of it. `changed_at` None: with the feed;
    `is_sure` False: a place is kept for her, and she has yet to say yes. What is cancelled is none: it leaves the file.
    """

    key: str
    kind: Kind
    day: date
    starts_at: datetime | None
    until: datetime | None
    name: Text
    place: str
    person: str
    about: str
    changed_at: datetime | None = None
    is_sure: bool = True


async def entries(house: House, me: Resident, about: str = "") -> Sequence[Entry]:
    """The whole family's, or what is about one child; from what is kept, nobody is asked."""
    today = house.today()
    async with house.db.resident(me.id) as conn:
        shown = await home.of(conn, me, house.catalogue, today=today, now=house.clock())
        bills = await payments.of_resident(conn, me.id)
        sent = await applications.page(conn, me.id, MOST_SENT, None)
        booked = [one for one in await bookings.of(conn, me.id) if one.state in ("booked", "offered")]
    found = [*_steps(shown), *_appeals(house.catalogue, sent, today)]
    for bill in bills:
        if bill.state == "due" and bill.due_on is not None:
            said = bill.opened(me.key)
            name = Text(ja=said.content, easy=said.content, en=said.content) if said.content else FEES[bill.fee]
            path = f"/payments/{bill.id}"
            found.append(Entry(f"payment-{bill.id}", "payment", bill.due_on, None, None, name, said.payee, "", path))
    for ward in sorted({one.ward for one in booked}):
        here = [one for one in booked if one.ward == ward]
        async with house.db.ward(ward) as conn:
            slots = await bookings.slots_of(conn, ward, {one.slot for one in here})
            offers = {one.id: one for one in await bookings.offers(conn, ward, {one.offer for one in here})}
        for booking in here:
            slot, offer = slots.get(booking.slot), offers.get(booking.offer)
            if slot is not None and offer is not None:
                whom = msgspec.json.decode(me.key.open(SEALED, booking.for_whom), type=ForWhom)
                found.append(_booking(booking, offer, slot, whom))
    async with house.db.house() as conn:
        found += [_school(one) for one in await events.of(conn, me.id, house.keys)]
    kept = [one for one in found if one.day >= today - BACK and about in ("", one.person)]
    return sorted(kept, key=lambda one: (one.day, one.key))[:MOST]


def _steps(shown: Home) -> Iterator[Entry]:
    """Each step once, though it may belong to two events: its last day, or the day it can first be done."""
    seen = set()
    for bundle in shown.bundles:
        for step in bundle.steps:
            person = step.subject.id if step.subject else ""
            if step.state is StepState.NOT_YET and step.opens is not None and step.id not in seen:
                seen.add(step.id)
                yield Entry(
                    f"opens-{step.id}", "opens", step.opens, None, None, step.name, "", person, f"/step/{step.id}"
                )
            if step.due is None or step.id in seen or step.state not in (StepState.DUE, StepState.OPEN):
                continue
            seen.add(step.id)
            yield Entry(f"step-{step.id}", "step", step.due, None, None, step.name, "", person, f"/step/{step.id}")


def _appeals(catalogue: Catalogue, sent: Sequence[Application], today: date) -> Iterator[Entry]:
    """Until when a decision may be contested."""
    for one in sent:
        appeal = standing_of(catalogue, one, today).appeal
        if appeal is not None:
            name = catalogue.procedures[one.procedure].name
            about, person = f"/applications/{one.id}", one.subject or ""
            yield Entry(f"appeal-{one.id}", "appeal", appeal.until, None, None, name, "", person, about)


def _school(one: SchoolDay) -> Entry:
    """With its hours when the school told both, else the whole day."""
    event, key, about = one.event, f"school-{one.notice}-{one.pupil}", f"/inbox/{one.notice}"
    hours = [datetime.combine(event.on, time.fromisoformat(each), TOKYO) for each in (event.begins, event.ends) if each]
    starts, until = hours if len(hours) == 2 else (None, None)  # noqa: PLR2004
    return Entry(key, "school", event.on, starts, until, one.title, event.place, "", about)


def _booking(one: Booking, offer: Offer, slot: Slot, whom: ForWhom) -> Entry:
    return Entry(
        f"booking-{one.id}",
        "booking",
        slot.starts_at.astimezone(TOKYO).date(),
        slot.starts_at.astimezone(UTC),
        slot.ends_at.astimezone(UTC),
        offer.title,
        offer.facility_name,
        whom.person,
        f"/bookings/{one.id}",
        one.changed_at.astimezone(UTC),
        one.state == "booked",
    )
