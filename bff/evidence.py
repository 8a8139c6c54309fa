"""`python -m bff evidence verify | head | export | check`: is it whole, its newest link, a container, is one true."""

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
from bff.exchange.evidence.chain import last_link
from bff.exchange.evidence.exporting import NothingToExport, Wanted, bare, export
from bff.exchange.evidence.known import Known, known_of
from bff.exchange.evidence.opening import LARGEST_FILE
from bff.exchange.evidence.seal import Signer
from bff.exchange.evidence.stamping import Authority, NotStamped, roots_of
from bff.exchange.evidence.trying import Verdict, tried
from bff.exchange.evidence.verifying import Report, verify
from bff.exchange.message_log import LOG_IS_KEPT
from bff.outgoing import Outgoing, places
from bff.settings import Settings, SettingsRefused

LINKED_WITHIN = timedelta(minutes=5)
"""A record older than that must stand in the chain: it is linked every minute."""
_MOST_PLACES = 20


def main(arguments: list[str]) -> int:
    """The exit status: 0 whole, told, written or true, 1 something is wrong, 3 there is nothing to tell or to read."""
    asked = _asked(arguments)
    if asked.act == "check":
        return _check(asked)
    chosen = settings.read(os.environ)
    if asked.act == "verify":
        return _verify(chosen, asked.known)
    if asked.act == "head":
        return _head(chosen)
    try:
        wanted = Wanted(message=asked.message, resident=asked.resident, caller=asked.caller)
        container = asyncio.run(_exported(chosen, wanted))
    except NothingToExport as nothing:
        print(nothing, file=sys.stderr)
        return 3
    _write_for_us_alone(asked.file, container)
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bff evidence", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    going_over = acts.add_parser("verify", help="go over every record, link and time stamp that is kept")
    going_over.add_argument(
        "--known",
        action="append",
        default=[],
        metavar="PLACE:LINK",
        help="a head noted before, or @FILE with one a line: it must be there still; may be given several times",
    )
    acts.add_parser("head", help="tell the newest link as PLACE:LINK, to be noted outside the database")
    out = acts.add_parser("export", help="write an ASiC-E container")
    whose = out.add_mutually_exclusive_group(required=True)
    whose.add_argument("--message", type=UUID, help="one exchange, by its message id: of ours, unless --caller is told")
    whose.add_argument("--resident", type=UUID, help="the newest stamped readings of one resident's data")
    out.add_argument("--caller", help="with --message: one that came to us from this caller, as the log names it")
    out.add_argument("file", type=Path)
    found = acts.add_parser("check", help="try a signed document (ASiC-E) of a security server's or of ours")
    found.add_argument("file", type=Path)
    found.add_argument(
        "--roots", type=Path, action="append", default=[], help="PEM files of whom signer and stamp must be issued by"
    )
    asked = parser.parse_args(arguments)
    if asked.act == "export" and asked.caller and not asked.message:
        out.error("--caller needs --message")
    return asked


def _write_for_us_alone(path: Path, content: bytes) -> None:
    """It may hold a resident's readings, and a shell's umask is no decision about who reads them."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)


def _bounded(path: Path) -> bytes:
    """Of one that is too large so much that this is told."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _check(asked: argparse.Namespace) -> int:
    """Asks nobody, and needs no setting."""
    try:
        roots = [root for file in asked.roots for root in x509.load_pem_x509_certificates(file.read_bytes())]
        verdict = tried(_bounded(asked.file), roots)
    except (OSError, ValueError) as wrong:
        print(f"kurashimado: {wrong}", file=sys.stderr)
        return 3
    print(_judged(verdict, trusted=bool(roots)))
    return 1 if verdict.faults else 0


def _verify(chosen: Settings, said: Sequence[str]) -> int:
    try:
        known = known_of(said)
    except (OSError, ValueError) as wrong:
        print(f"kurashimado: --known: {wrong}", file=sys.stderr)
        return 3
    report = asyncio.run(_verified(chosen, known))
    print(_told(report))
    return 1 if report.faults else 0


def _head(chosen: Settings) -> int:
    head = asyncio.run(_newest(chosen))
    if not head.place:
        print("nothing is linked yet", file=sys.stderr)
        return 3
    print(head)
    return 0


async def _newest(chosen: Settings) -> Known:
    db = database.connect(chosen.database_url, 1)
    try:
        async with db.house() as conn:
            return Known(*await last_link(conn))
    finally:
        await db.close()


async def _verified(chosen: Settings, known: Sequence[Known]) -> Report:
    db, now = database.connect(chosen.database_url, 1), wiring.now()
    try:
        async with db.house() as conn:
            times = {"before": now - LINKED_WITHIN, "forgotten": now - LOG_IS_KEPT}
            return await verify(conn, _roots(chosen), **times, known=known)
    finally:
        await db.close()


async def _exported(chosen: Settings, wanted: Wanted) -> bytes:
    db = database.connect(chosen.database_url, 1)
    try:
        async with db.house() as conn:
            draft = await export(conn, wanted, _signer(chosen), wiring.now())
    finally:
        await db.close()
    return draft.packed(await _stamp(chosen, draft.value))


async def _stamp(chosen: Settings, value: bytes) -> bytes | None:
    """Over the signature, so that it holds when the certificate has ended; None when there is no time to be had."""
    if not chosen.time_stamp_url:
        return None
    async with Outgoing(places([chosen.time_stamp_url], chosen.security.inside_hosts)) as http:
        try:
            return bare(await Authority(http, chosen.time_stamp_url, chosen.time_stamp_roots).stamp(value))
        except NotStamped as silent:
            print(f"the signature has no time stamp (XAdES-B, not T): {silent}", file=sys.stderr)
            return None


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
    if report.untried:
        places = ", ".join(map(str, report.untried[:_MOST_PLACES]))
        lines.append(f"{len(report.untried)} known links are older than all that is kept, and were not tried: {places}")
    if report.known:
        lines.append(f"{report.known} known links are there as they were")
    return "\n".join([*lines, f"{report.records} records and {report.stamps} time stamps hold, {proven}; {verdict}"])


def _judged(verdict: Verdict, *, trusted: bool) -> str:
    lines = [f"{fault.what}: {fault.detail}" for fault in verdict.faults]
    if verdict.signed:
        at = verdict.signed.at.isoformat() if verdict.signed.at else "at no time that it tells"
        who = verdict.signed.certificate.subject.rfc4514_string()
        lines.append(f"signed by {who}, {at}; its certificate was {verdict.signed.revocation}")
    if verdict.stamped:
        stamped = verdict.stamped
        lines.append(f"time-stamped {stamped.at.isoformat()} by {stamped.certificate.subject.rfc4514_string()}")
    elif not verdict.faults:
        lines.append("without a time stamp")
    if verdict.faults:
        return "\n".join([*lines, f"{len(verdict.faults)} faults"])
    believed = "issued by the roots given" if trusted else "whether signer and stamp are to be believed was not tried"
    return "\n".join([*lines, f"consistent: {', '.join(verdict.data)}; {believed}"])
