"""A facility as everybody may see it; nothing in it is about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import msgspec

Kind = Literal["childcare", "school", "clinic", "care", "shelter", "counter", "library", "other"]
BARRIER_FREE: Final = ("wheelchair", "toilet", "lift", "nursing_room", "nappies", "braille")
DISASTERS: Final = ("flood", "landslide", "storm_surge", "earthquake", "tsunami", "fire", "inland_flood", "volcano")
LANGUAGES: Final = ("en", "zh", "ko", "vi", "ne", "tl", "es", "pt", "easy")
HOLIDAY: Final = 7
"""The bit of `days` after Monday (0) to Sunday (6)."""


class Facility(msgspec.Struct, frozen=True, omit_defaults=True):
    """`days`: bits from Monday, 0 unknown; times are HH:MM of Tokyo; ages are months, the last one included.

    `vacancies`: free places for a child of 0, 1, … 5 years; None where nothing is told of that year.
    """

    id: str
    kind: Kind
    name: str
    sort: str = ""
    kana: str = ""
    english: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    url: str = ""
    days: int = 0
    opens: str = ""
    closes: str = ""
    hours_note: str = ""
    age_from: int | None = None
    age_to: int | None = None
    capacity: int | None = None
    vacancies: tuple[int | None, ...] = ()
    services: tuple[str, ...] = ()
    disasters: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    barrier_free: tuple[str, ...] = ()
    operator: str = ""
    booking: str = ""
    note: str = ""


@dataclass(frozen=True)
class Flaw:
    """Something wrong in a row of the file, as its line is counted there. `is_bad`: the row was left out."""

    row: int
    column: str
    text: str
    is_bad: bool
