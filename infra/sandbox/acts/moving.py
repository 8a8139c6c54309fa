"""はこぶね引越センター, a made-up moving company: three slots a day, one lorry each, quotes that hold for a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from infra.sandbox.acts.desk import Asked, Desk, Kept, No, Order, Takes, Tells, Told
from infra.sandbox.acts.knowing import persona
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock

PARTS: Final = {"AM": ("morning", 38_000), "PM": ("afternoon", 34_000), "F": ("free", 30_000)}
TIMES: Final = {"single": 1.0, "couple": 1.4, "family": 2.0}
NO_LIFT_YEN: Final = 9_000
BUSY_MONTHS: Final = (3, 4)
HOLDS: Final = timedelta(days=7)
SHORTEST: Final = timedelta(days=2)
FEES: Final[Mapping[int, int]] = {2: 20, 1: 30, 0: 50}
"""Percent by days before the move, as 標準引越運送約款 is remembered (confidence C)."""
SERVED: Final = ("11", "12", "13", "14")


class When(Asked, frozen=True, kw_only=True):
    from_city: str
    to_city: str
    first: date
    last: date


class Home(Order, frozen=True, kw_only=True):
    slot: str
    from_address: str
    to_address: str
    size: Literal["single", "couple", "family"]
    lift: bool


class Book(Order, frozen=True, kw_only=True):
    quote: str


@dataclass
class Movers:
    people: People
    clock: Clock

    def desk(self, pace: float) -> Desk:
        desk = Desk("H", self.clock, pace, {}, revoke=self._revoke)
        desk.takes = {
            "/quotes": Takes(Home, lambda home: self._quote(home, desk), ("offered",)),
            "/bookings": Takes(Book, lambda book: self._book(book, desk), ("booked",)),
        }
        desk.tells = {"/slots": Tells(When, lambda when: self._slots(when, desk))}
        return desk

    def _slots(self, when: When, desk: Desk) -> object:
        if not when.from_city.startswith(SERVED) or not when.to_city.startswith(SERVED):
            raise No("outside_area")
        first = max(when.first, self.clock.today() + SHORTEST)
        days = [first + timedelta(days=number) for number in range(min(14, (when.last - first).days + 1))]
        slots = [self._slot(f"M-{day:%Y%m%d}-{part}") for day in days for part in PARTS]
        return {"slots": [slot for slot in slots if slot["id"] not in _taken(desk)]}

    def _slot(self, id: str) -> Told:
        """Raises `No`."""
        try:
            _, on, name = id.split("-")
            day = date.fromisoformat(f"{on[:4]}-{on[4:6]}-{on[6:]}")
            part, yen = PARTS[name]
        except (ValueError, KeyError) as unknown:
            raise No("unknown_slot") from unknown
        if day < self.clock.today() + SHORTEST:
            raise No("unknown_slot")
        return {"id": id, "on": day, "part": part, "from_yen": yen * (2 if day.month in BUSY_MONTHS else 1)}

    def _quote(self, home: Home, desk: Desk) -> Told:
        persona(self.people, self.clock, home)
        slot = self._slot(home.slot)
        if home.slot in _taken(desk):
            raise No("slot_taken")
        yen = int(slot["from_yen"] * TIMES[home.size]) + (0 if home.lift else NO_LIFT_YEN)
        until = min(self.clock.today() + HOLDS, slot["on"])
        return {"slot": home.slot, "on": slot["on"], "part": slot["part"], "yen": yen, "valid_until": until}

    def _book(self, book: Book, desk: Desk) -> Told:
        persona(self.people, self.clock, book)
        quotes = {one.number: one for one in desk.standing("/quotes") if one.order.subject.id == book.subject.id}
        quote = quotes.get(book.quote)
        if quote is None:
            raise No("unknown_quote")
        if quote.told["valid_until"] < self.clock.today():
            raise No("quote_expired")
        if quote.told["slot"] in _taken(desk):
            raise No("slot_taken")
        kept = {name: quote.told[name] for name in ("slot", "on", "part", "yen")}
        return {"quote": quote.number, "cancel_fee_yen": None, **kept}

    def _revoke(self, kept: Kept) -> Told:
        days = (kept.told["on"] - self.clock.today()).days
        if days < 0:
            raise No("too_late_to_cancel")
        return {"cancel_fee_yen": kept.told["yen"] * FEES.get(days, 0) // 100}


def moving_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    desk = Movers(people, clock).desk(pace)
    return {("COM", "moving", "bookings"): desk.service("moving_company", "100005")}


def _taken(desk: Desk) -> set[str]:
    return {one.told["slot"] for one in desk.standing("/bookings")}
