"""What an official types at the desk about somebody without a card, read and judged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bff.accounts.desk import Checked
from bff.identity.basics import Basics
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.words import knows, word
from life_events import contains_individual_number

LONGEST, LONGEST_CASE = 300, 100
_BORN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Wanted:
    """`number`: of an earlier registration, '' for somebody new, whose `basics` are then told."""

    id: UUID
    number: str
    basics: Basics
    checked: Checked


def wanted(typed: Typed) -> tuple[Wanted | None, tuple[Mistake, ...]]:
    """None with every mistake there is, each at its field."""
    number = typed.one("number").strip().upper()
    asked = ("case_number",) if number else ("person_name", "born", "address", "case_number")
    values = {name: typed.one(name).strip() for name in ("person_name", "born", "address", "case_number")}
    found = [Mistake(name, text) for name in asked if (text := _mistake(name, values[name]))]
    if not knows("desk_checked", typed.one("checked")):
        found.append(Mistake("checked", word("desk_mistake", "checked")))
    try:
        id = UUID(typed.one("key"))
    except ValueError:
        found.append(Mistake("", word("desk_mistake", "key")))
    if found:
        return None, tuple(found)
    born = values["born"]
    whole = len(born) == len("1950-04-01")
    basics = Basics(
        name=values["person_name"],
        address=values["address"],
        birth_date=date.fromisoformat(born) if whole else None,
        birth_told="" if whole else born,
    )
    return Wanted(id, number, basics, Checked(typed.one("checked"), values["case_number"])), ()


def _mistake(name: str, value: str) -> str:
    if not value:
        return word("desk_mistake", f"{name}_empty")
    if len(value) > (LONGEST_CASE if name == "case_number" else LONGEST) or _has_controls(value):
        return word("desk_mistake", "long")
    if contains_individual_number(value):
        return word("desk_mistake", "number")
    if name == "born" and not _is_born(value):
        return word("desk_mistake", "born")
    return ""


def _has_controls(value: str) -> bool:
    """Not `isprintable`: the characters of a register (外字 in a private area, a wide space) are all let through."""
    return any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in value)


def _is_born(value: str) -> bool:
    """A whole date, or a year or a month of one where the papers tell no more."""
    if not _BORN.fullmatch(value):
        return False
    parts = [int(part) for part in value.split("-")] + [1, 1]
    try:
        date(*parts[:3])
    except ValueError:
        return False
    return True
