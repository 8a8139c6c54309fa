"""Made-up people by whom a writer sees whether a rule says what she means. Nobody of the address book is among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final
from uuid import UUID

from notifications.audience.audience import Audience
from notifications.audience.contact import Contact
from notifications.audience.rules import ChildAge, ChildBorn, Marked, Rule, Speaks
from notifications.words import Language

IN: Final = 3
OUT: Final = 2
MOST: Final = 3000
NOBODY: Final = UUID(int=0)
OF_CHILD: Final = ("school:", "year:", "class:", "club:")
OF_ONE: Final = ("town:",)
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Examples:
    """`held` would get it; `left_out` would not, and only just."""

    held: tuple[Contact, ...]
    left_out: tuple[Contact, ...]


def examples(audience: Audience, today: date) -> Examples:
    """The same for the same audience. An audience that holds nobody one could think of has no `held`."""
    held: list[Contact] = []
    out: list[Contact] = []
    for person in _made_up(audience, today):
        (held if audience.includes(person, today) else out).append(person)
    near = [one for one in out if any(_distance(one, other) == 1 for other in held)]
    return Examples(tuple(_apart(held, IN)), tuple(_apart(near, OUT)))


def _made_up(audience: Audience, today: date) -> Iterator[Contact]:
    leaves = list(_leaves(audience.rule))
    languages = list(dict.fromkeys([Language.JA, *(one.language for one in leaves if isinstance(one, Speaks))]))
    births = [None, *sorted(dict.fromkeys(day for one in leaves for day in _edges(one, today) if day <= today))]
    marks = list(dict.fromkeys(one.mark for one in leaves if isinstance(one, Marked)))[:12]
    sets = list(dict.fromkeys([frozenset(marks), frozenset[str](), *(frozenset({one}) for one in marks)]))
    sets += [frozenset(marks) - {one} for one in marks if len(marks) > 2]  # noqa: PLR2004
    for number, (held, birth, language) in enumerate(product(sets, births, languages)):
        if number >= MOST:
            return
        if birth is None and len(births) > 1 and any(mark.startswith(OF_CHILD) for mark in held):
            continue  # a pupil is somebody's child
        if any(sum(mark.startswith(kind) for mark in held) > 1 for kind in OF_ONE):
            continue  # nobody lives in two towns
        yield Contact(NOBODY, audience.ward, language, frozenset({birth} if birth else ()), held)


def _leaves(rule: Rule) -> Iterator[Rule]:
    if not rule.parts:
        yield rule
    for part in rule.parts:
        yield from _leaves(part)


def _edges(leaf: Rule, today: date) -> tuple[date, ...]:
    """The last birthdays inside, and the first outside."""
    if isinstance(leaf, ChildAge):
        after, until = leaf.range.births(today)
        return (until, after + A_DAY, until + A_DAY, after)
    if isinstance(leaf, ChildBorn):
        return (leaf.since, leaf.until, leaf.since - A_DAY, leaf.until + A_DAY)
    return ()


def _distance(one: Contact, other: Contact) -> int:
    """In how many ways they differ."""
    same = (one.language == other.language, one.children_births == other.children_births)
    return same.count(False) + len(one.marks ^ other.marks)


def _apart(people: list[Contact], most: int) -> list[Contact]:
    """As unlike each other as can be, without looking at all of them."""
    chosen: list[Contact] = people[:1]
    while chosen and len(chosen) < most:
        rest = [one for one in people if one not in chosen]
        if not rest:
            break
        chosen.append(max(rest[:200], key=lambda one: min(_distance(one, taken) for taken in chosen)))
    return chosen
