"""Numbers in law, each valid from a day on; windows of the year; and the days on which offices are closed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec import Struct, field

from life_events.dates import last_day, last_of_months, next_open_day, nth_of_month, weekend_or_new_year
from life_events.terms import Text
from life_events.vaccines import Vaccine

Confidence = Literal["A", "B", "C"]


class Dated(Struct, frozen=True, forbid_unknown_fields=True):
    """`value` holds from the day `start` on, until the next one begins; `confidence` None: the number's."""

    start: date = field(name="from")
    value: int
    confidence: Confidence | None = None


class Number(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`first_day`: whether the day of the event counts. `rolls`: a closed last day gives way to the next open one.

    `confidence` A: read on an official page; B: one municipality or a third party; C: to be confirmed by a person.
    """

    id: str
    law: str
    confidence: Confidence
    sources: tuple[str, ...] = ()
    first_day: Literal["counted", "next"] = "next"
    rolls: bool = False
    note: str = ""
    values: tuple[Dated, ...]

    def on(self, day: date) -> int:
        """The value valid on that day; raises LookupError before the oldest one known."""
        return self._valid(day).value

    def reckoned(self, day: date) -> int:
        """The value to count a term with: for an event of long ago, the oldest one known."""
        oldest = min(self.values, key=lambda dated: dated.start)
        return self.on(max(day, oldest.start))

    def confidence_on(self, day: date) -> Confidence:
        return self._valid(day).confidence or self.confidence

    def _valid(self, day: date) -> Dated:
        valid = [dated for dated in self.values if dated.start <= day]
        if not valid:
            raise LookupError(f"{self.id} has no number for {day}")
        return max(valid, key=lambda dated: dated.start)


class Window(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Days from `opens` to `closes`, both inclusive, on which `id` is taken in; one entry a year."""

    id: str
    opens: date
    closes: date
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class Yearly(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A window that returns each year on the same days, written MM-DD; `closes` may lie in the following year."""

    id: str
    law: str
    opens: str
    closes: str
    since: date
    confidence: Confidence
    sources: tuple[str, ...] = ()
    rolls: bool = False
    note: str = ""

    def beginning_in(self, year: int) -> tuple[date, date]:
        opens, closes = _on(year, self.opens), _on(year, self.closes)
        return opens, closes if closes >= opens else _on(year + 1, self.closes)


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of data/law."""

    numbers: tuple[Number, ...] = ()
    yearly: tuple[Yearly, ...] = ()


class Holiday(Struct, frozen=True, forbid_unknown_fields=True):
    on: date
    name: str


class Holidays(Struct, frozen=True, forbid_unknown_fields=True):
    """The file data/law/closed_days.toml."""

    law: str
    source: str
    holidays: tuple[Holiday, ...]


class Opening(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Days on which a ward office opens beyond the usual: the nth Saturday or Sunday of a month, and single days.

    Such a day is good for a visit; a last day still gives way as the law says (地方自治法4条の2).
    """

    saturdays: tuple[int, ...] = ()
    sundays: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    note: Text | None = None
    sources: tuple[str, ...] = ()

    def opens_on(self, day: date) -> bool:
        nth = {5: self.saturdays, 6: self.sundays}.get(day.weekday(), ())
        return day in self.days or nth_of_month(day) in nth


class Disaster(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A disaster that opens the procedures of the disaster bundle in `wards` (codes), as long as it is not `over`.

    `rescue_act`: 災害救助法 applies; `rebuilding_act`: 被災者生活再建支援法 applies. `closes`: by the terms of
    rules/disaster.py, when the authority has set another last day than the usual.
    """

    id: str
    name: Text
    on: date
    wards: tuple[str, ...]
    rescue_act: bool
    rebuilding_act: bool
    closes: Mapping[str, date] = field(default_factory=dict)
    over: date | None = None


class Law(Struct, frozen=True):
    """Asked by rules for last days. A holiday beyond the table is not rolled over: the day told is never too late."""

    numbers: Mapping[str, Number]
    holidays: frozenset[date]
    yearlies: Mapping[str, Yearly] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    opening: Opening = Opening()
    disasters: tuple[Disaster, ...] = ()
    vaccines: tuple[Vaccine, ...] = ()
    own_yearlies: frozenset[str] = frozenset()
    openings: Mapping[str, Opening] = field(default_factory=dict)
    windows_elsewhere: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        numbers: Iterable[Number],
        holidays: Iterable[date],
        yearlies: Iterable[Yearly] = (),
        disasters: Iterable[Disaster] = (),
        vaccines: Iterable[Vaccine] = (),
        openings: Mapping[str, Opening] | None = None,
    ) -> "Law":
        return cls(
            {number.id: number for number in numbers},
            frozenset(holidays),
            {yearly.id: yearly for yearly in yearlies},
            disasters=tuple(disasters),
            vaccines=tuple(vaccines),
            openings=openings or {},
        )

    def in_ward(
        self,
        own: Mapping[str, tuple[Dated, ...]],
        windows: tuple[Window, ...],
        opening: Opening,
        yearly: tuple[Yearly, ...] = (),
    ) -> "Law":
        """The law as one ward applies it: its own numbers and days stand before the common ones."""
        numbers = {
            id: msgspec.structs.replace(number, values=own[id]) if id in own else number
            for id, number in self.numbers.items()
        }
        return msgspec.structs.replace(
            self,
            numbers=numbers,
            yearlies={**self.yearlies, **{one.id: one for one in yearly}},
            windows=windows,
            opening=opening,
            own_yearlies=frozenset(one.id for one in yearly),
        )

    def closed(self, day: date) -> bool:
        return weekend_or_new_year(day) or day in self.holidays

    def opens_office(self, day: date) -> bool:
        """Whether the ward office takes a visit on that day."""
        return self.opening.opens_on(day) or not self.closed(day)

    def opens_office_of(self, ward: str | None, day: date) -> bool:
        """The same of another ward; of a place that is not one of the 23 (None) only the usual days are known."""
        return self.openings.get(ward or "", Opening()).opens_on(day) or not self.closed(day)

    def number(self, id: str, on: date) -> int:
        """A plain number valid on the day `on`: yen, years of age, months, as its entry says."""
        return self.numbers[id].reckoned(on)

    def days(self, id: str, on: date) -> timedelta:
        """A plain number of days valid on the day `on`."""
        return timedelta(days=self.numbers[id].reckoned(on))

    def in_force(self, id: str, on: date) -> bool:
        """Whether there was such a number at all on the day `on`."""
        return any(dated.start <= on for dated in self.numbers[id].values)

    def last_day(self, id: str, event: date) -> date:
        """The last day of the term `id` that an event on that day sets going."""
        number = self.numbers[id]
        end = last_day(event, number.reckoned(event), first_day_counted=number.first_day == "counted")
        return next_open_day(end, self.closed) if number.rolls else end

    def last_day_of_months(self, id: str, event: date) -> date:
        """As `last_day`, for a term counted in months (民法143条)."""
        number = self.numbers[id]
        first = event if number.first_day == "counted" else event + timedelta(days=1)
        end = last_of_months(first, number.reckoned(event))
        return next_open_day(end, self.closed) if number.rolls else end

    def yearly(self, id: str, today: date) -> tuple[date, date]:
        """The window under way on that day, else the next one: first and last day."""
        spec = self.yearlies[id]
        for year in (today.year - 1, today.year, today.year + 1):
            opens, closes = spec.beginning_in(year)
            closes = next_open_day(closes, self.closed) if spec.rolls else closes
            if closes >= today and opens >= spec.since:
                return opens, closes
        return spec.beginning_in(spec.since.year + 1)

    def window(self, id: str, today: date) -> Window | None:
        """The ward's own window under way on that day, else its next one; None: the ward has published none."""
        return _coming(self.windows, id, today)

    def window_of(self, ward: str | None, id: str, today: date) -> Window | None:
        """The same of another ward; none of a place that is not one of the 23 (None)."""
        return _coming(self.windows_elsewhere.get(ward or "", ()), id, today)

    def days_of_ward(self, id: str, today: date) -> tuple[date, date] | None:
        """First and last day that this ward itself has set, for once or for every year; None: none is known."""
        own = self.window(id, today)
        if own is not None:
            return own.opens, own.closes
        return self.yearly(id, today) if id in self.own_yearlies else None

    def vaccine(self, id: str) -> Vaccine:
        return next(one for one in self.vaccines if one.id == id)

    def declared(self, today: date) -> list[Disaster]:
        """The disasters that open procedures somewhere on that day, the newest first."""
        current = [one for one in self.disasters if one.on <= today and (one.over is None or today <= one.over)]
        return sorted(current, key=lambda one: one.on, reverse=True)


def _coming(windows: Iterable[Window], id: str, today: date) -> Window | None:
    coming = [window for window in windows if window.id == id and window.closes >= today]
    return min(coming, key=lambda window: window.closes, default=None)


def _on(year: int, month_day: str) -> date:
    month, _, day = month_day.partition("-")
    return date(year, int(month), int(day))
