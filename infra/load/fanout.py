"""What the exchange adds to the slowest source of a refresh: sources in one process, the house in another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from infra.load.runs import Measured, Run, Setting
from infra.sandbox.exchange.certificates import Root

SOURCES = (12, 20, 36)
RATES = (50.0, 200.0, 400.0)
COLLAPSED = 0.05
"""Share of calls without an answer from which on no time says anything."""
LEAVES_MS = 20.0
"""The knee is the rate at which the overhead (p95) leaves this."""
HOPELESS_MS = 1000.0
"""Beyond it a higher rate is not tried: the queue only grows."""
DEADLINE = 0.8
SECONDS = 2.5
BESIDE = ("house", "aiohttp", "httpx")
ANSWER = {
    "ward": "131032",
    "address": "東京都港区芝浦三丁目9番14号",
    "postal_code": "1080023",
    "since": "2022-04-03",
    "members": [
        {
            "person": f"m-100{number}",
            "me": number == 1,
            "name": f"佐藤 {name}",
            "kana": "サトウ カナ",
            "birth_date": born,
            "sex": "female",
            "relation": relation,
        }
        for number, (name, born, relation) in enumerate(
            [("はな", "1990-05-02", "head"), ("健太", "1988-11-20", "spouse"), ("そら", "2019-10-11", "child")], 1
        )
    ],
}
"""A household of three, as a ward's register tells it."""


@dataclass(frozen=True)
class Fanout:
    """By number of sources and rate; the knee by number of sources (at least, when it was not reached); by what lies
    under the exchange; with mutual TLS; `late_ms`: p95 by which the sources themselves were late."""

    cells: dict[tuple[int, float], Measured]
    knees: dict[int, float]
    beside: dict[str, Measured]
    secured: Measured
    cut: Measured
    late_ms: float


class Measuring:
    """The measuring process, one run after another."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def __call__(self, run: Run) -> Measured:
        """Raises `RuntimeError` when the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(run) + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the measuring process ended")
        return msgspec.json.decode(line, type=Measured)


@dataclass(frozen=True)
class Load:
    """How much is tried; `halvings` of the span in which a knee lies."""

    sources: Sequence[int] = SOURCES
    rates: Sequence[float] = RATES
    seconds: float = SECONDS
    halvings: int = 2


def measure(load: Load | None = None) -> Fanout:
    load = load or Load()
    least = Run(load.sources[0], load.rates[0], load.seconds)
    with tempfile.TemporaryDirectory(prefix="km-fanout-") as folder, _sources(Path(folder), None) as url:
        with _measuring(Setting(url, processor=_processors()[0])) as of:
            cells = _cells(of, load)
            knees = {number: _knee(of, number, cells, load) for number in load.sources}
            cut = of(msgspec.structs.replace(least, within=DEADLINE))
            beside = {name: of(msgspec.structs.replace(least, under=name)) for name in BESIDE}
        with urllib.request.urlopen(f"{url}/late", timeout=5) as told:
            late = json.loads(told.read())["p95"]
    return Fanout(cells, knees, beside, _secured(least), cut, late)


def _cells(of: Measuring, load: Load) -> dict[tuple[int, float], Measured]:
    cells: dict[tuple[int, float], Measured] = {}
    for number in load.sources:
        for rate in load.rates:
            cells[number, rate] = of(Run(number, rate, load.seconds))
            if cells[number, rate].over_p95 > HOPELESS_MS or cells[number, rate].unanswered > COLLAPSED:
                break
    return cells


def _knee(of: Measuring, number: int, cells: dict[tuple[int, float], Measured], load: Load) -> float:
    """Between the last rate that was borne and the first that was not; 0: below all that was tried."""
    tried = {rate: _is_borne(one) for (sources, rate), one in cells.items() if sources == number}
    good = max((rate for rate, borne in tried.items() if borne), default=0.0)
    bad = min((rate for rate in tried if rate > good), default=good)
    for _ in range(load.halvings if bad > good else 0):
        middle = (good + bad) / 2
        if _is_borne(of(Run(number, middle, load.seconds))):
            good = middle
        else:
            bad = middle
    return good


def _is_borne(one: Measured) -> bool:
    return one.over_p95 <= LEAVES_MS and one.unanswered < COLLAPSED


def _secured(run: Run) -> Measured:
    with tempfile.TemporaryDirectory(prefix="km-fanout-") as made:
        keys, root = Path(made) / "keys", Root.made()
        root.own.write(keys, "root")
        root.own.write(keys, "clients")
        root.certifies("ours").write(keys, "ours")
        root.certifies("sources", {"127.0.0.1"}).write(keys, "server")
        with (
            _sources(Path(made), keys) as url,
            _measuring(Setting(url, keys=str(keys), processor=_processors()[0])) as of,
        ):
            return of(run)


@contextmanager
def _sources(folder: Path, keys: Path | None) -> Iterator[str]:
    """Where they listen; kept off the measuring process's processor when there is another."""
    (folder / "answer").write_text(json.dumps(ANSWER, ensure_ascii=False), "utf-8")
    command = [sys.executable, "-m", "infra.load.sources", str(folder / "answer"), *([str(keys)] if keys else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            os.sched_setaffinity(process.pid, set(_processors()[1:] or _processors()))
            assert process.stdout is not None
            yield f"{'https' if keys else 'http'}://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


@contextmanager
def _measuring(setting: Setting) -> Iterator[Measuring]:
    command = [sys.executable, "-m", "infra.measure.fanout"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(setting) + b"\n")
        yield Measuring(process)
        process.stdin.close()


def _processors() -> Sequence[int]:
    return sorted(os.sched_getaffinity(0))


def table(fanout: Fanout) -> str:
    """A line each; what lay beyond hope is not in it."""
    heads = ("refreshes", "over p50", "p95", "p99", "first p95", "CPU, ms", "MB", "unanswered")
    lines = [f"{'sources x refreshes/s':<26}" + "".join(f"{head:>11}" for head in heads)]
    lines += [_line(f"{number} x {rate:.0f}", one) for (number, rate), one in fanout.cells.items()]
    least = "{} x {:.0f}".format(*next(iter(fanout.cells)))
    lines += [_line(f"{least}, {name}", one) for name, one in fanout.beside.items()]
    lines.append(_line(f"{least}, mutual TLS", fanout.secured))
    knees = ", ".join(f"{number} sources {rate:.0f}/s" for number, rate in fanout.knees.items())
    lines.append(f"rate at which p95 leaves {LEAVES_MS:.0f} ms, at least: {knees}")
    lines.append(f"a deadline of {DEADLINE * 1000:.0f} ms, p99: {fanout.cut.cut_p99 / DEADLINE / 1000:.3f} of it")
    lines.append("refreshes: ms beyond the slowest source of each, in open arrivals on one core, database left out;")
    lines.append("  sources take 40 to 120 ms, 1 in 100 takes 2 s; they were themselves late by")
    lines[-1] += f" {fanout.late_ms:.1f} ms (p95)"
    return "\n".join(lines)


def _line(what: str, one: Measured) -> str:
    times = (one.over_p50, one.over_p95, one.over_p99, one.first_p95)
    told = "".join(f"{each:>11,.1f}" if one.unanswered < COLLAPSED else f"{'collapsed':>11}" for each in times)
    told += f"{one.cpu:>11,.1f}{one.memory_mb:>11,.0f}"
    return f"{what:<26}{one.refreshes:>11,}{told}{one.unanswered:>11.3f}"


if __name__ == "__main__":
    print(table(measure()))
