"""The board of one ward, or of all 23: read once, shown as a page, a chart or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.effect import assumptions, days
from bff.effect.assumptions import Version, shipped
from bff.effect.board import MONTHS_A_YEAR, Counts, Event, Row, added, floored, months_of, of_event, of_ward, total
from bff.effect.days import Count
from life_events.terms import Text

PERIODS: Final = (1, 3, 12)
"""Months back, this one within, that may be asked for."""


class Ward(Protocol):
    @property
    def population(self) -> int: ...
    @property
    def name(self) -> Text: ...


class Bundle(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def procedures(self) -> Sequence[str]: ...


class Catalogue(Protocol):
    """Wards by code, and which procedures belong to which life event."""

    @property
    def wards(self) -> Mapping[str, Ward]: ...
    @property
    def bundles(self) -> Sequence[Bundle]: ...


@dataclass(frozen=True)
class Board:
    """`assumed`: None of several wards, each of which assumes its own. `monthly`: applications by month."""

    since: date
    until: date
    months: int
    counts: Counts
    rows: Sequence[Row]
    events: Sequence[Event]
    monthly: Sequence[tuple[date, int]]
    assumed: Mapping[str, int] | None


def first_day(today: date, months: int) -> date:
    """Of the month that is so many back, this one being the first."""
    at = today.year * MONTHS_A_YEAR + today.month - months
    return date(at // MONTHS_A_YEAR, at % MONTHS_A_YEAR + 1, 1)


def share(catalogue: Catalogue, ward: str) -> Fraction:
    """Of the people of the 23."""
    return Fraction(catalogue.wards[ward].population, sum(one.population for one in catalogue.wards.values()))


def assumed_in(catalogue: Catalogue, ward: str, version: Version | None) -> Mapping[str, int]:
    return {**shipped(share(catalogue, ward)), **(version.said if version else {})}


async def of_one(conn: AsyncConnection, catalogue: Catalogue, ward: str, today: date, months: int) -> Board:
    """Ward door; exact."""
    since = first_day(today, months)
    counts = await days.by_month(conn, since, today)
    assumed = assumed_in(catalogue, ward, (await assumptions.newest(conn)).get(ward))
    events = [of_event(one.id, _within(counts, one), assumed) for one in catalogue.bundles]
    rows = of_ward(counts, assumed, months)
    return Board(since, today, months, total(counts), rows, events, _monthly(counts, since, today), assumed)


@dataclass(frozen=True)
class Everywhere:
    """What everybody may see: whole tens by ward, life event and month.

    `wards`: by code; `counts`: by life event, and under the empty name of all together.
    """

    board: Board
    counts: Sequence[Count]
    wards: Mapping[str, Board]


async def of_all(conn: AsyncConnection, catalogue: Catalogue, today: date, months: int) -> Everywhere:
    """House door; every number is of counts that were floored first, so that nothing can be told back from a sum."""
    since = first_day(today, months)
    versions = await assumptions.newest(conn)
    each: dict[str, list[Count]] = {ward: [] for ward in catalogue.wards}
    for one in by_event(await days.by_month(conn, since, today), catalogue):
        each.setdefault(one.ward, []).append(one)
    wards = {}
    for ward, counts in each.items():
        assumed = assumed_in(catalogue, ward, versions.get(ward))
        wards[ward] = _of_events(counts, catalogue, assumed, since, today, months)
    whole = [one for counts in each.values() for one in counts]
    rows = added(board.rows for board in wards.values())
    events = [_joined(one.id, wards) for one in catalogue.bundles]
    monthly = _monthly(_whole(whole), since, today)
    board = Board(since, today, months, total(_whole(whole)), rows, events, monthly, None)
    return Everywhere(board, whole, wards)


def by_event(counts: Sequence[Count], catalogue: Catalogue) -> list[Count]:
    """By life event in place of procedure, and under the empty name all together; floored after that."""
    tally: dict[tuple[date, str, str, str], int] = {}
    events: dict[str, list[str]] = {name: [] for one in catalogue.bundles for name in one.procedures}
    for bundle in catalogue.bundles:
        for procedure in bundle.procedures:
            events[procedure].append(bundle.id)
    for count in counts:
        for event in ("", *events.get(count.procedure, ())):
            key = (count.month, count.ward, event, count.what)
            tally[key] = tally.get(key, 0) + count.n
    return floored(Count(*key, n) for key, n in tally.items())


def _of_events(
    counts: Sequence[Count], catalogue: Catalogue, assumed: Mapping[str, int], since: date, today: date, months: int
) -> Board:
    whole = _whole(counts)
    events = [
        of_event(bundle.id, [one for one in counts if one.procedure == bundle.id], assumed)
        for bundle in catalogue.bundles
    ]
    rows = of_ward(whole, assumed, months)
    return Board(since, today, months, total(whole), rows, events, _monthly(whole, since, today), assumed)


def _joined(id: str, wards: Mapping[str, Board]) -> Event:
    of = [next(event for event in board.events if event.id == id) for board in wards.values()]
    names = {what for event in of for what in event.counts}
    counts = {what: sum(event.counts.get(what, 0) for event in of) for what in names}
    return Event(id, counts, added(event.rows for event in of))


def _whole(counts: Sequence[Count]) -> list[Count]:
    return [one for one in counts if one.procedure == ""]


def _within(counts: Sequence[Count], bundle: Bundle) -> list[Count]:
    return [one for one in counts if one.procedure in bundle.procedures]


def _monthly(counts: Sequence[Count], since: date, until: date) -> list[tuple[date, int]]:
    sent = dict.fromkeys(months_of(since, until), 0)
    for one in counts:
        if one.what == "electronic":
            sent[one.month] += one.n
    return list(sent.items())
