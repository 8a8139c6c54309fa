"""Counts through the study's formulas: what a ward's applications spared it and its residents."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from bff.effect.days import Count
from bff.effect.formulas import NOTHING, Change, handled, lowered, scaled, together
from bff.effect.study import study

MONTHS_A_YEAR: Final = 12
FLOOR: Final = 10
"""Of fewer nobody outside the ward is told how many; more are told in whole tens."""
Table = Literal["paper", "automation", "counter", "ict", "residents"]
Counts = Mapping[str, int]
"""What is counted (`bff.effect.days.WHAT`) → how often."""


@dataclass(frozen=True)
class Row:
    """One of the study's tables over live counts. `hours`: None where the table knows none.

    `counted`: made of what was counted here; False: of assumptions alone.
    """

    table: Table
    hours: Change | None
    yen: Change
    counted: bool


@dataclass(frozen=True)
class Event:
    """One life event. A procedure that belongs to two is counted in both, and once in the whole."""

    id: str
    counts: Counts
    rows: Sequence[Row]

    def row(self, table: Table) -> Row:
        return next(one for one in self.rows if one.table == table)


def total(counts: Iterable[Count]) -> Counts:
    found: Tally[str] = Tally()
    for one in counts:
        found[one.what] += one.n
    return found


def ways_spared(counts: Counts) -> int:
    """A trip to the counter for each application handed in from where she was."""
    return counts.get("electronic", 0)


def of_event(id: str, counts: Sequence[Count], assumed: Mapping[str, int]) -> Event:
    return Event(id, total(counts), by_case(counts, assumed))


def by_case(counts: Sequence[Count], assumed: Mapping[str, int]) -> Sequence[Row]:
    """Tables 2-6, 2-7 and 2-9: whatever can be said of each case."""
    whole = total(counts)
    sent = whole.get("electronic", 0)
    counter = handled(
        cases=sent, done_by_themselves=sent, minutes_now=assumed["counter_now"], minutes_rest=assumed["counter_rest"]
    )
    way = assumed["way"]
    residents = handled(
        cases=sent,
        done_by_themselves=sent,
        minutes_now=assumed["there"] + way,
        minutes_rest=assumed["there_rest"] + way,
    )
    automation = _automation(counts, assumed)
    return (
        Row("automation", automation, automation.times(assumed["staff_yen_per_hour"]), True),
        Row("counter", counter, counter.times(assumed["staff_yen_per_hour"]), True),
        Row("residents", residents, residents.times(assumed["resident_yen_per_hour"]), True),
    )


def of_ward(counts: Sequence[Count], assumed: Mapping[str, int], months: int) -> Sequence[Row]:
    """All five tables, in the study's order."""
    automation, counter, residents = by_case(counts, assumed)
    return (_paper(counts, assumed, months), automation, counter, _ict(assumed), residents)


def reach(counts: Counts, assumed: Mapping[str, int], months: int) -> Fraction:
    """What share of the ward's visits came in electronically; at most the whole."""
    expected = Fraction(assumed["visits"] * months, MONTHS_A_YEAR)
    return min(Fraction(1), Fraction(counts.get("electronic", 0)) / expected)


def _automation(counts: Sequence[Count], assumed: Mapping[str, int]) -> Change:
    """Of procedures that are decided automatically at all: whatever of them was decided by hand is the rest."""
    whole = total(counts)
    done = whole.get("automated", 0)
    return handled(
        cases=max(whole.get("automatable", 0), done),
        done_by_themselves=done,
        minutes_now=assumed["automation_now"],
        minutes_rest=assumed["automation_rest"],
    )


def _paper(counts: Sequence[Count], assumed: Mapping[str, int], months: int) -> Row:
    """The study's saving for so many staff, by the share that came in electronically; for the months shown."""
    of = study()
    part = Fraction(months, MONTHS_A_YEAR)
    saved = sum(
        scaled(yen=assumed[yen], reference_staff=assumed["reference_staff"], staff=assumed["staff"])
        for yen in ("reference_paper_yen", "reference_staff_cost_yen")
    )
    today = Fraction(of.paper.now_paper_yen + of.paper.now_staff_cost_yen) * assumed["staff"] / of.wards_staff
    now = today * part
    return Row("paper", None, Change(now, now - saved * part * reach(total(counts), assumed, months)), True)


def _ict(assumed: Mapping[str, int]) -> Row:
    """Five years, whatever was counted: no application makes a server cheaper."""
    kinds = ("operation", "maintenance", "equipment", "network", "other")
    cost = together(lowered(yen=assumed[f"ict_{one}_yen"], per_cent=assumed[f"ict_{one}_saved"]) for one in kinds)
    return Row("ict", None, cost, False)


def added(wards: Iterable[Sequence[Row]]) -> Sequence[Row]:
    """The same tables of several wards as one."""
    whole: dict[Table, Row] = {}
    for rows in wards:
        for row in rows:
            before = whole.get(row.table, Row(row.table, row.hours and NOTHING, NOTHING, row.counted))
            hours = None if row.hours is None or before.hours is None else before.hours + row.hours
            whole[row.table] = Row(row.table, hours, before.yen + row.yen, row.counted)
    return tuple(whole.values())


def floored(counts: Iterable[Count]) -> list[Count]:
    """For everybody: whole tens, and nothing of what is below the floor."""
    return [
        Count(one.month, one.ward, one.procedure, one.what, one.n // FLOOR * FLOOR) for one in counts if one.n >= FLOOR
    ]


def months_of(since: date, until: date) -> Sequence[date]:
    """The first day of every month from one to the other."""
    first = since.year * MONTHS_A_YEAR + since.month - 1
    last = until.year * MONTHS_A_YEAR + until.month - 1
    return [date(at // MONTHS_A_YEAR, at % MONTHS_A_YEAR + 1, 1) for at in range(first, last + 1)]
