"""The made-up people, read from data/people.toml, and how an owner of records recognises one of them."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

PEOPLE_FILE = Path(__file__).parent / "data" / "people.toml"
Act = Literal["signs_in", "pin_locked", "certificate_expired", "declines"]


class Persona(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A resident. The six parts hold the answers of their owners as they go out, with dates still relative.

    A part that is None means that its owner does not know this person.
    """

    label: str
    about: str
    name: str = ""
    address: str = ""
    gender: str = ""
    born: object = None
    act: Act = "signs_in"
    ward: str | None = None
    registry: dict[str, object] | None = None
    childcare: dict[str, object] | None = None
    care: dict[str, object] | None = None
    national: dict[str, object] | None = None
    school: dict[str, object] | None = None
    electricity: dict[str, object] | None = None


class Official(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody of a ward office; `ward` is the 6-digit code, roles are those of the staff realm, `school` as the
    ward's service of schools calls it."""

    label: str
    name: str
    ward: str
    department: str
    roles: list[Literal["editor", "approver", "case_worker", "school", "auditor", "administrator", "operator"]]
    school: str | None = None


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    residents: dict[str, Persona]
    staff: dict[str, Official]


@dataclass(frozen=True)
class Items:
    """The items a caller sends to say whom it means, as `subject` of every query."""

    name: str
    birth_date: date | None
    address: str


def load_people(path: Path = PEOPLE_FILE) -> People:
    """Raises msgspec.ValidationError when the file does not have the shape above."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), People)


def find(people: People, items: Items, today: date, *, by_birth_date: bool = True) -> Persona | None:
    """The one resident whose name, address and (unless told not to) birth date are these, or None."""
    for persona in people.residents.values():
        if not persona.name or same(persona.name) != same(items.name) or same(persona.address) != same(items.address):
            continue
        if not by_birth_date or (
            items.birth_date is not None and resolve(persona.born, today) == items.birth_date.isoformat()
        ):
            return persona
    return None


def same(text: str) -> str:
    """Folds what offices write differently: width, spaces, letter case, kinds of hyphen."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"[‐‑‒–—―−-]", "-", folded)


def resolve(value: object, today: date) -> object:
    """Turns the relative dates of the file into ISO text, everywhere inside `value`.

    {days=n}: n days from today; {moment=n}: ten past nine in the morning of that day; {month_of=n}: the month that
    day lies in; {age, month, day}: the birth date of somebody of that age today; {grade, month, day}: the birth date
    that puts a child into that school year (学校教育法17条: years run from 2 April to 1 April); {years_end=n}: 31 March
    ending the n-th fiscal year from now; {nothing=true}: null, which TOML lacks.
    """
    match value:
        case {"nothing": True}:
            return None
        case {"moment": int(days)}:
            return f"{(today + timedelta(days=days)).isoformat()}T09:10:00+09:00"
        case Mapping():
            return _date_of(value, today) or {key: resolve(item, today) for key, item in value.items()}
        case list():
            return [resolve(item, today) for item in value]
        case _:
            return value


def _date_of(value: Mapping[str, object], today: date) -> str | None:
    """ISO text when the table is one of the relative dates, else None."""
    match value:
        case {"days": int(days)}:
            return (today + timedelta(days=days)).isoformat()
        case {"month_of": int(days)}:
            return (today + timedelta(days=days)).isoformat()[:7]
        case {"age": int(age), "month": int(month), "day": int(day)}:
            had_birthday = (today.month, today.day) >= (month, day)
            return date(today.year - age - (not had_birthday), month, day).isoformat()
        case {"grade": int(grade), "month": int(month), "day": int(day)}:
            late = (month, day) >= (4, 2)
            return date(_fiscal_year(today) - 6 - grade + (not late), month, day).isoformat()
        case {"years_end": int(years)}:
            return date(_fiscal_year(today) + 1 + years, 3, 31).isoformat()
        case _:
            return None


def _fiscal_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1
