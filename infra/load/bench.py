"""`make bench`: what a home, a push and a refresh cost here and now, beside a limit measured in the same run.

Ratios travel between machines, figures a second do not.
"""

from __future__ import annotations

import subprocess
import sys
import time

from infra.load import birth, fanout, homes, mail, phone, pushes
from infra.load.city import demo_city
from infra.load.homes import Homes
from infra.load.pushes import Pushes


def main() -> None:
    began = time.monotonic()
    with demo_city() as city:
        walked = birth.measure(city)  # first, since whoever is measured after it has decided about consents already
        phones = phone.measure(city)
        home = homes.measure(city)
        push = pushes.measure(city)
        posted = mail.measure(city.database_url)
    print(table(home, push))
    print(mail.table(posted))
    print(birth.table(walked))
    print(phone.table(phones))
    print(fanout.table(fanout.measure()))
    # By modules that may import ours: the sender alone and, beside the figures of time, what a person has to do.
    for module in ("infra.measured.sending", "infra.catalogue.typed"):
        subprocess.run([sys.executable, "-m", module], check=True)
    print(f"measured in {time.monotonic() - began:.0f} s, on loopback, one web process and one worker")


def table(home: Homes, push: Pushes) -> str:
    """A line each: what is measured, its limit, and the share of the limit it reaches."""
    ours, limit = home.home, home.limit
    rows = [
        ("", "ours", "limit", "ratio"),
        row("home from kept facts, answers/s", ours.pace.per_second, limit.pace.per_second),
        row("  p50, ms", ours.pace.p50_ms, limit.pace.p50_ms),
        row("  p95, ms", ours.pace.p95_ms, limit.pace.p95_ms),
        row("  web CPU, ms an answer", ours.cpu_ms, limit.cpu_ms),
        row("  p95 while all sources hang, ms", home.hanging.pace.p95_ms, ours.pace.p95_ms),
        row("push, messages/s a worker core", push.by_core, push.ceiling),
        row("  messages/s by the clock", push.by_clock, push.ceiling),
    ]
    lines = [f"{what:<34}{one:>10}{other:>10}{ratio:>9}" for what, one, other, ratio in rows]
    lines.append(
        f"home: {homes.AT_ONCE} at once, {home.size:,} bytes; its limit: the same bytes from plain ASGI, and of"
    )
    lines.append("  the home while all sources hang the home when none was asked")
    lines.append(
        f"push: {push.messages:,} messages through database and worker; its limit: the bare primitives on one core"
    )
    lines.append("  the worker's memory, MB: {:.0f} before, {:.0f} at most".format(*push.memory))
    return "\n".join(lines)


def row(what: str, ours: float, limit: float) -> tuple[str, str, str, str]:
    return what, _short(ours), _short(limit), f"{ours / limit:.3f}"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"


if __name__ == "__main__":
    main()
