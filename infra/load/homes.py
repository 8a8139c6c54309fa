"""Home from kept facts, asked of the real web process, against the same bytes from a plain server in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import msgspec

from infra.load import cpu
from infra.load.asking import Errand, Pace
from infra.load.city import City, free_port, running, wait_for
from infra.load.documents import Documents, built
from infra.load.residents import TOKEN, settle, token_of

AT_ONCE = 8
SECONDS = 5.0
LIMIT_SECONDS = 3.0


@dataclass(frozen=True)
class Served:
    """`cpu_ms`: of the web server's processes, an answer."""

    pace: Pace
    cpu_ms: float


@dataclass(frozen=True)
class Homes:
    """`size`: bytes of the home that both were measured with; `hanging`: while every source is asked and is silent."""

    home: Served
    limit: Served
    hanging: Served
    size: int


def measure(city: City) -> Homes:
    documents = built()
    body = documents.body("query ShowHome")
    cookies = settle(city, documents, AT_ONCE)
    url = f"{city.origin}/graphql"
    home = served(city.web, Errand(url, tuple(cookies), body, SECONDS))
    answer = _median([_answer(url, cookie, body) for cookie in cookies])
    with _all_hang(city, documents, cookies):
        hanging = served(city.web, Errand(url, tuple(cookies), body, LIMIT_SECONDS))
    return Homes(home, _limit(answer, body), hanging, len(answer))


def served(server: int, errand: Errand) -> Served:
    """The asking is done in a process of its own. Processor time is counted over warming and run alike."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(msgspec.json.encode(errand))
        file.flush()
        before = cpu.seconds(server)
        asked = subprocess.run(
            [sys.executable, "-m", "infra.load.asking", file.name], stdout=subprocess.PIPE, check=True
        )
    used = cpu.seconds(server) - before
    pace = msgspec.json.decode(asked.stdout, type=Pace)
    return Served(pace, used * 1000 / pace.asked)


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


def _limit(answer: bytes, body: str) -> Served:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "answer").write_bytes(answer)
        environment = {**os.environ, "PLAIN_ANSWER": str(Path(folder) / "answer")}
        with running(["infra.load.plain", str(port)], environment, subprocess.DEVNULL) as server:
            wait_for(f"http://127.0.0.1:{port}/", server)
            errand = Errand(f"http://127.0.0.1:{port}/", ("none=",) * AT_ONCE, body, LIMIT_SECONDS)
            return served(server.pid, errand)


def _answer(url: str, cookie: str, body: str, **more: str) -> bytes:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    headers = {"Cookie": cookie, "Content-Type": "application/json", "Origin": origin, TOKEN: token_of(cookie)}
    return httpx.post(url, content=body, headers={**headers, **more}, timeout=30).raise_for_status().content


def _median(answers: Sequence[bytes]) -> bytes:
    return sorted(answers, key=len)[len(answers) // 2]
