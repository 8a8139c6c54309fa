from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from notifications.audience.ages import AgeRange
from notifications.audience.contact import Contact
from notifications.audience.rules import (
    DEEPEST,
    EVERYONE,
    MOST_PARTS,
    All,
    ChildAge,
    Marked,
    Rule,
    Speaks,
)
from notifications.audience.rules import Any as AnyOf
from notifications.words import Language


@dataclass(frozen=True, slots=True)
class Audience:
    """Those of the people of `ward` (six-digit code) whom the rule holds. ValueError when the rule is deeper or larger
    than anybody could read."""

    ward: str
    rule: Rule = EVERYONE

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{6}", self.ward) is None:
            raise ValueError("a ward is six digits")
        if self.rule.depth > DEEPEST or self.rule.size > MOST_PARTS:
            raise ValueError("an audience that nobody can read")

    def includes(self, contact: Contact, today: date) -> bool:
        return contact.ward == self.ward and self.rule.holds(contact, today)

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = msgspec.to_builtins(self)
        return told

    @classmethod
    def from_json(cls, told: object) -> Audience:
        """msgspec.ValidationError when it is not one. What was kept before there were rules is read too."""
        if isinstance(told, dict) and "rule" not in told:
            return _from_before(msgspec.convert(told, _Before))
        if _is_too_deep(told):
            raise msgspec.ValidationError("an audience that nobody can read")
        return msgspec.convert(told, cls)


@dataclass(frozen=True)
class _Before:
    """How audiences were kept until migration 0036."""

    ward: str
    languages: frozenset[Language] = frozenset()
    child_age: AgeRange | None = None
    school: str | None = None


def _from_before(told: _Before) -> Audience:
    parts: list[Rule] = []
    if told.languages:
        spoken = tuple(Speaks(one) for one in Language if one in told.languages)
        parts.append(spoken[0] if len(spoken) == 1 else AnyOf(spoken))
    if (age := told.child_age) is not None:
        parts.append(ChildAge(age.least, age.most, age.unit))
    if told.school is not None:
        parts.append(Marked(f"school:{told.school}"))
    return Audience(told.ward, parts[0] if len(parts) == 1 else All(tuple(parts)))


def _is_too_deep(told: object) -> bool:
    """Asked without going down into it, since who sends it chooses how deep it is."""
    level: list[object] = [told]
    for _ in range(3 * DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(one: object) -> list[object]:
    if isinstance(one, dict):
        return list(one.values())
    return list(one) if isinstance(one, list) else []
