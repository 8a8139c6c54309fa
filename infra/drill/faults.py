"""What is broken, one after another. Each says what was done, what a resident saw, and what was lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from infra.drill.life import SUBMIT, Resident, Unanswered, application, going_on, lost
from infra.drill.town import NEW, OLD, Town

LIVES_S: Final = 4.0
PATIENCE_S: Final = 90.0
SOURCES: Final = "{ viewer { home { sources { id state asOf } } } }"
DOOR: Final = "-c app.door=house -c app.resident= -c app.ward= -c app.school="


@dataclass(frozen=True)
class Line:
    """`lost`: nothing when empty."""

    fault: str
    done: str
    saw: str
    lost: Sequence[str]


def postgres_killed(town: Town, people: list[Resident]) -> Line:
    with going_on(people):
        time.sleep(LIVES_S)
        town.postgres_dies(signal.SIGKILL)
        time.sleep(LIVES_S)
        town.postgres_is_back()
        time.sleep(LIVES_S)
        done = f"SIGKILL to all of it, away 4 s{by_hand(town)}"
    return Line("PostgreSQL killed under load", done, seen(people), lost(people))


def postgres_restarted(town: Town, people: list[Resident]) -> Line:
    with going_on(people):
        time.sleep(LIVES_S)
        town.postgres_dies(signal.SIGINT)
        town.postgres_is_back()
        time.sleep(LIVES_S)
        done = f"fast shutdown, started again{by_hand(town)}"
    return Line("PostgreSQL restarted under load", done, seen(people), lost(people))


def worker_killed(town: Town, people: list[Resident]) -> Line:
    """While what she sent is on its way to her ward, which is slow just now."""
    hana = people[0]
    wanted = (step for step in hana.steps() if step["form"] and step["id"].startswith("child_allowance_change"))
    sent = application(next(wanted))
    town.mode("counter", "slow")
    with going_on(people[1:]):
        told = hana.asks(SUBMIT, input=sent)["submitApplication"]
        time.sleep(1)
        town.kills("worker")
        again = hana.asks(SUBMIT, input=sent)["submitApplication"]
        town.mode("counter", "ok")
        town.starts("worker")
        arrived = until(lambda: rows(town, "SELECT 1 FROM applications WHERE ward_number IS NOT NULL"))
    missing = lost(people) + ([] if arrived else ["her application did not reach the ward"])
    if len(rows(town, "SELECT 1 FROM applications")) != 1 or told != again:
        missing.append("her application was taken twice")
    what = f"her receipt {told.get('receiptNumber', told)} at once; then as before: {seen(people[1:])}"
    return Line("worker killed", "SIGKILL with an application on its way, sent once more by her phone", what, missing)


def web_killed(town: Town, people: list[Resident]) -> Line:
    with going_on(people):
        time.sleep(LIVES_S)
        town.kills("web_2")
        time.sleep(LIVES_S)
        town.starts("web_2")
    return Line("one of two web processes killed", "SIGKILL, away 4 s", seen(people), lost(people))


def source_lies(town: Town, people: list[Resident]) -> Line:
    """Every service of her ward answers with something that it never said it would."""
    hana = people[0]
    before = {one["id"]: one["asOf"] for one in hana.asks(SOURCES)["viewer"]["home"]["sources"]}
    services = httpx_faults(town)
    for service in services:
        town.mode(service, "garbage")
    hana.refreshes()
    after = {one["id"]: one for one in hana.asks(SOURCES)["viewer"]["home"]["sources"]}
    for service in services:
        town.mode(service, "ok")
    missing = [f"{id} of {at}" for id, at in before.items() if at and after[id]["asOf"] != at]
    gaps = sum(one["state"] != "FRESH" for one in after.values())
    what = f"her home as before, each of {len(after)} sources with its time; {gaps} said to be silent"
    return Line("sources lie", f"{len(services)} services answer garbage", what, missing)


def time_stamps_away(town: Town, people: list[Resident]) -> Line:
    unstamped = (
        "SELECT count(*) FROM evidence_links WHERE place > (SELECT coalesce(max(place), 0) FROM evidence_stamps)"
    )
    town.mode("time_stamps", "error")
    with going_on(people):
        people[0].refreshes()
        until(lambda: int(rows(town, unstamped)[0][0]) > 0)
    waiting = rows(town, unstamped)[0][0]
    town.mode("time_stamps", "ok")
    covered = until(lambda: int(rows(town, unstamped)[0][0]) == 0)
    told = town.does("evidence", "verify").strip().splitlines()[-1]
    missing = [] if covered and told.endswith("whole") else [told]
    what = f"nothing of it: {seen(people)}; {waiting} records waited for their stamp, then: {told}"
    return Line("time-stamp authority away", "503 for a minute and more", what, missing + lost(people))


def master_key_rotated(town: Town, people: list[Resident]) -> Line:
    with going_on(people):
        for keys in (f"{OLD},{NEW}", f"{NEW},{OLD}"):
            town.environment["KURASHIMADO_MASTER_KEYS"] = keys
            for name in ("web", "web_2", "worker"):
                town.restarts(name)
        told = town.does("secrets", "rewrap").strip()
        town.environment["KURASHIMADO_MASTER_KEYS"] = NEW
        for name in ("web", "web_2", "worker"):
            town.restarts(name)
    left = rows(town, "SELECT 1 FROM residents WHERE key_id <> 'new'")
    missing = lost(people) + [f"{len(left)} keys under the old master key"] * bool(left)
    return Line("master key rotated in service", f"behind, before, rewrap ({told}), old one out", seen(people), missing)


def disk_full(town: Town, people: list[Resident]) -> Line:
    filler = town.var / "filler"
    with going_on(people):
        time.sleep(1)
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(1 << 20))
        time.sleep(2 * LIVES_S)
        filler.unlink()
        town.postgres_is_back()
        time.sleep(LIVES_S)
        done = f"the file system of PostgreSQL without a byte for 8 s{by_hand(town)}"
    return Line("disk full", done, seen(people), lost(people))


def backup_from_a_killed_house(town: Town, people: list[Resident]) -> Line:
    """All at once, while everybody writes: a backup is taken, read to its end, and nothing else is noticed."""
    folder = Path(f"{town.var}-backup")
    with going_on(people):
        made = town.does("backup", str(folder))
    told = town.does("restore", str(folder), "--check").strip()
    shutil.rmtree(folder, ignore_errors=True)
    missing = [] if "nothing was done" in told else [made, told]
    return Line("a backup under load", "backup, restore --check", seen(people), missing + lost(people))


DRILLS: Final[Sequence[Callable[[Town, list[Resident]], Line]]] = (
    worker_killed,
    web_killed,
    postgres_restarted,
    postgres_killed,
    source_lies,
    time_stamps_away,
    master_key_rotated,
    backup_from_a_killed_house,
    disk_full,
)


def by_hand(town: Town) -> str:
    """Which processes did not outlive it and were started anew, as whatever looks after them in service does."""
    ended = town.looks_after()
    return f"; ended by itself and started anew: {', '.join(ended)}" if ended else ""


def seen(people: Sequence[Resident]) -> str:
    """How phones were answered, and the longest that one was not."""
    whole: dict[str, int] = {}
    for one in people:
        for what, many in one.saw.items():
            whole[what] = whole.get(what, 0) + many
    waited = max((one.longest_wait for one in people), default=0.0)
    told = ", ".join(f"{many} × {what}" for what, many in sorted(whole.items(), key=lambda one: -one[1]))
    return f"{told}; longest without an answer {waited:.0f} s"


def rows(town: Town, query: str) -> list[Any]:
    with psycopg.connect(town.database_url, options=DOOR) as conn:
        return list(conn.execute(query.encode()))


def until(holds: Callable[[], object]) -> bool:
    """Whether it came to hold in time."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError, Unanswered):
            if holds():
                return True
        time.sleep(0.3)
    return False


def httpx_faults(town: Town) -> list[str]:
    """The services that her home is made of."""
    import httpx

    known = httpx.get(f"{town.sandbox}/_faults", headers={"Accept": "application/json"}, timeout=10).json()
    beside = {"benefits", "card", "identity", "mail", "outside_ids", "push", "signing", "sms", "time_stamps"}
    return sorted(set(known) - beside)


@contextmanager
def small_disk(var: Path, megabytes: int) -> Any:
    """A file system of its own, so that it can be full: wants root and Linux. Yields whether it is one."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(var)]
    mounted = os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(var)], check=False)  # noqa: S603, S607


def as_json(lines: Sequence[Line]) -> str:
    return json.dumps([line.__dict__ for line in lines], ensure_ascii=False, indent=1)
