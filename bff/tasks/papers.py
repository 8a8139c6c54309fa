"""The papers others are asked to write: `papers.toml`, and whether what they wrote fits."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from bff.errors import FieldRefused, FieldsRefused
from bff.tasks.words import say
from life_events import Text, contains_individual_number, echo

Kind = Literal["text", "phone", "date", "time", "number", "office_number", "choice", "agreement"]
AGREED: Final = "true"
MOST_STRANGERS: Final = 5
YEARS: Final = range(1950, 2101)
_SHAPES: Final[Mapping[str, str]] = {
    "phone": r"[0-9+\- ()]{9,20}",
    "time": r"([01][0-9]|2[0-3]):[0-5][0-9]",
    "office_number": r"[0-9]{10}",
    "agreement": AGREED,
}


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: str
    label: Text


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`longest`: in letters. `least`, `most`: of a number, both inclusive."""

    id: str
    kind: Kind
    longest: int
    label: Text
    required: bool = True
    least: int = 0
    most: int = 999
    choices: tuple[Choice, ...] = ()


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`kind`: whose hand it is. `longest_days`: how far ahead its last day may be."""

    kind: str
    longest_days: int
    title: Text
    intro: Text
    fields: tuple[Field, ...]


@cache
def papers() -> Mapping[str, Paper]:
    told = tomllib.loads(Path(__file__).with_name("papers.toml").read_text("utf-8"))
    return msgspec.convert(told, dict[str, Paper])


def checked(paper: Paper, answers: object) -> Mapping[str, str]:
    """What was written, trimmed, empty entries left out; raises `FieldsRefused`, and nothing is kept then."""
    given = answers if isinstance(answers, Mapping) else {}
    known = {one.id for one in paper.fields}
    faults = {one.id: fault for one in paper.fields if (fault := _fault(one, given.get(one.id))) is not None}
    faults |= dict.fromkeys([echo(str(key)) for key in given if key not in known][:MOST_STRANGERS], "unknown_field")
    if faults:
        wrong = tuple(FieldRefused(id, fault, say(f"fault_{fault}")) for id, fault in faults.items())
        raise FieldsRefused(say("check_entries"), wrong)
    values = {one.id: _plain(one, str(given.get(one.id) or "")) for one in paper.fields}
    return {id: value for id, value in values.items() if value}


def shown(paper: Paper, written: Mapping[str, str]) -> Sequence[tuple[Text, Text]]:
    """Each entry under its label; a choice by its label, an agreement as a yes."""
    return [(one.label, _shown(one, written[one.id])) for one in paper.fields if one.id in written]


def _shown(field: Field, value: str) -> Text:
    if field.kind == "agreement":
        return say("agreed")
    return next((one.label for one in field.choices if one.value == value), Text(ja=value, easy=value, en=value))


def _fault(field: Field, value: object) -> str | None:
    """The code of what is wrong with it; None: it fits."""
    if value is None or value == "":
        return "required" if field.required else None
    if not isinstance(value, str):
        return "not_fit"
    typed = _plain(field, value)
    if not typed:
        return "required" if field.required else None
    if len(value) > 4 * field.longest or len(typed) > field.longest:
        return "too_long"
    if contains_individual_number(value):
        return "individual_number"
    return None if _fits(field, typed) else _CODES.get(field.kind, "not_fit")


_CODES: Final = {"date": "not_a_date", "number": "not_a_number", "phone": "not_a_phone", "agreement": "required"}


def _fits(field: Field, typed: str) -> bool:
    if field.kind == "choice":
        return any(one.value == typed for one in field.choices)
    if field.kind == "date":
        return _is_day(typed)
    if field.kind == "number":
        return re.fullmatch(r"[0-9]{1,4}", typed) is not None and field.least <= int(typed) <= field.most
    return re.fullmatch(_SHAPES.get(field.kind, r"[^\x00-\x1f\x7f]+"), typed) is not None


def _is_day(typed: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", typed) is not None and date.fromisoformat(typed).year in YEARS
    except ValueError:
        return False


def _plain(field: Field, value: str) -> str:
    """Without blanks around; digits may be typed wide, as office keyboards do."""
    wide = field.kind in ("phone", "date", "time", "number", "office_number")
    return (unicodedata.normalize("NFKC", value) if wide else value).strip()
