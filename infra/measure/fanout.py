"""Refreshes in open arrivals over the true exchange and connectors, against sources of known slowness.

`python -m infra.measure.fanout` reads a `Setting` and then a `Run` a line from standard input and answers each with a
`Measured`. What is measured ends where an answer is a value of the connector: nothing is written to a database.
"""

from __future__ import annotations

import asyncio
import gc
import math
import os
import random
import resource
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import uvloop

from bff.connectors.ward_registry.client import WardRegistry
from bff.exchange.address import ClientId
from bff.exchange.asking import Asking
from bff.exchange.board import always_open
from bff.exchange.deadline import together
from bff.exchange.message_log import ANSWERED, Entry
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent
from bff.exchange.transport import ExchangeTransport
from infra.load.runs import Measured, Run, Setting
from infra.load.sources import delay_of
from infra.measure.unders import under

WARMING_S = 1.0


@dataclass
class Seen:
    """One refresh: when it came, its slowest source by the ids of its calls, and what became of it. In seconds."""

    came: float
    slowest: float = 0.0
    first: float = 0.0
    ended: float = 0.0


@dataclass
class Street:
    """`sources` of one kind, each a service of its own, over one exchange; the log tells which ids a refresh had."""

    tellers: Sequence[WardRegistry]
    seen: dict[str, Seen] = field(default_factory=dict)
    calls: int = 0
    unanswered: int = 0

    async def keep(self, entry: Entry) -> None:
        one = self.seen[entry.subject]
        one.slowest = max(one.slowest, delay_of(entry.message))
        self.calls += 1
        self.unanswered += entry.outcome != ANSWERED

    async def refresh(self, number: int, came: float, within: float) -> None:
        subject = Subject(f"r{number}", "佐藤 はな", date(1990, 5, 2), "東京都港区芝浦三丁目9番14号", "131032")
        one = self.seen[subject.id] = Seen(came)
        reading = Reading(subject, "home", "consent", None)
        with together(within):
            await asyncio.gather(*(self._ask(teller, reading, one) for teller in self.tellers))
        one.ended = time.perf_counter()

    async def _ask(self, teller: WardRegistry, reading: Reading, one: Seen) -> None:
        try:
            await teller.tell(reading)
        except Silent:
            return
        one.first = one.first or time.perf_counter()


@asynccontextmanager
async def street(setting: Setting, run: Run) -> AsyncIterator[Street]:
    """Open while the block lasts."""
    built = Street([])
    chance = random.Random(20261126)  # noqa: S311 - a bench wants the same delays each time
    exchange = ExchangeTransport(
        under(run.under, Path(setting.keys) if setting.keys else None),
        client=ClientId.decode("TOKYO23/COM/900100/kurashimado"),
        log=built.keep,
        clock=lambda: datetime.now(UTC),
        new_id=lambda: UUID(int=chance.getrandbits(128)),
        closed=always_open,
    )
    async with Asking(exchange, setting.url) as http:
        built.tellers = [_teller(http, number) for number in range(run.sources)]
        yield built


def _teller(http: httpx.AsyncClient, number: int) -> WardRegistry:
    one = WardRegistry(http)
    manifest = one.manifest
    service = manifest.service.replace("registry", f"registry-{number}")
    one.manifest = msgspec.structs.replace(manifest, id=f"source-{number}", service=service)
    return one


async def measured(setting: Setting, run: Run) -> Measured:
    async with street(setting, run) as built:
        await _arrive(built, run, WARMING_S, 0)
        built.seen.clear()
        built.calls = built.unanswered = 0
        gc.collect()
        gc.freeze()
        before = time.process_time()
        await _arrive(built, run, run.seconds, 1_000_000)
        used = time.process_time() - before
    return _figures(run, built, used)


async def _arrive(built: Street, run: Run, seconds: float, first: int) -> None:
    """Refreshes come when they come, however many are under way; ends when the last of them has."""
    chance, due = random.Random(run.rate), time.perf_counter()  # noqa: S311
    tasks: list[asyncio.Future[None]] = []
    until = due + seconds
    while (due := due + chance.expovariate(run.rate)) < until:
        if (early := due - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        tasks.append(asyncio.ensure_future(built.refresh(first + len(tasks), due, run.within)))
    await asyncio.gather(*tasks)


def _figures(run: Run, built: Street, used: float) -> Measured:
    every = list(built.seen.values())
    over = sorted(one.ended - one.came - min(one.slowest, run.within) for one in every)
    return Measured(
        refreshes=len(every),
        over_p50=rank(over, 0.50),
        over_p95=rank(over, 0.95),
        over_p99=rank(over, 0.99),
        first_p95=rank(sorted(one.first - one.came for one in every if one.first), 0.95),
        cut_p99=rank(sorted(one.ended - one.came for one in every if one.slowest > run.within), 0.99),
        cpu=used * 1000 / max(len(every), 1),
        unanswered=built.unanswered / max(built.calls, 1),
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def rank(ascending: Sequence[float], share: float) -> float:
    """The percentile of seconds by nearest rank, in milliseconds; 0 of none."""
    return ascending[math.ceil(len(ascending) * share) - 1] * 1000 if ascending else 0.0


def main() -> None:
    setting = msgspec.json.decode(sys.stdin.buffer.readline(), type=Setting)
    if setting.processor is not None:
        os.sched_setaffinity(0, {setting.processor})
    for line in sys.stdin.buffer:
        run = msgspec.json.decode(line, type=Run)
        sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(measured(setting, run))) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
