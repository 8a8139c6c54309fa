"""`python -m bff secrets list | rewrap`: which secrets are in use and how old, never what they are; and the master key.

To change that while it works: put a new `id:key` behind the old one in KURASHIMADO_MASTER_KEYS (or its file) and
restart every process, one after another: now all of them read it. Then put it before the old one and restart them
again: whoever logs in is wrapped under it. `rewrap` until nothing is left under the old id (it may be broken off and
begun again), then take the old one out and restart. A backup made before wants it (`infra/operations/restore.md`).
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections import Counter as Tally
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

from bff import db as database
from bff import settings, wiring
from bff.identity import client_keys, rewrapping
from bff.identity.keys import KeyRing, Unreadable
from bff.paper import store as papers
from bff.school import store as schools
from bff.settings import Settings

WARNINGS = {
    "OIDC_KEYS": "`python -m bff keys announce`, `rotate`, `retire`",
    "VAPID_KEY": "a new key ends every push subscription: each phone must be opened once to be reached again",
    "HANDOVER_KEYS": "the first signs, all are published: put a new file first, take the old one out after two hours",
    "PAIRWISE_SECRET": "put a new version first; ids that were given out keep the version they were made with",
}


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 2 a master key that is still needed is not in the settings."""
    asked = _asked(arguments)
    chosen = settings.read(os.environ)
    try:
        print(asyncio.run(_listed(chosen) if asked.act == "list" else _rewrapped(chosen)))
    except Unreadable as wrong:
        print(f"kurashimado: {wrong}")
        return 2
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bff secrets", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="ids and ages, and how much still hangs on each master key")
    acts.add_parser("rewrap", help="every resident's data key under the newest master key")
    return parser.parse_args(arguments)


async def _listed(chosen: Settings) -> str:
    db = database.connect(chosen.database_url, 1)
    try:
        async with db.house() as conn:
            around = (
                Tally(await rewrapping.counted(conn))
                + Tally(await papers.around(conn))
                + Tally(await schools.around(conn))
            )
    finally:
        await db.close()
    ids = [name for name, _ in chosen.master_keys]
    lines = [f"MASTER_KEYS {name}: around {around.get(name, 0)} data keys" for name in ids]
    lines += [f"MASTER_KEYS {name}: MISSING, around {many}" for name, many in around.items() if name not in ids]
    lines += [f"PAIRWISE_SECRET {name}" for name, _ in chosen.pairwise_secrets]
    files = {
        "OIDC_KEYS": client_keys.files_of(chosen.oidc_keys),
        "HANDOVER_KEYS": chosen.handover_keys,
        "VAPID_KEY": [chosen.vapid_key],
        "EVIDENCE_KEY": [chosen.evidence_key],
        "EXCHANGE_KEY": [chosen.exchange_key],
    }
    lines += [f"{name} {file.name}: {_age(file)}" for name, paths in files.items() for file in paths]
    certificates = {
        "EVIDENCE_CERTIFICATE": chosen.evidence_certificate,
        "EXCHANGE_CERTIFICATE": chosen.exchange_certificate,
        "INLET_CERTIFICATE": chosen.inlet_certificate,
        "SEAL_CERTIFICATE": chosen.signing.seal_certificate,
    }
    lines += [f"{name} {file.name}: {_end(file)}" for name, file in certificates.items()]
    return "\n".join([*lines, *(f"{name}: {warning}" for name, warning in WARNINGS.items())])


async def _rewrapped(chosen: Settings) -> str:
    db, current = database.connect(chosen.database_url, 1), chosen.master_keys[0][0]
    keys, done = KeyRing(dict(chosen.master_keys), current, os.urandom), 0
    try:
        while True:
            async with db.house() as conn:
                some = await rewrapping.rewrap_some(conn, keys, current)
                some += await papers.rewrap_some(conn, keys, current)
                some += await schools.rewrap_some(conn, keys, current)
            if not some:
                return f"{done} data keys are wrapped anew; all are under {current}"
            done += some
    finally:
        await db.close()


def _end(file: Path) -> str:
    """Of the first in the file, which is ours."""
    try:
        ends = x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return "not there"
    days = (ends - wiring.now()).days
    return f"ends in {days} days" if days >= 0 else f"ENDED {-days} days ago: whoever asks for it is told nothing"


def _age(file: Path) -> str:
    try:
        made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return "not there"
    return f"{(wiring.now() - made).days} days old"
