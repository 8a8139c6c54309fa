"""How each function of the house stands, from what this process knows and what the database last told it.

A process whose database is away still knows that; so the page answers then too, and says what it means for whom.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from sqlalchemy.exc import SQLAlchemyError

from bff import incidents
from bff.connectors.manifest import Manifest
from bff.db import Database, oldest_due
from bff.exchange.board import Board, Read
from bff.exchange.breaker import State
from bff.exchange.switches import EVERYWHERE, Outage
from bff.exchange.waiting import Waiting
from bff.functions import FUNCTIONS, Function
from bff.incidents import Incident
from bff.process import Process
from life_events import Catalogue

LASTS: Final = timedelta(seconds=15)
PATIENCE: Final = 2.0
"""Seconds a database may take before it is called away."""
GIVEN_UP: Final = 20.0
LATE: Final = timedelta(minutes=5)
"""What was promised and is due longer than this is late."""
FEW: Final = 5
PARTLY: Final = 0.1
DOWN: Final = 0.5
WAIT_FOR_JOBS: Final[frozenset[Function]] = frozenset({"applications", "notices"})
Degree = Literal["works", "partly", "down"]
_WORSE: Final[Mapping[Degree, int]] = {"works": 0, "partly": 1, "down": 2}


@dataclass(frozen=True)
class Told:
    """What the database told; `at` is when."""

    at: datetime
    due: datetime | None = None
    incidents: Sequence[Incident] = ()
    closed: Read = field(default_factory=Read)


@dataclass(frozen=True)
class Standing:
    """`why`: keys of texts (`status_why_…`)."""

    function: Function
    degree: Degree
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Status:
    """`silent`: services that are left alone after failures, switched off or closed now. `told`: None: the database has
    never answered this process; `away`: it does not now."""

    at: datetime
    away: bool
    standings: Sequence[Standing]
    silent: Sequence[Manifest]
    outages: Sequence[tuple[Outage, Manifest]]
    incidents: Sequence[Incident]
    known_at: datetime | None


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def board(self) -> Board: ...
    @property
    def waiting(self) -> Waiting: ...
    @property
    def process(self) -> Process: ...
    @property
    def services(self) -> Mapping[str, Manifest]: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...


async def status(house: House) -> Status:
    """Of this moment; the database is asked no more often than once in `LASTS`, by one asker."""
    told, away = await _told(house)
    now = house.clock()
    closed = told.closed if told else Read()
    silent = [one for one in house.services.values() if _is_silent(house, one, closed, now)]
    planned = [(outage, house.services[outage.source]) for outage in closed.outages if outage.source in house.services]
    going_on = [one for one in told.incidents if one.ended is None] if told else []
    return Status(
        at=now,
        away=away,
        standings=[_standing(house, one, told, away, bool(silent), going_on) for one in FUNCTIONS],
        silent=silent,
        outages=planned,
        incidents=told.incidents if told else (),
        known_at=told.at if told else None,
    )


async def _told(house: House) -> tuple[Told | None, bool]:
    """What is known, and whether the database is away."""
    kept, now = house.process.kept, house.clock()
    tried = kept.get("status_tried")
    if tried is not None and now - tried < LASTS:
        return kept.get("status"), kept.get("status_away", False)
    kept["status_tried"] = now
    reading = kept.get("status_reading")
    if reading is None or reading.done():
        reading = kept["status_reading"] = asyncio.ensure_future(_read(house, now))
    # To give up a question to a database that hangs takes long itself, so she does not wait for that either.
    await asyncio.wait({reading}, timeout=PATIENCE)
    told = reading.result() if reading.done() else None
    kept["status_away"] = told is None
    if told is not None:
        kept["status"] = told
    return kept.get("status"), kept["status_away"]


async def _read(house: House, now: datetime) -> Told | None:
    """None: it cannot be read, or not in `GIVEN_UP` seconds."""
    try:
        async with asyncio.timeout(GIVEN_UP):
            async with house.db.house() as conn:
                due = await oldest_due(conn, now)
                late = await incidents.of_late(conn, now)
            return Told(now, due, late, await house.board.now())
    except (OSError, SQLAlchemyError):
        return None


def _is_silent(house: House, one: Manifest, closed: Read, now: datetime) -> bool:
    if closed.closed(one.id, EVERYWHERE, now) is not None:
        return True
    start = one.service.partition("{ward}")[0]
    lanes = house.waiting.lanes
    return any(lane.breaker.state is State.OPEN for name, lane in lanes.items() if start and name.startswith(start))


def _standing(
    house: House, function: Function, told: Told | None, away: bool, silent: bool, going_on: Sequence[Incident]
) -> Standing:
    found: list[tuple[Degree, str]] = []
    if away:
        found.append(("down", "database"))
    share = house.process.lately.of(function)
    if share.answers >= FEW and share.failed >= share.answers * PARTLY:
        found.append(("down" if share.failed >= share.answers * DOWN else "partly", "failing"))
    if function == "home" and silent and not away:
        found.append(("partly", "silent"))
    if function in WAIT_FOR_JOBS and told and told.due is not None and house.clock() - told.due > LATE:
        found.append(("partly", "late"))
    found += [(one.degree, "incident") for one in going_on if function in one.functions]
    degree: Degree = max((degree for degree, _ in found), key=_WORSE.__getitem__, default="works")
    return Standing(function, degree, tuple(dict.fromkeys(why for _, why in found)))
