"""`python -m bff service list | off | on`: which services are stopped, and stopping one for every ward."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys

from bff import db as database
from bff import settings, wiring
from bff.connectors.street import manifests
from bff.exchange import switches
from bff.exchange.switches import EVERYWHERE, By


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 2 there is no such service or no reason."""
    asked = _asked(arguments)
    if asked.act != "list" and asked.service not in manifests():
        print(f"kurashimado: no such service: {asked.service}", file=sys.stderr)
        return 2
    try:
        print(asyncio.run(_done(asked)))
    except ValueError as wrong:
        print(f"kurashimado: {wrong}", file=sys.stderr)
        return 2
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bff service", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="what is switched off, by whom and why")
    off = acts.add_parser("off", help="ask it for nobody, in no ward, within seconds")
    on = acts.add_parser("on", help="ask it again; what a ward has stopped itself stays stopped there")
    for act in (off, on):
        act.add_argument("service", help="the id in its manifest")
        act.add_argument("--by", default=getpass.getuser(), help="who does it, for those who read it later")
    off.add_argument("--reason", required=True)
    return parser.parse_args(arguments)


async def _done(asked: argparse.Namespace) -> str:
    db, now = database.connect(settings.read(os.environ).database_url, 1), wiring.now()
    try:
        async with db.house() as conn:
            if asked.act == "off":
                by = By(None, asked.by)
                await switches.switch_off(conn, asked.service, EVERYWHERE, by=by, reason=asked.reason, now=now)
            elif asked.act == "on":
                await switches.switch_on(conn, asked.service, EVERYWHERE, by=By(None, asked.by), reason="", now=now)
            off = await switches.switched_off(conn)
    finally:
        await db.close()
    lines = [
        f"{one.source} {one.ward or 'everywhere'} since {one.since:%Y-%m-%d %H:%M} {one.by}: {one.reason}"
        for one in off
    ]
    return "\n".join(lines) or "every service is on"
