"""Everybody at once, on two web processes and two workers: the morning of a school's notice, a disaster, a whole day.

People come at set rates whether or not those before them were answered. The rates are shares of what the two processes
answer one after another, measured first, so that a rush is one on any machine.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import httpx

from infra.load import cpu, pushes
from infra.load.asking import Errand
from infra.load.city import City, demo_city, running
from infra.load.documents import built
from infra.load.homes import asked
from infra.load.residents import PERSONAS, fill_home, log_in
from infra.load.visits import Asked, Filers, Phone, Told, Visitors, forms_of, questions_of

SESSIONS: Final = 24
FILING_EVERY_S: Final = 1.0
LOGIN_EVERY_S: Final = 2.0
RUNG: Final = 2_000
"""Phones in the ward to which the notice is pushed meanwhile."""
AFTER_S: Final = 180.0
"""So long those who were put off may still come back when nobody new comes."""
REAL: Final = {
    "WEB_PROCESSES": "2",
    "KURASHIMADO_LIMITS_FACTOR": "1000000",
    "KURASHIMADO_UNSIGNED": "1",
}
"""As in service, but that all come from one address, and that nobody holds a card to sign with."""


@dataclass(frozen=True)
class Stage:
    """`share`: how many come a second, of the homes that the house answers a second; `rings`: a notice is pushed."""

    name: str
    seconds: float
    share: float
    opens: str
    rings: str = ""


STAGES: Final[Mapping[str, Sequence[Stage]]] = {
    "morning": (
        Stage("before the notice", 10, 0.15, "home"),
        Stage("everybody opens it", 40, 1.0, "letter", rings="information"),
        Stage("afterwards", 20, 0.15, "home"),
    ),
    "disaster": (
        Stage("before it", 10, 0.15, "home"),
        Stage("home, shelters, the broadcast", 40, 1.5, "shelter", rings="emergency"),
        Stage("and on", 20, 0.3, "letter"),
    ),
}


@dataclass
class Rushed:
    """What became of each stage; `bears`: homes a second one after another; `rung_s`: until every phone was rung;
    `memory`: of the web processes and of the workers in MB, before and after."""

    name: str
    bears: float
    stages: list[tuple[Stage, Told]] = field(default_factory=list)
    rung_s: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Full:
    """A city with two of each, people signed in, and what they can file."""

    city: City
    phones: Sequence[Phone]
    forms: list[Asked]
    questions: Sequence[Asked]
    workers: Sequence[int]
    bears: float

    def memory(self) -> tuple[float, float]:
        return cpu.all_memory(self.city.web), sum(map(cpu.all_memory, self.workers))


@contextmanager
def full_city() -> Iterator[Full]:
    documents = built()
    with demo_city(REAL) as city, running(["bff", "worker"], city.environment, subprocess.DEVNULL) as second:
        with ThreadPoolExecutor(len(PERSONAS)) as beside:
            first = list(beside.map(lambda persona: log_in(city, persona), PERSONAS))
            list(beside.map(lambda cookie: fill_home(city, documents, cookie), first))
            again = [PERSONAS[number % len(PERSONAS)] for number in range(SESSIONS - len(first))]
            cookies = [*first, *beside.map(lambda persona: log_in(city, persona), again)]
        phones = [Phone(city.origin, cookie, documents) for cookie in cookies]
        errand = Errand(f"{city.origin}/graphql", tuple(cookies[:8]), documents.body("query ShowHome", since=[]), 4.0)
        bears = asked(errand).per_second
        homes = asyncio.run(_homes(phones[: len(first)]))
        forms = [(phone, form) for phone, home in homes for form in forms_of(home)]
        questions = [(phone, question) for phone, home in homes for question in questions_of(home)]
        yield Full(city, phones, forms, questions, (city.worker, second.pid), bears)


async def _homes(phones: Sequence[Phone]) -> list[tuple[Phone, bytes]]:
    return [(phone, (await phone.ask("query ShowHome", since=[])).body) for phone in phones]


def rush(name: str, full: Full, seed: int = 8) -> Rushed:
    found = Rushed(name, full.bears, memory=[full.memory()])
    asyncio.run(_rushed(found, STAGES[name], full, random.Random(seed)))
    found.memory.append(full.memory())
    return found


async def _rushed(found: Rushed, stages: Sequence[Stage], full: Full, chance: random.Random) -> None:
    letter = await first_letter(full.phones[0])
    ringing: asyncio.Task[float] | None = None
    late: list[asyncio.Task[None]] = []
    for stage in stages:
        told = Told()
        found.stages.append((stage, told))
        if stage.rings:
            ringing = asyncio.create_task(asyncio.to_thread(ring, full.city, stage.rings))
        visitors, filers = Visitors(full.phones, told, letter, chance), Filers(full.forms, full.questions, told)
        opens = {"home": visitors.opens_home, "letter": visitors.opens_letter, "shelter": visitors.looks_for_shelter}
        late += await asyncio.gather(
            people_come(opens[stage.opens], stage.share * full.bears, stage.seconds),
            people_come(filers.files, 1 / FILING_EVERY_S, stage.seconds),
            people_come(lambda meant, told=told: logs_in(full.city, told), 1 / LOGIN_EVERY_S, stage.seconds),  # type: ignore[misc]
        )
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*late), AFTER_S)
    found.rung_s = await ringing if ringing else 0.0


async def people_come(act: Callable[[float], Awaitable[None]], rate: float, seconds: float) -> asyncio.Task[None]:
    """Starts them at the rate; the task ends when the last of them is done."""
    begin, acts = time.perf_counter(), []
    for number in range(round(rate * seconds)):
        meant = begin + number / rate
        if (left := meant - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        acts.append(asyncio.ensure_future(act(meant)))
    if (left := begin + seconds - time.perf_counter()) > 0:
        await asyncio.sleep(left)

    async def all_done() -> None:
        await asyncio.gather(*acts)

    return asyncio.create_task(all_done())


async def logs_in(city: City, told: Told) -> None:
    """The whole way through the card; it is in mid-way for as long as it takes."""
    try:
        await asyncio.to_thread(log_in, city, PERSONAS[told.logins % len(PERSONAS)])
    except (RuntimeError, httpx.HTTPError, KeyError) as error:
        told.failed[f"signing in: {type(error).__name__} {error}"[:120]] += 1
    told.logins += 1


async def first_letter(phone: Phone) -> str:
    inbox = json.loads((await phone.ask("query ShowInbox")).body)["data"]["viewer"]["inbox"]["nodes"]
    return str(inbox[0]["id"])


def ring(city: City, kind: str) -> float:
    """A broadcast to RUNG phones of a ward, sent by the workers; seconds until the last was taken."""
    began = time.monotonic()
    with httpx.Client(base_url=city.sandbox, timeout=60) as push_service:
        push_service.post("/push/_forget")
        phones = push_service.post("/push/_subscriptions", json={"count": RUNG}).json()
        pushes.broadcast(city.database_url, phones, kind)
        pushes.all_accepted(push_service, RUNG, patience=AFTER_S)
    return time.monotonic() - began


def table(found: Rushed) -> str:
    heads = (
        "came",
        "home p50",
        "p95",
        "put off",
        "in the end",
        "letter p95",
        "filings",
        "form p95",
        "signed in",
        "failed",
    )
    lines = [f"{found.name}: the two web processes answer {found.bears:.0f} homes a second one after another"]
    lines.append(f"  {'':<30}" + "".join(f"{head:>11}" for head in heads))
    lines += [_line(stage, told) for stage, told in found.stages]
    (web, workers), (web_after, workers_after) = found.memory
    lines.append(
        f"  memory, MB: web {web:.0f} before, {web_after:.0f} after; workers {workers:.0f}, {workers_after:.0f}"
    )
    lines.append(f"  {RUNG:,} phones rung by two workers beside it in {found.rung_s:.1f} s")
    for _, told in found.stages:
        lines += [f"  FAILED {number} x {what}" for what, number in told.failed.items()]
        lines += [f"  put off: {', '.join(f'{what} {number}' for what, number in told.put_off.items())}"] * bool(
            told.put_off
        )
    return "\n".join(lines)


def _line(stage: Stage, told: Told) -> str:
    figures = (
        f"{told.came:,}",
        _seconds(told.home_first, 0.5),
        _seconds(told.home_first, 0.95),
        f"{sum(told.put_off.values()):,}",
        _seconds(told.home_in_the_end, 1.0),
        _seconds(told.letter, 0.95),
        f"{len(told.form)} ({told.filed})",
        _seconds(told.form, 0.95),
        f"{told.logins}",
        f"{sum(told.failed.values()) + told.gave_up}",
    )
    return f"  {stage.name:<30}" + "".join(f"{figure:>11}" for figure in figures)


def _seconds(waits: Sequence[float], share: float) -> str:
    if not waits:
        return "-"
    ranked = sorted(waits)
    return f"{ranked[min(len(ranked) - 1, int(len(ranked) * share))]:.2f} s"
