"""Both hands that reckon benefits, side by side over made-up households, for staff to see where they disagree."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.benefits.client import BenefitCalculator
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from bff.facts.tables import amount_comparisons as rows
from life_events import BOTH_HANDS, UNKNOWN, Answers, Benefits, Facts, Household, Law, Member, Unknown, both_hands

PURPOSE, BASIS = "check", "made_up"
TRIED_AGAIN_AFTER = timedelta(minutes=10)
NOBODY = Reading(Subject("typical-household", "", None, "", None), PURPOSE, BASIS, None)
LAST_DAY_OF_ALL_MONTHS = 28


class Typical(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One made-up household. `months`: each child's age; `on` None: today."""

    id: str
    name: str
    parents: Literal[1, 2]
    months: tuple[int, ...]
    on: date | None = None


@dataclass(frozen=True)
class Compared:
    """Yen a month for a whole household, of one benefit. `theirs` None: never heard; `silent`: why, at the last try.

    `confidence` and `ours` None: the benefit is not for this household, or there was no law for it.
    """

    household: str
    benefit: str
    on: date
    ours: int | None
    confidence: str | None
    theirs: int | None
    model: str
    heard_at: datetime | None
    tried_at: datetime
    silent: Why | None

    @property
    def disagree(self) -> bool:
        return self.theirs is not None and (self.ours or 0) != self.theirs


@cache
def typical_households() -> Sequence[Typical]:
    raw = tomllib.loads(Path(__file__).with_name("typical_households.toml").read_text("utf-8"))
    return msgspec.convert(raw["households"], list[Typical])


async def compared(conn: AsyncConnection) -> Sequence[Compared]:
    """What is kept, in the order of the households; empty when nobody was ever asked."""
    place = {typical.id: number for number, typical in enumerate(typical_households())}
    found = [
        Compared(**{**row, "silent": Why(row["silent"]) if row["silent"] else None})
        for row in (await conn.execute(select(rows))).mappings()
        if row["household"] in place
    ]
    order = [allowance.name for allowance in BOTH_HANDS]
    return sorted(found, key=lambda one: (place[one.household], order.index(one.benefit)))  # type: ignore[arg-type]


def is_due(kept: Sequence[Compared], now: datetime, today: date) -> bool:
    """Once a day, and again after a while when somebody was silent."""
    if {one.household for one in kept} != {typical.id for typical in typical_households()}:
        return True
    of_today = {typical.id for typical in typical_households() if typical.on is None}
    moving = [one for one in kept if one.household in of_today]
    rested = all(now - one.tried_at >= TRIED_AGAIN_AFTER for one in moving)
    return rested and any(one.silent or one.on != today for one in moving)


async def reckoned(
    calculator: BenefitCalculator, typical: Typical, law: Law, now: datetime, today: date
) -> list[Compared]:
    """Asks (network, so no session is open) and says what both hands make of one household."""
    on = typical.on or today
    household = made_up(typical, on)
    told: Benefits | Unknown = UNKNOWN
    silent: Why | None = None
    try:
        told = await calculator.tell(NOBODY, household, on)
    except Silent as gap:
        silent = gap.why
    facts = Facts(registry=household, benefits=told, answers=_all_confirmed(household))
    return [
        Compared(
            household=typical.id,
            benefit=allowance.name,
            on=on,
            ours=pair.ours,
            confidence=pair.confidence(on),
            theirs=pair.theirs,
            model="" if isinstance(told, Unknown) else told.model,
            heard_at=None if silent else now,
            tried_at=now,
            silent=silent,
        )
        for allowance in BOTH_HANDS
        for pair in [both_hands(allowance, facts, law, on, None)]
    ]


async def keep(conn: AsyncConnection, found: Sequence[Compared]) -> None:
    """A silence leaves what was heard before, with its day and time."""
    for one in found:
        values = {field: getattr(one, field) for field in Compared.__dataclass_fields__}
        values["silent"] = str(one.silent) if one.silent else None
        tried = {"tried_at": one.tried_at, "silent": values["silent"]}
        statement = insert(rows).values(**values)
        await conn.execute(
            statement.on_conflict_do_update(
                index_elements=[rows.c.household, rows.c.benefit], set_=tried if one.silent else values
            )
        )


def made_up(typical: Typical, on: date) -> Household:
    """Nobody's household: parents of no age, children of just so many months."""
    parents = [_member(f"parent-{place}", date(1980, 1, 1), place == 0) for place in range(typical.parents)]
    children = [
        Member(f"child-{place}", False, "", "", _months_before(on, months), "", "child")
        for place, months in enumerate(typical.months)
    ]
    return Household("", "", "", on, (*parents, *children))


def _member(person: str, born: date, head: bool) -> Member:
    return Member(person, head, "", "", born, "", "head" if head else "spouse")


def _months_before(on: date, months: int) -> date:
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, min(on.day, LAST_DAY_OF_ALL_MONTHS))


def _all_confirmed(household: Household) -> Answers:
    """OpenFisca-Japan counts every older child; ours is told the same."""
    return Answers({f"bears_cost:{member.person}": True for member in household.members if member.relation == "child"})
