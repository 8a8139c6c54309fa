"""`make bench`: what a home, a refresh, a push, an audience and an inbox cost here and now, beside limits measured in
the same run, as one table. Ratios travel between machines, figures a second do not.

`python -m infra.load.bench --only home,push` measures less.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import Final

from infra.load import birth, fanout, homes, mail, phone, pushes
from infra.load.city import City, demo_city
from infra.load.homes import Homes
from infra.load.pushes import Pushes

Row = tuple[str, float, float | None, float | None]
"""What, ours, the limit, the peer."""
IN_A_CITY: Final[Mapping[str, Callable[[City], str]]] = {
    # First, since whoever is measured after it has decided about consents already.
    "birth": lambda city: birth.table(birth.measure(city)),
    "phone": lambda city: phone.table(phone.measure(city)),
    "home": lambda city: of_homes(homes.measure(city)),
    "push": lambda city: of_pushes(pushes.measure(city)),
    "mail": lambda city: mail.table(mail.measure(city.database_url)),
}
ALONE: Final[Mapping[str, Callable[[], str]]] = {
    "fanout": lambda: fanout.table(fanout.measure()),
    # By modules that may import ours: the sender alone and, beside the figures of time, what a person has to do.
    "sending": lambda: _of_module("infra.measured.sending"),
    "typed": lambda: _of_module("infra.catalogue.typed"),
}
SHOWN: Final = ("home", "fanout", "push", "sending", "mail", "phone", "birth", "typed")
"""In this order, whatever was measured first."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.load.bench", description=__doc__)
    parser.add_argument("--only", default=",".join(SHOWN), help=f"some of {', '.join(SHOWN)}, with commas between")
    wanted = parser.parse_args(arguments).only.split(",")
    if strange := set(wanted) - set(SHOWN):
        parser.error(f"no part {', '.join(sorted(strange))}; there are {', '.join(SHOWN)}")
    began = time.monotonic()
    told = measured(wanted)
    heads = f"{'':<42}{'ours':>10}{'limit':>10}{'of limit':>10}{'Node':>10}{'of Node':>10}"
    print("\n".join([heads, *(told[part] for part in SHOWN if part in told)]))
    print(f"measured in {time.monotonic() - began:.0f} s on {machine()}, loopback, one web process and one worker")


def measured(wanted: Iterable[str]) -> dict[str, str]:
    """The lines of each part; what can be measured without a city comes first, while no city asks for the processor."""
    told = {part: _noted(part, measure) for part, measure in ALONE.items() if part in wanted}
    with ExitStack() as city_gone:
        inside = [part for part in IN_A_CITY if part in wanted]
        city = city_gone.enter_context(demo_city()) if inside else None
        for part in inside:
            assert city is not None
            told[part] = _noted(part, lambda city=city, part=part: IN_A_CITY[part](city))  # type: ignore[misc]
    return told


def _noted(part: str, measure: Callable[[], str]) -> str:
    began = time.monotonic()
    lines = measure()
    sys.stderr.write(f"{part}: {time.monotonic() - began:.0f} s\n")
    return lines


def machine() -> str:
    """By its size alone."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB"


def of_homes(found: Homes) -> str:
    lines = [f"home from kept facts, {found.size:,} bytes", *_lines(homes.rows(found))]
    lines.append(
        "  its limit: the same bytes from plain ASGI; people come at a set rate, and wait from when they meant to"
    )
    if found.peer is None:
        return "\n".join([*lines, "  Node: not installed (make bench installs it)"])
    alike = "the same answers" if found.alike else "NOT the same answers"
    return "\n".join([*lines, f"  Node: fastify, mercurius and pg over the same facts, {alike}; it judges nothing"])


def of_pushes(found: Pushes) -> str:
    rows: list[Row] = [
        ("messages/s a worker core", found.by_core, found.ceiling, None),
        ("  by the clock", found.by_clock, found.ceiling, None),
    ]
    before, most = found.memory
    end = (
        f"  its limit: the bare primitives on one core; the worker's memory: {before:.0f} MB before, {most:.0f} at most"
    )
    return "\n".join([f"push, {found.messages:,} messages through database and worker", *_lines(rows), end])


def _lines(rows: Iterable[Row]) -> list[str]:
    return [
        f"  {what:<40}{_short(ours)}{_short(limit)}{_share(ours, limit)}{_short(peer)}{_share(ours, peer)}"
        for what, ours, limit, peer in rows
    ]


def _short(figure: float | None) -> str:
    if figure is None:
        return " " * 10
    return f"{figure:>10,.0f}" if figure >= 100 else f"{figure:>10.2f}"


def _share(ours: float, other: float | None) -> str:
    return f"{ours / other:>10.3f}" if other else " " * 10


def _of_module(module: str) -> str:
    return subprocess.run([sys.executable, "-m", module], check=True, stdout=subprocess.PIPE, text=True).stdout.rstrip()


if __name__ == "__main__":
    main(sys.argv[1:])
