"""Whom a notice is for. The same question is answered here for one contact and in audience_sql for a whole ward.

Ages are full years or months counted on the birthday itself, as people count. (年齢計算ニ関スル法律 reaches an age at
the end of the day before; for an audience the day of the birthday decides.) Who was born on a day that a month does
not have, reaches the age on the first day of the next month: 29 February on 1 March (民法143条2項).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from notifications.texts import text_of
from notifications.words import Language, Text


class Unit(StrEnum):
    YEARS = "years"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Full years (or months), both ends included. ValueError when empty or negative."""

    least: int
    most: int
    unit: Unit = Unit.YEARS

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most <= (130 if self.unit is Unit.YEARS else 130 * 12):
            raise ValueError("an age range needs 0 <= least <= most")

    def holds(self, birth: date, today: date) -> bool:
        months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
        return birth <= today and self.least <= (months // 12 if self.unit is Unit.YEARS else months) <= self.most

    def births(self, today: date) -> tuple[date, date]:
        """The birthdays that fall into the range today: after the first, up to and with the second."""
        step = 12 if self.unit is Unit.YEARS else 1
        return _last_birth(today, (self.most + 1) * step), _last_birth(today, self.least * step)


def _last_birth(today: date, months: int) -> date:
    """The latest birthday of someone who is at least so many full months old today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the address book. `ward` is None: lives outside of the 23 wards, no audience holds her. `schools`: of
    her ward, to which a child of hers goes."""

    resident: UUID
    ward: str | None
    language: Language
    children_births: frozenset[date]
    schools: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Audience:
    """No languages: all of them. `child_age`: has at least one child of that age; None: does not matter. `school`: has
    a child there; None: does not matter."""

    ward: str
    languages: frozenset[Language] = frozenset()
    child_age: AgeRange | None = None
    school: str | None = None

    def includes(self, contact: Contact, today: date) -> bool:
        if contact.ward != self.ward:
            return False
        if self.languages and contact.language not in self.languages:
            return False
        if self.school is not None and self.school not in contact.schools:
            return False
        age = self.child_age
        return age is None or any(age.holds(birth, today) for birth in contact.children_births)

    def to_json(self) -> dict[str, object]:
        return {
            "ward": self.ward,
            "languages": sorted(self.languages),
            "child_age": None if self.child_age is None else msgspec.to_builtins(self.child_age),
            "school": self.school,
        }

    @classmethod
    def from_json(cls, told: object) -> Audience:
        """msgspec.ValidationError when it is not one."""
        return msgspec.convert(told, cls)


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people, told only from `floor` on, so that no one can be singled out. `exact` None: fewer."""

    exact: int | None
    floor: int

    @classmethod
    def of(cls, count: int, floor: int = 5) -> Headcount:
        return cls(count if count >= floor else None, floor)

    @property
    def text(self) -> Text:
        if self.exact is None:
            return text_of("headcount", "under", count=self.floor)
        return text_of("headcount", "exact", count=self.exact)
