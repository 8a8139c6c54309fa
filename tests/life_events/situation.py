"""Reading a situation: a household on a dated day, written in a TOML, as the facts the study judges."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from life_events import (
    UNKNOWN,
    Answers,
    CareRecords,
    Catalogue,
    ChildcareRecords,
    Contracts,
    Facts,
    Given,
    Household,
    Member,
    NationalProfile,
    Pupils,
    Text,
)
from life_events.law import Disaster
from life_events.standing import JAPAN

FOLDER = Path(__file__).parent / "situations"
ALONE = ({"id": "m-1", "born": date(1990, 5, 2), "relation": "head", "me": True},)
EMPLOYEE = {"pension": "category2", "public_account": False, "public_servant": False}


class Someone(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: str
    born: date
    relation: str
    me: bool = False
    sex: str = "female"
    name: str = ""


class Declared(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: str = "made-up"
    on: date
    rescue_act: bool = True
    rebuilding_act: bool = True
    closes: dict[str, date] = {}
    over: date | None = None
    wards: tuple[str, ...] = ()


class Situation(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    who: str
    law: str
    trap: int | None = None
    today: date
    ward: str = "131032"
    since: date = date(2015, 4, 1)
    members: tuple[Someone, ...] = msgspec.convert(ALONE, tuple[Someone, ...])
    answers: dict[str, Any] = {}
    given: dict[str, date] = {}
    childcare: dict[str, Any] = {}
    care: dict[str, Any] = {}
    national: dict[str, Any] = {}
    school: dict[str, Any] = {}
    electricity: dict[str, Any] = {}
    silent: tuple[str, ...] = ()
    disaster: Declared | None = None
    expect: dict[str, str | dict[str, Any]]
    order: dict[str, Any] = {}

    @property
    def facts(self) -> Facts:
        me = next(member for member in self.members if member.me)
        national = {"name": me.name, "birth_date": me.born, "address": "", **EMPLOYEE, **self.national}
        told = Facts(
            registry=Household(self.ward, "東京都", "1000001", self.since, tuple(map(_member, self.members))),
            childcare=msgspec.convert(self.childcare, ChildcareRecords),
            care=msgspec.convert(self.care, CareRecords),
            national=msgspec.convert(national, NationalProfile),
            school=msgspec.convert(self.school, Pupils),
            electricity=msgspec.convert(self.electricity, Contracts),
            answers=Answers(self.answers, {fact: self._given(fact) for fact in self.answers} if self.given else {}),
        )
        return replace(told, **dict.fromkeys(self.silent, UNKNOWN))

    def _given(self, fact: str) -> Given:
        noon = datetime.combine(self.given.get(fact, self.today), time(12), JAPAN)
        return Given(noon, noon)

    def under(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with the disaster of this situation declared."""
        if self.disaster is None:
            return catalogue
        name = Text("架空の災害", "さいがい", "A made-up disaster")
        struck = replace(self.disaster, wards=self.disaster.wards or (self.ward,))
        declared = Disaster(name=name, **msgspec.structs.asdict(struck))
        return replace(catalogue, law=replace(catalogue.law, disasters=(declared,)))


def every_situation() -> Iterator[Situation]:
    for path in sorted(FOLDER.glob("*.toml")):
        raw: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from msgspec.convert(raw["situations"], list[Situation])


def _member(one: Someone) -> Member:
    name = one.name or f"架空 {one.id}"
    return Member(one.id, one.me, name, "カクウ", one.born, one.sex, one.relation)
