"""`python -m bff flow list | run | status`: the five ways by hand, for whoever runs the house."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections import Counter
from uuid import uuid4

from bff import settings, wiring
from bff.exchange.ways import runs
from bff.exchange.ways.flow import Flow, flows
from bff.home.flows import Begin, NotBegun
from bff.wiring import House


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 1 it may not begin."""
    parser = argparse.ArgumentParser(prog="python -m bff flow", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="every flow there is")
    acts.add_parser("status", help="the newest runs, and how many recipients stand how")
    run = acts.add_parser("run", help="begin one; the worker does the rest")
    run.add_argument("flow", choices=sorted(flows()))
    run.add_argument("--ward", help="the ward in whose name it begins, by its code")
    run.add_argument("--receipt", default="", help="of the application a custom flow rests on")
    run.add_argument("--key", default="", help="under the same key it begins once")
    asked = parser.parse_args(arguments)
    if asked.act == "list":
        print("\n".join(f"{flow.id}: {flow.way}, {flow.schedule}; {flow.name}" for flow in flows().values()))
        return 0
    house = wiring.build(settings.read(os.environ))
    if asked.act == "status":
        print(asyncio.run(_status(house)))
        return 0
    wish = Begin(uuid4(), asked.key or str(uuid4()), "運営者", asked.ward, asked.receipt)
    try:
        begun = asyncio.run(_begun(house, flows()[asked.flow], wish))
    except NotBegun as refused:
        print(f"not begun: {refused.code}", file=sys.stderr)
        return 1
    print(f"begun: {wish.id}" if begun else "has begun under this key already")
    return 0


async def _begun(house: House, flow: Flow, wish: Begin) -> bool:
    try:
        async with house.db.house() as conn:
            return await house.begin_flow(conn, flow, wish)
    finally:
        await house.close()


async def _status(house: House) -> str:
    lines = []
    try:
        async with house.db.house() as conn:
            for run in await runs.newest(conn, 20):
                count = Counter(one.state for one in await runs.deliveries_of(conn, run.id))
                told = ", ".join(f"{state} {number}" for state, number in sorted(count.items()))
                how = "stopped" if run.stopped_at else "ended" if run.ended_at else "under way"
                lines.append(f"{run.id} {run.flow} {run.started_at.isoformat(timespec='seconds')} {how}: {told}")
    finally:
        await house.close()
    return "\n".join(lines) or "no run yet"
