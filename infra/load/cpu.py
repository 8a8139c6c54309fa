"""Processor time and memory of a process and all below it, as Linux counts it in /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
UTIME, CHILDREN_STIME = 11, 15
"""Places after the name in /proc/PID/stat: user, system, and both of the children that have ended (proc(5))."""


def seconds(process: int) -> float:
    """Processor seconds of `process` and its descendants so far; 0 for one that has ended."""
    return sum(_own(each) for each in (process, *descendants(process)))


def memory(process: int, *, highest: bool = False) -> float:
    """Megabytes resident now, or at most so far; 0 for a process that has ended."""
    name = "VmHWM:" if highest else "VmRSS:"
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    return 0.0


def all_memory(process: int) -> float:
    """Megabytes of `process` and its descendants now, what they share counted once."""
    return sum(_share(each) for each in (process, *descendants(process)))


def _share(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return memory(process)


def descendants(process: int) -> list[int]:
    """Ids of the living processes below `process`, its own excluded."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *descendants(child)]
    return found


def called_with(process: int, *arguments: str) -> int:
    """The descendant of `process` whose command line holds `arguments` in a row; raises `LookupError`."""
    wanted = "\0".join(arguments)
    for each in descendants(process):
        with suppress(OSError):
            if wanted in Path(f"/proc/{each}/cmdline").read_text():
                return each
    raise LookupError(f"no process {' '.join(arguments)}")


def _own(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[UTIME:CHILDREN_STIME])) / TICKS
