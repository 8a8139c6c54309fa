"""Numbers in law, each valid from a day on, and the days on which offices are closed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct, field

from life_events.dates import last_day, next_open_day, weekend_or_new_year


class Dated(Struct, frozen=True, forbid_unknown_fields=True):
    """`value` holds from the day `start` on, until the next one begins."""

    start: date = field(name="from")
    value: int


class Number(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`first_day`: whether the day of the event counts. `rolls`: a closed last day gives way to the next open one.

    `confidence` A: read on an official page; B: one municipality or a third party; C: to be confirmed by a person.
    """

    id: str
    law: str
    confidence: Literal["A", "B", "C"]
    sources: tuple[str, ...] = ()
    first_day: Literal["counted", "next"] = "next"
    rolls: bool = False
    note: str = ""
    values: tuple[Dated, ...]

    def on(self, day: date) -> int:
        valid = [dated for dated in self.values if dated.start <= day]
        if not valid:
            raise LookupError(f"{self.id} has no number for {day}")
        return max(valid, key=lambda dated: dated.start).value


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of data/law."""

    numbers: tuple[Number, ...]


class Holiday(Struct, frozen=True, forbid_unknown_fields=True):
    on: date
    name: str


class Holidays(Struct, frozen=True, forbid_unknown_fields=True):
    """The file data/law/closed_days.toml."""

    law: str
    source: str
    holidays: tuple[Holiday, ...]


class Law(Struct, frozen=True):
    """Asked by rules for last days. A holiday beyond the table is not rolled over: the day told is never too late."""

    numbers: Mapping[str, Number]
    holidays: frozenset[date]

    @classmethod
    def of(cls, numbers: Iterable[Number], holidays: Iterable[date]) -> "Law":
        return cls({number.id: number for number in numbers}, frozenset(holidays))

    def closed(self, day: date) -> bool:
        return weekend_or_new_year(day) or day in self.holidays

    def days(self, id: str, on: date) -> timedelta:
        """A plain number of days valid on the day `on`."""
        return timedelta(days=self.numbers[id].on(on))

    def last_day(self, id: str, event: date) -> date:
        """The last day of the term `id` that an event on that day sets going."""
        number = self.numbers[id]
        end = last_day(event, number.on(event), first_day_counted=number.first_day == "counted")
        return next_open_day(end, self.closed) if number.rolls else end
