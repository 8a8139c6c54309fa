"""Home from kept facts, asked of the real web process, beside the same bytes from a plain server and beside a usual
Node server that does the same (`peer.py`), in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import msgspec

from infra.load import cpu, peer
from infra.load.asking import Errand, Pace
from infra.load.city import City, free_port, running, wait_for
from infra.load.documents import Documents, built
from infra.load.residents import TOKEN, settle, token_of

AT_ONCE = 8
SECONDS = 5.0
LIMIT_SECONDS = 3.0
SHARE = 0.5
"""Of what ours answers one after another: at this rate people come to each, whether it has answered or not."""


@dataclass(frozen=True)
class Served:
    """`closed`: one after another, as fast as it goes; `open`: at the common rate. `cpu_ms`: of the server's processes,
    an answer; `memory_mb`: theirs after it; `cold_s`: from its start to its first answer."""

    closed: Pace
    open: Pace
    cpu_ms: float
    memory_mb: float
    cold_s: float

    @property
    def per_core(self) -> float:
        return 1000 / self.cpu_ms


@dataclass(frozen=True)
class Homes:
    """`size`: bytes of the home that all were measured with; `rate`: at which people came to each; `hanging`: ours
    while every source is asked and is silent; `peer` None: it is not installed; `alike`: it answers the same."""

    home: Served
    limit: Served
    peer: Served | None
    hanging: Pace
    size: int
    rate: float
    alike: bool


def measure(city: City) -> Homes:
    documents = built()
    body = documents.body("query ShowHome", since=[])
    cookies = tuple(settle(city, documents, AT_ONCE))
    url = f"{city.origin}/graphql"
    errand = Errand(url, cookies, body, SECONDS)
    rate = round(SHARE * asked(errand).per_second)
    answers = {cookie: _answer(url, cookie, body) for cookie in cookies}
    median = sorted(answers.values(), key=len)[len(answers) // 2]
    with tempfile.TemporaryDirectory(prefix="km-homes-") as made:
        ours = _served(errand, rate, city.web, _cold_start(city, cookies[0], body))
        with _plain(median, Path(made)) as (address, process, cold):
            limit = _served(Errand(address, cookies, body, LIMIT_SECONDS), rate, process, cold)
        beside, alike = _beside(city, answers, body, rate, Path(made)) if peer.is_there() else (None, False)
    with _all_hang(city, documents, cookies):
        hanging = asked(msgspec.structs.replace(errand, rate=rate, seconds=LIMIT_SECONDS))
    return Homes(ours, limit, beside, hanging, len(median), rate, alike)


def _beside(city: City, answers: dict[str, bytes], body: str, rate: float, folder: Path) -> tuple[Served, bool]:
    began = time.monotonic()
    with peer.serving(city.database_url, answers, folder) as (address, process):
        cold = time.monotonic() - began
        url, told = f"{address}/graphql", {}
        for cookie in answers:
            told[cookie] = _answer(url, cookie, body)
        served = _served(Errand(url, tuple(answers), body, SECONDS), rate, process.pid, cold)
    as_told = [
        msgspec.json.decode(told[cookie])["data"] == msgspec.json.decode(answers[cookie])["data"] for cookie in told
    ]
    return served, all(as_told)


def _served(errand: Errand, rate: float, process: int, cold: float) -> Served:
    """Processor time is counted over warming and run alike."""
    before = cpu.seconds(process)
    closed = asked(errand)
    used = cpu.seconds(process) - before
    opened = asked(msgspec.structs.replace(errand, rate=rate))
    return Served(closed, opened, used * 1000 / closed.asked, cpu.all_memory(process), cold)


def asked(errand: Errand) -> Pace:
    """The asking is done in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(msgspec.json.encode(errand))
        file.flush()
        command = [sys.executable, "-m", "infra.load.asking", file.name]
        asked = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(asked.stdout, type=Pace)


def _cold_start(city: City, cookie: str, body: str) -> float:
    """Seconds from the start of a further web process to its first home."""
    port = free_port()
    began = time.monotonic()
    with running(["bff", "web"], {**city.environment, "PORT": str(port)}, subprocess.DEVNULL) as process:
        wait_for(f"http://localhost:{port}/healthz", process)
        _answer(f"http://localhost:{port}/graphql", cookie, body, Origin=city.origin)
        return time.monotonic() - began


@contextmanager
def _all_hang(city: City, documents: Documents, cookies: Sequence[str]) -> Iterator[None]:
    """Every source of every resident has just been asked anew, and none says a word."""
    refresh = documents.body("subscription RefreshHome", anew=True)
    switches = httpx.get(f"{city.sandbox}/_faults", headers={"Accept": "application/json"}).json()
    sources = [switch for switch in switches if switch not in ("identity", "push", "time_stamps")]
    with ThreadPoolExecutor(len(cookies)) as beside:
        for source in sources:
            httpx.post(f"{city.sandbox}/_faults/{source}", json={"mode": "silent"}).raise_for_status()
        for cookie in set(cookies):
            beside.submit(_answer, f"{city.origin}/graphql", cookie, refresh, Accept="text/event-stream")
        try:
            yield
        finally:
            for source in sources:
                httpx.post(f"{city.sandbox}/_faults/{source}", json={"mode": "ok"})


@contextmanager
def _plain(answer: bytes, folder: Path) -> Iterator[tuple[str, int, float]]:
    """Where it answers, its process, and how long its start took."""
    (folder / "answer").write_bytes(answer)
    port, began = free_port(), time.monotonic()
    environment = {**os.environ, "PLAIN_ANSWER": str(folder / "answer")}
    with running(["infra.load.plain", str(port)], environment, subprocess.DEVNULL) as server:
        wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/", server.pid, time.monotonic() - began


def _answer(url: str, cookie: str, body: str, **more: str) -> bytes:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    headers = {"Cookie": cookie, "Content-Type": "application/json", "Origin": origin, TOKEN: token_of(cookie)}
    return httpx.post(url, content=body, headers={**headers, **more}, timeout=30).raise_for_status().content


def rows(homes: Homes) -> list[tuple[str, float, float, float | None]]:
    """What, ours, the limit, the peer."""

    def row(what: str, of: Callable[[Served], float]) -> tuple[str, float, float, float | None]:
        return what, of(homes.home), of(homes.limit), None if homes.peer is None else of(homes.peer)

    return [
        row("answers/s a core", lambda one: one.per_core),
        row("  CPU, ms an answer", lambda one: one.cpu_ms),
        row("  answers/s by the clock, 8 at once", lambda one: one.closed.per_second),
        row(f"  p50, ms, {homes.rate:.0f} people a second", lambda one: one.open.p50_ms),
        row("  p95, ms", lambda one: one.open.p95_ms),
        row("  p99, ms", lambda one: one.open.p99_ms),
        ("  p95 while all sources hang, ms", homes.hanging.p95_ms, homes.limit.open.p95_ms, None),
        row("memory after it, MB", lambda one: one.memory_mb),
        row("cold start to the first answer, s", lambda one: one.cold_s),
    ]
