"""Made-up households (`households.toml`), on whose home an official looks at what is to be published."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from life_events import (
    Answers,
    CareRecords,
    Catalogue,
    ChildcareRecords,
    Contracts,
    Facts,
    Household,
    Member,
    NationalProfile,
    Plan,
    Pupils,
    find_question,
    plan,
    standing,
)


class _One(Struct, frozen=True, forbid_unknown_fields=True):
    """`born`: days before the day looked at."""

    id: str
    name: str
    born: int
    relation: str
    sex: str
    me: bool = False


class MadeUp(Struct, frozen=True, forbid_unknown_fields=True):
    """`since`: days for which they have lived there."""

    id: str
    name: str
    members: tuple[_One, ...]
    since: int = 3650
    elsewhere: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)

    def facts(self, catalogue: Catalogue, ward: str, today: date) -> Facts:
        """As they would be told in that ward on that day."""
        members = tuple(_member(one, today) for one in self.members)
        me = next(one for one in members if one.me)
        other = next(code for code in catalogue.wards if code != ward)
        answers = {fact: _value(value, today, ward, other) for fact, value in self.answers.items()}
        known = {fact: value for fact, value in answers.items() if find_question(catalogue, fact) is not None}
        return Facts(
            registry=Household(
                other if self.elsewhere else ward, "", "1000001", today - timedelta(days=self.since), members
            ),
            childcare=ChildcareRecords(),
            care=CareRecords(),
            national=NationalProfile(me.name, me.birth_date, "", "category2", False, False),
            school=Pupils(),
            electricity=Contracts(),
            answers=Answers(known),
        )

    def home(self, catalogue: Catalogue, ward: str, today: date) -> Plan:
        return plan(standing(self.facts(catalogue, ward, today), catalogue, today), catalogue, today)


@cache
def households() -> Sequence[MadeUp]:
    raw = tomllib.loads(Path(__file__).with_name("households.toml").read_text("utf-8"))
    return msgspec.convert(raw["households"], list[MadeUp])


def who_meets(catalogue: Catalogue, ward: str, procedure: str, today: date) -> Sequence[MadeUp]:
    """Those on whose home the procedure stands; several, or none."""
    return [one for one in households() if _stands(one.home(catalogue, ward, today), procedure)]


def _stands(home: Plan, procedure: str) -> bool:
    return any(step.procedure == procedure for bundle in home.bundles for step in (*bundle.steps, *bundle.more))


def _member(one: _One, today: date) -> Member:
    born = today - timedelta(days=one.born)
    return msgspec.convert(
        Member(one.id, one.me, one.name, "ミホン", born, one.sex, one.relation),  # type: ignore[arg-type]
        Member,
        from_attributes=True,
    )


def _value(value: Any, today: date, ward: str, other: str) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        return (today + timedelta(days=int(value[1:]))).isoformat()
    return {"{ward}": ward, "{other}": other}.get(value, value) if isinstance(value, str) else value
