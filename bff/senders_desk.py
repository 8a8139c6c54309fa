"""`python -m bff sender list | key | revoke`: who may send through the Sender API, and their keys.

`key` makes the sender when there is none of that id, and prints its key and webhook secret: the key this once.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import getpass
import os
import sys
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff import settings, wiring
from bff.outgoing import origin_of
from bff.senders import keys
from bff.senders.keys import SCOPES, NotASender
from bff.settings import Settings
from life_events import Text


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 2 what was asked for cannot be."""
    asked = _asked(arguments)
    try:
        print(asyncio.run(_done(settings.read(os.environ), asked)))
    except (NotASender, ValueError) as wrong:
        print(f"kurashimado: {wrong}", file=sys.stderr)
        return 2
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bff sender", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="senders and their keys, never what they are")
    key = acts.add_parser("key", help="a new key, printed this once")
    whose = "ward:131032, school:131032:芝浜小学校 (as its roster calls it), nation:name or private:name"
    key.add_argument("sender", help=whose)
    key.add_argument("--label", required=True, help="which system holds it")
    key.add_argument("--scope", action="append", choices=SCOPES, required=True)
    key.add_argument("--trial", action="store_true", help="reaches pretend recipients alone")
    key.add_argument("--name", help="as residents read it, for a new sender")
    key.add_argument("--url", help="where it is told what became of its events")
    key.add_argument("--by", default=getpass.getuser())
    revoke = acts.add_parser("revoke", help="a key opens nothing any more")
    revoke.add_argument("key", type=UUID, help="its id, as list says it")
    return parser.parse_args(arguments)


async def _done(chosen: Settings, asked: argparse.Namespace) -> str:
    db = database.connect(chosen.database_url, 1)
    try:
        async with db.house() as conn:
            if asked.act == "key":
                return await _key(conn, chosen, asked)
            if asked.act == "revoke":
                if not await keys.revoke(conn, asked.key, wiring.now()):
                    raise ValueError(f"{asked.key}: there is no such key that holds")
                return "revoked"
            lines = []
            for sender in await keys.listed(conn):
                lines.append(f"{sender.id} {sender.name.ja} {sender.url or '-'}")
                for one in await keys.keys_of(conn, sender.id):
                    state = "revoked" if one.revoked_at else "trial" if one.trial else "live"
                    lines.append(f"  {one.id} {state} {','.join(sorted(one.scopes))} {one.label}")
            return "\n".join(lines) or "no sender"
    finally:
        await db.close()


async def _key(conn: AsyncConnection, chosen: Settings, asked: argparse.Namespace) -> str:
    now, known = wiring.now(), await keys.sender_of(conn, asked.sender)
    if asked.url and (not origin_of(asked.url) or (chosen.production and not asked.url.startswith("https://"))):
        raise ValueError("--url must be an address, and https in production")
    if known is None and not asked.name:
        raise ValueError(f"{asked.sender} is new: say its --name")
    name = Text(ja=asked.name, easy=asked.name, en=asked.name) if asked.name else known.name if known else None
    assert name is not None
    url = asked.url or (known.url if known else None)
    sender = await keys.keep_sender(conn, asked.sender, name=name, url=url, now=now)
    told = {"label": asked.label, "scopes": asked.scope, "trial": asked.trial, "by": asked.by}
    key = await keys.make_key(conn, sender, id=uuid4(), now=now, **told)
    secret = keys.webhook_secret(chosen.pairwise_secrets[-1][1], sender.id)
    return f"key: {key}\nwebhook secret: whsec_{base64.b64encode(secret).decode()}"
