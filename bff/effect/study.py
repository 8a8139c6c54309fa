"""The study's inputs through its formulas, and what it printed beside what they give."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from bff.effect.formulas import TENTH_OF_OKU, Change, Exact, handled, lowered, nearest, scaled, together

Unit = Literal["hours", "yen", "cases", "per_cent"]
OKU = 100_000_000


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """2-5."""

    table: str
    reference_staff: int
    reference_paper_yen: int
    reference_staff_cost_yen: int
    now_paper_yen: int
    now_staff_cost_yen: int


class Automation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """2-6; `share`: per cent decided by themselves."""

    table: str
    cases: int
    minutes_now: int
    share: int
    minutes_rest: int


class Counter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """2-7: visits found in a sample, for everybody; `share`: per cent sent electronically."""

    table: str
    sample_visits: int
    sample_people: int
    people: int
    to_the_nearest: int
    minutes_now: int
    share: int
    minutes_rest: int

    @property
    def visits(self) -> int:
        return nearest(Fraction(self.sample_visits, self.sample_people) * self.people, self.to_the_nearest)


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    yen: int
    saved: int


class Ict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """2-8."""

    table: str
    years: int
    lines: tuple[Cost, ...]


class Residents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """2-9: minutes there, and on the way."""

    table: str
    minutes_there: int
    minutes_there_rest: int
    minutes_way: int


class Printed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As it stands in the study, in tenths of 億円, hours, cases or per cent."""

    key: str
    said: str
    why: str = ""


class Study(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    wards_staff: int
    staff_yen_per_hour: int
    resident_yen_per_hour: int
    paper: Paper
    automation: Automation
    counter: Counter
    ict: Ict
    residents: Residents
    printed: tuple[Printed, ...]


@dataclass(frozen=True)
class Line:
    """One figure of a table, as computed; `slip`: the study prints another number."""

    key: str
    table: str
    unit: Unit
    computed: Exact
    printed: str
    why: str

    @property
    def shown(self) -> str:
        """As many digits as the study prints."""
        return written(self.computed, self.unit, len(self.printed.partition(".")[2]))

    @property
    def grouped(self) -> str:
        return _grouped(self.shown)

    @property
    def grouped_printed(self) -> str:
        return _grouped(self.printed)

    @property
    def slips(self) -> bool:
        return self.shown != self.printed


def _grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}"


@cache
def study() -> Study:
    return msgspec.convert(tomllib.loads(Path(__file__).with_name("study.toml").read_text("utf-8")), Study)


def written(value: Exact, unit: Unit, digits: int) -> str:
    """Digits only: money in 億円; halves up."""
    scale = 10**digits
    whole = nearest(Fraction(value) * scale / (OKU if unit == "yen" else 1))
    return f"{whole // scale}.{whole % scale:0{digits}d}" if digits else str(whole)


def lines(of: Study) -> Sequence[Line]:
    """Every printed figure with what its formula gives, in the study's order."""
    found = figures(of)
    tables = {name: getattr(of, name).table for name in ("paper", "automation", "counter", "ict", "residents")}
    return [
        Line(one.key, tables[one.key.partition(".")[0]], found[one.key][0], found[one.key][1], one.said, one.why)
        for one in of.printed
    ]


def figures(of: Study) -> Mapping[str, tuple[Unit, Exact]]:
    """By key; money saved is the difference of what is shown, in tenths of 億円, as in the study."""
    counter, automation, there = of.counter, of.automation, of.residents
    electronic = Fraction(counter.visits * counter.share, 100)
    by_hand = handled(
        cases=automation.cases,
        done_by_themselves=Fraction(automation.cases * automation.share, 100),
        minutes_now=automation.minutes_now,
        minutes_rest=automation.minutes_rest,
    )
    at_counter = handled(
        cases=counter.visits,
        done_by_themselves=electronic,
        minutes_now=counter.minutes_now,
        minutes_rest=counter.minutes_rest,
    )
    of_residents = handled(
        cases=counter.visits,
        done_by_themselves=electronic,
        minutes_now=there.minutes_there + there.minutes_way,
        minutes_rest=there.minutes_there_rest + there.minutes_way,
    )
    return {
        **_paper(of),
        "automation.cases_rest": ("cases", Fraction(automation.cases * (100 - automation.share), 100)),
        **_hours("automation", by_hand, of.staff_yen_per_hour),
        "counter.cases": ("cases", counter.visits),
        **_hours("counter", at_counter, of.staff_yen_per_hour),
        **_ict(of.ict),
        **_hours("residents", of_residents, of.resident_yen_per_hour),
    }


def _paper(of: Study) -> dict[str, tuple[Unit, Exact]]:
    paper = of.paper
    sheets, staff = (
        scaled(yen=yen, reference_staff=paper.reference_staff, staff=of.wards_staff)
        for yen in (paper.reference_paper_yen, paper.reference_staff_cost_yen)
    )
    return {
        "paper.paper_now": ("yen", paper.now_paper_yen),
        "paper.staff_now": ("yen", paper.now_staff_cost_yen),
        "paper.paper_saved": ("yen", sheets),
        "paper.staff_saved": ("yen", staff),
        "paper.saved": ("yen", sheets + staff),
    }


def _hours(name: str, hours: Change, yen_per_hour: int) -> dict[str, tuple[Unit, Exact]]:
    yen = hours.times(yen_per_hour).rounded_to(TENTH_OF_OKU)
    whole = hours.rounded_to(1)
    return {
        f"{name}.hours_now": ("hours", whole.now),
        f"{name}.hours_after": ("hours", whole.after),
        f"{name}.hours_saved": ("hours", whole.saved),
        f"{name}.yen_now": ("yen", yen.now),
        f"{name}.yen_after": ("yen", yen.after),
        f"{name}.yen_saved": ("yen", yen.saved),
    }


def _ict(ict: Ict) -> dict[str, tuple[Unit, Exact]]:
    cost = together(lowered(yen=one.yen, per_cent=one.saved) for one in ict.lines)
    return {
        "ict.now": ("yen", cost.now),
        "ict.after": ("yen", cost.after),
        "ict.per_cent": ("per_cent", Fraction(cost.saved) * 100 / cost.now),
    }
