"""An audience with what is shown beside it: its size, made-up people, and what its people have got this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.audience_words import Names, person_in_words
from bff.staff.visit import Visit
from bff.staff.words import word
from notifications.audience import Audience, ChildAge, ChildBorn, Headcount, Rule
from notifications.audience.example import examples
from notifications.audience.singling import Counted, as_counted, counted, is_of_list
from notifications.broadcasts import lately, settled
from notifications.broadcasts.lately import Sent

SHOWN = 3
LOUD = 30
"""From so many of a hundred on, a writer is warned."""


@dataclass(frozen=True)
class Shared:
    """One of the last broadcasts, and how many of a hundred of this audience got it."""

    id: UUID
    title: str
    sent_at: datetime
    percent: int


@dataclass(frozen=True)
class Lately:
    """`shared` empty: nobody of them got anything. `tired`: of a hundred, who got `budget` or more this week; None: too
    few people to tell."""

    shared: tuple[Shared, ...]
    tired: int | None
    budget: int

    @property
    def is_much(self) -> bool:
        return self.tired is not None and self.tired >= LOUD


@dataclass(frozen=True)
class Sized:
    size: Headcount
    held: tuple[str, ...]
    left_out: tuple[str, ...]
    lately: Lately
    hints: tuple[str, ...]


async def sized(conn: AsyncConnection, visit: Visit, audience: Audience, names: Names) -> Sized:
    """Ward door. The people themselves are seen by this alone."""
    people = await _counted(conn, visit, audience)
    made_up = examples(audience, visit.today)
    return Sized(
        people.size(),
        tuple(person_in_words(one, visit.today, names) for one in made_up.held),
        tuple(person_in_words(one, visit.today, names) for one in made_up.left_out),
        await _lately(conn, visit, people, of_list=is_of_list(audience.rule)),
        tuple(_hints(audience.rule)),
    )


async def size_of(conn: AsyncConnection, visit: Visit, audience: Audience) -> Headcount:
    return (await _counted(conn, visit, audience)).size()


async def _counted(conn: AsyncConnection, visit: Visit, audience: Audience) -> Counted:
    asked = as_counted(audience, visit.today)
    people = await visit.house.bitmaps.members(conn, asked, visit.today)
    return counted(people, asked, visit.today, visit.house.person_secret)


async def _lately(conn: AsyncConnection, visit: Visit, people: Counted, *, of_list: bool) -> Lately:
    rules = await settled.of_ward(conn, visit.official.ward)
    sent = await lately.sent_lately(conn, visit.official.ward, visit.now, of_list=of_list)
    both = ((one, people.share(count, str(one.id))) for one, count in lately.overlaps(people.members, sent))
    shared = [_shared(one, percent) for one, percent in both if percent]
    shared.sort(key=lambda one: (-one.percent, -one.sent_at.timestamp()))
    tired = people.share(lately.got(people.members, sent, rules.budget), "tired")
    return Lately(tuple(shared[:SHOWN]), tired, rules.budget)


def _shared(one: Sent, percent: int) -> Shared:
    return Shared(one.id, one.title, one.sent_at, percent)


def _hints(rule: Rule) -> list[str]:
    """What a writer would not think of."""
    leaves = list(_leaves(rule))
    about_child = [one for one in leaves if isinstance(one, ChildAge | ChildBorn)]
    of_group = [one for one in leaves if getattr(one, "mark", "").startswith(("school:", "year:", "class:", "club:"))]
    return [word("audience_hint", "other_child")] if about_child and of_group else []


def _leaves(rule: Rule) -> list[Rule]:
    return [rule] if not rule.parts else [leaf for part in rule.parts for leaf in _leaves(part)]
