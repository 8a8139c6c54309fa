"""よやくクリニック, a made-up booking service of two clinics a ward: half hours, one person each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from infra.sandbox.acts.desk import Asked, Desk, Kept, No, Order, Takes, Tells, Told
from infra.sandbox.people import same
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock
from infra.sandbox.ward import WARDS

HOURS: Final = ("0930", "1000", "1400", "1430")
CLINICS: Final = {"1": "小児科", "2": "みんなのクリニック"}
OFFERED: Final = {
    "vaccination": {"bcg", "dpt5", "hepb", "mr1", "mr2", "pcv", "rota1", "varicella", "je1", "influenza"},
    "check": {"check_1_month", "check_6_months", "check_9_months", "specific_check", "elderly_check"},
}
BABIES_ONLY: Final = {"bcg", "hepb", "rota1", "check_1_month", "check_6_months", "check_9_months"}
YEAR: Final = timedelta(days=365)
CLOSED: Final = (2, 6)
BRING: Final = {"vaccination": ["母子健康手帳", "予診票"], "check": ["受診票"]}


class When(Asked, frozen=True, kw_only=True):
    what: Literal["vaccination", "check"]
    item: str
    ward: str
    first: date
    last: date


class Book(Order, frozen=True, kw_only=True):
    slot: str
    what: Literal["vaccination", "check"]
    item: str
    person: str
    born: date


@dataclass
class Clinics:
    clock: Clock

    def desk(self, pace: float) -> Desk:
        desk = Desk("K", self.clock, pace, {}, revoke=self._revoke)
        desk.takes = {"/bookings": Takes(Book, lambda book: self._book(book, desk), ("booked",))}
        desk.tells = {"/slots": Tells(When, lambda when: self._slots(when, desk))}
        return desk

    def _slots(self, when: When, desk: Desk) -> object:
        if when.item not in OFFERED[when.what] or when.ward not in WARDS:
            raise No("not_offered")
        first = max(when.first, self.clock.today() + timedelta(days=1))
        days = [first + timedelta(days=number) for number in range(min(14, (when.last - first).days + 1))]
        ids = [f"K-{when.ward}-{day:%Y%m%d}-{hour}-{one}" for day in days for hour in HOURS for one in CLINICS]
        taken = {one.told["slot"] for one in desk.standing("/bookings")}
        slots = [self._slot(id) for id in ids if id not in taken]
        return {"slots": [slot for slot in slots if slot is not None]}

    def _slot(self, id: str) -> Told | None:
        """None when the clinics are closed on that day, or there is no such time."""
        try:
            _, ward, on, hour, clinic = id.split("-")
            day = date.fromisoformat(f"{on[:4]}-{on[4:6]}-{on[6:]}")
            name = f"{WARDS[ward]}{CLINICS[clinic]}"
        except (ValueError, KeyError):
            return None
        if hour not in HOURS or day.weekday() in CLOSED or day <= self.clock.today():
            return None
        begins = f"{hour[:2]}:{hour[2:]}"
        return {"id": id, "clinic": name, "address": f"東京都{WARDS[ward]}1-{clinic}", "on": day, "begins": begins}

    def _book(self, book: Book, desk: Desk) -> Told:
        slot = self._slot(book.slot)
        if slot is None:
            raise No("unknown_slot")
        if book.item not in OFFERED[book.what]:
            raise No("not_offered")
        if book.born > slot["on"] or (book.item in BABIES_ONLY and slot["on"] - book.born > YEAR):
            raise No("age_not_right")
        standing = list(desk.standing("/bookings"))
        if any(one.told["slot"] == book.slot for one in standing):
            raise No("slot_taken")
        whom = (same(book.person), book.item)
        if any((same(one.told["person"]), one.told["item"]) == whom for one in standing if _own(one, book)):
            raise No("already_booked")
        told = {name: slot[name] for name in ("clinic", "address", "on", "begins")}
        asked = {"what": book.what, "item": book.item, "person": book.person, "bring": BRING[book.what]}
        return {"slot": book.slot, **told, **asked}

    def _revoke(self, kept: Kept) -> Told:
        if kept.told["on"] <= self.clock.today():
            raise No("too_late_to_cancel")
        return {}


def clinic_services(clock: Clock, pace: float) -> dict[Key, Service]:
    desk = Clinics(clock).desk(pace)
    return {("COM", "clinics", "bookings"): desk.service("clinic_booking", "100007")}


def _own(kept: Kept, book: Book) -> bool:
    return kept.order.subject.id == book.subject.id
