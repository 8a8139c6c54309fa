"""The rules an audience is made of; frozen, and refused when made wrong (ValueError).

A rule is kept as JSON: {"is": "all", "of": [{"is": "speaks", "language": "easy"}, …]}.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TypeAlias

import msgspec

from notifications.audience.ages import AgeRange, Unit
from notifications.audience.contact import Contact
from notifications.words import Language

DEEPEST = 6
MOST_PARTS = 250
"""As many classes as a ward's schools have of one year, and then some."""
LONGEST_MARK = 200
KINDS_OF_MARK = ("town", "school", "year", "class", "club", "care", "event", "list")


class _Rule(msgspec.Struct, frozen=True, tag_field="is", forbid_unknown_fields=True):
    @property
    def parts(self) -> tuple[Rule, ...]:
        """What it joins or denies; nothing where it says something by itself."""
        return ()

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)

    @property
    def size(self) -> int:
        return 1 + sum(part.size for part in self.parts)


class All(_Rule, frozen=True, tag="all"):
    """Everyone who is in each of them; of nothing: everyone."""

    of: tuple[Rule, ...]

    @property
    def parts(self) -> tuple[Rule, ...]:
        return self.of

    def holds(self, contact: Contact, today: date) -> bool:
        return all(part.holds(contact, today) for part in self.of)


class Any(_Rule, frozen=True, tag="any"):
    """Everyone who is in at least one of them. Of nothing it would hold nobody, and is refused."""

    of: tuple[Rule, ...]

    def __post_init__(self) -> None:
        if not self.of:
            raise ValueError("any of nothing holds nobody")

    @property
    def parts(self) -> tuple[Rule, ...]:
        return self.of

    def holds(self, contact: Contact, today: date) -> bool:
        return any(part.holds(contact, today) for part in self.of)


class Not(_Rule, frozen=True, tag="not"):
    rule: Rule

    @property
    def parts(self) -> tuple[Rule, ...]:
        return (self.rule,)

    def holds(self, contact: Contact, today: date) -> bool:
        return not self.rule.holds(contact, today)


class Speaks(_Rule, frozen=True, tag="speaks"):
    """Has chosen this language to read in."""

    language: Language

    def holds(self, contact: Contact, today: date) -> bool:
        return contact.language == self.language


class ChildAge(_Rule, frozen=True, tag="child_age"):
    """Has at least one child of that age today, in full years or months, both ends included."""

    least: int
    most: int
    unit: Unit = Unit.YEARS

    def __post_init__(self) -> None:
        AgeRange(self.least, self.most, self.unit)

    @property
    def range(self) -> AgeRange:
        return AgeRange(self.least, self.most, self.unit)

    def holds(self, contact: Contact, today: date) -> bool:
        return any(self.range.holds(birth, today) for birth in contact.children_births)


class ChildBorn(_Rule, frozen=True, tag="child_born"):
    """Has at least one child born from `since` to `until`, both included."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise ValueError("a range of births begins before it ends")

    def holds(self, contact: Contact, today: date) -> bool:
        return any(self.since <= birth <= self.until for birth in contact.children_births)


class Marked(_Rule, frozen=True, tag="marked"):
    """Has this mark herself or by a child: `town:<町丁目 code>`, `school:<id>`, `year:<school>:<n>`,
    `class:<school>:<name>`, `club:<school>:<name>`, `care:<level>`, `event:<life event>`, `list:<uuid>`."""

    mark: str

    def __post_init__(self) -> None:
        kind, _, rest = self.mark.partition(":")
        if kind not in KINDS_OF_MARK or not rest.strip() or len(self.mark) > LONGEST_MARK:
            raise ValueError("not a mark the address book keeps")
        if re.search(r"[\x00-\x1f\x7f]", self.mark):
            raise ValueError("a mark is one line")

    def holds(self, contact: Contact, today: date) -> bool:
        return self.mark in contact.marks


Rule: TypeAlias = All | Any | Not | Speaks | ChildAge | ChildBorn | Marked

EVERYONE = All(())


def named(rule: Rule, *, positively: bool = True) -> frozenset[str]:
    """The marks it asks for and does not exclude: by these a reader is told which of her children it concerns."""
    if isinstance(rule, Marked):
        return frozenset({rule.mark} if positively else ())
    inside = not positively if isinstance(rule, Not) else positively
    return frozenset().union(*(named(part, positively=inside) for part in rule.parts))


def is_within(rule: Rule, mark: str) -> bool:
    """Whether it holds nobody without this mark, as far as its outermost `All` tells."""
    return rule == Marked(mark) or (isinstance(rule, All) and Marked(mark) in rule.of)
