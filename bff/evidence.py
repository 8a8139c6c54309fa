"""`python -m bff evidence verify | export`: is the evidence whole, and a container of it for whoever may have it."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from cryptography import x509

from bff import db as database
from bff import settings, wiring
from bff.exchange.evidence.exporting import NothingToExport, Wanted, export
from bff.exchange.evidence.seal import Signer
from bff.exchange.evidence.stamping import NotStamped, roots_of
from bff.exchange.evidence.verifying import Report, verify
from bff.exchange.message_log import LOG_IS_KEPT
from bff.settings import Settings, SettingsRefused

LINKED_WITHIN = timedelta(minutes=5)
"""A record older than that must stand in the chain: it is linked every minute."""


def main(arguments: list[str]) -> int:
    """The exit status: 0 whole or written, 1 something is wrong with the evidence, 3 there is nothing to export."""
    parser = argparse.ArgumentParser(prog="python -m bff evidence", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("verify", help="go over every record, link and time stamp that is kept")
    out = acts.add_parser("export", help="write an ASiC-E container")
    whose = out.add_mutually_exclusive_group(required=True)
    whose.add_argument("--message", type=UUID, help="one exchange, by its message id")
    whose.add_argument("--resident", type=UUID, help="the newest stamped readings of one resident's data")
    out.add_argument("file", type=Path)
    chosen, asked = settings.read(os.environ), parser.parse_args(arguments)
    if asked.act == "verify":
        report = asyncio.run(_verified(chosen))
        print(_told(report))
        return 1 if report.faults else 0
    try:
        container = asyncio.run(_exported(chosen, Wanted(message=asked.message, resident=asked.resident)))
    except NothingToExport as nothing:
        print(nothing, file=sys.stderr)
        return 3
    asked.file.write_bytes(container)
    return 0


async def _verified(chosen: Settings) -> Report:
    db, now = database.connect(chosen.database_url, 1), wiring.now()
    try:
        async with db.house() as conn:
            return await verify(conn, _roots(chosen), before=now - LINKED_WITHIN, forgotten=now - LOG_IS_KEPT)
    finally:
        await db.close()


async def _exported(chosen: Settings, wanted: Wanted) -> bytes:
    db = database.connect(chosen.database_url, 1)
    try:
        async with db.house() as conn:
            return await export(conn, wanted, _signer(chosen), wiring.now())
    finally:
        await db.close()


def _roots(chosen: Settings) -> Sequence[x509.Certificate]:
    """None where there is no file of them: then no stamp can hold, and a chain without stamps is tried all the same."""
    if not chosen.time_stamp_roots.exists():
        print(f"no roots of a time-stamp authority: {chosen.time_stamp_roots} is missing", file=sys.stderr)
        return ()
    try:
        return roots_of(chosen.time_stamp_roots)
    except NotStamped as wrong:
        raise SettingsRefused(f"KURASHIMADO_TIME_STAMP_ROOTS: {wrong}") from wrong


def _signer(chosen: Settings) -> Signer:
    try:
        return Signer.of(chosen.evidence_key.read_bytes(), chosen.evidence_certificate.read_bytes())
    except (OSError, ValueError) as wrong:
        raise SettingsRefused(f"the seal on evidence cannot be read: {wrong}") from wrong


def _told(report: Report) -> str:
    proven = f"proven at {report.until.isoformat()}" if report.until else "no time proven"
    lines = [f"{fault.what}: place {fault.place}, entry {fault.entry}" for fault in report.faults]
    verdict = f"{len(lines)} faults" if lines else "whole"
    return "\n".join([*lines, f"{report.records} records and {report.stamps} time stamps hold, {proven}; {verdict}"])
