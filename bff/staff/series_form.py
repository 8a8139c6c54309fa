"""The forms of an offer and of a series of times: what an official typed, read and judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from bff.bookings.series import MOST, TOKYO, Series
from bff.facilities import cells
from bff.facilities.cells import Unreadable
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.words import knows, word
from life_events import Text, contains_individual_number

T = TypeVar("T")
LONGEST: Final = 80
LONGEST_SERIES: Final = timedelta(days=186)
_NOTHING: Final = time(0)


@dataclass(frozen=True)
class Offered:
    kind: str
    facility: str
    title: Text
    about: str
    phone: str
    elsewhere: str
    procedures: tuple[str, ...]
    cancel_hours: int
    confirm_hours: int


def offered(typed: Typed, facilities: set[str], procedures: set[str]) -> tuple[Offered | None, tuple[Mistake, ...]]:
    """`facilities`: ids that the ward has published; `procedures`: of the catalogue."""
    found: list[Mistake] = []
    title = {one: " ".join(typed.one(f"title_{one}").split()) for one in ("ja", "easy", "en")}
    for language, text in title.items():
        if not text or len(text) > LONGEST or contains_individual_number(text):
            found.append(Mistake(f"title_{language}", word("mistake", "offer_title", limit=LONGEST)))
    for name, table in (("booking_kind", "booking_kind"), ("booking_about", "booking_about")):
        if not knows(table, typed.one(name)):
            found.append(Mistake(name, word("mistake", "choose")))
    if typed.one("facility") not in facilities:
        found.append(Mistake("facility", word("mistake", "choose")))
    told = tuple(one for one in typed.every("procedures") if one)
    if set(told) - procedures:
        found.append(Mistake("procedures", word("mistake", "choose")))
    read = _Reader(typed, found)
    phone, elsewhere = read.cell("phone", cells.phone, ""), read.cell("elsewhere", cells.address_of_page, "")
    cancel, confirm = read.count("cancel_hours", 0, 336), read.count("confirm_hours", 1, 168)
    if found:
        return None, tuple(found)
    kind, about = typed.one("booking_kind"), typed.one("booking_about")
    return Offered(kind, typed.one("facility"), Text(**title), about, phone, elsewhere, told, cancel, confirm), ()


def series(typed: Typed, today: date) -> tuple[Series | None, tuple[Mistake, ...]]:
    found: list[Mistake] = []
    read = _Reader(typed, found)
    first, last = read.day("first"), read.day("last")
    opens, closes = read.hour("opens"), read.hour("closes")
    pause, resume = read.hour("pause", is_needed=False), read.hour("resume", is_needed=False)
    weekdays = frozenset(int(one) for one in typed.every("weekdays") if one in "0123456")
    minutes, capacity = read.count("minutes", 5, 480), read.count("capacity", 1, 500)
    if not weekdays:
        found.append(Mistake("weekdays", word("mistake", "weekdays")))
    if not found and not (today <= first <= last <= first + LONGEST_SERIES):
        found.append(Mistake("last", word("mistake", "series_days")))
    if not found and (opens >= closes or (pause == _NOTHING) != (resume == _NOTHING) or pause > resume):
        found.append(Mistake("closes", word("mistake", "series_hours")))
    if found:
        return None, tuple(found)
    gap: dict[str, Any] = {"pause": pause, "resume": resume} if resume != _NOTHING else {}
    made = Series(first, last, weekdays, opens, closes, minutes, capacity, **gap)
    count = sum(1 for _ in made.times())
    if not 0 < count <= MOST:
        return None, (Mistake("last", word("mistake", "series_count", count=count, most=MOST)),)
    return made, ()


@dataclass(frozen=True)
class Hours:
    """Of a day in Tokyo, from `since` until `until`: what is called off."""

    day_begins: datetime
    since: datetime
    until: datetime

    def __str__(self) -> str:
        whole = self.until - self.since == timedelta(days=1)
        return f"{self.since:%Y-%m-%d}" if whole else f"{self.since:%Y-%m-%d %H:%M}から{self.until:%H:%M}まで"


def closed_hours(typed: Typed) -> tuple[Hours | None, tuple[Mistake, ...]]:
    """The whole day where no hour is said."""
    found: list[Mistake] = []
    read = _Reader(typed, found)
    on = read.day("day")
    since, until = (read.hour(name, is_needed=False) for name in ("closed_from", "closed_until"))
    if not found and _NOTHING != until <= since:
        found.append(Mistake("closed_until", word("mistake", "closed_until_after")))
    if found:
        return None, tuple(found)
    begins = datetime.combine(on, _NOTHING, TOKYO)
    ends = datetime.combine(on, until, TOKYO) if until != _NOTHING else begins + timedelta(days=1)
    return Hours(begins, datetime.combine(on, since, TOKYO), ends), ()


@dataclass
class _Reader:
    typed: Typed
    found: list[Mistake]

    def cell(self, name: str, how: Callable[[str], T], nothing: T) -> T:
        try:
            return how(self.typed.one(name))
        except (Unreadable, ValueError):
            self.found.append(Mistake(name, word("mistake", name)))
            return nothing

    def count(self, name: str, least: int, most: int) -> int:
        text = cells.narrow(self.typed.one(name))
        if not text.isdigit() or not least <= int(text) <= most:
            self.found.append(Mistake(name, word("mistake", "between", least=least, most=most)))
            return least
        return int(text)

    def day(self, name: str) -> date:
        return self.cell(name, lambda text: date.fromisoformat(cells.narrow(text)), date.min)

    def hour(self, name: str, *, is_needed: bool = True) -> time:
        def read(text: str) -> time:
            told = cells.hour(text)
            return time.fromisoformat(told) if told or is_needed else _NOTHING

        return self.cell(name, read, _NOTHING)
