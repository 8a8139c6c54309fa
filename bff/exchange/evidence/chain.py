"""The chain: each record of the message log is digested together with the link before it, in one order for all.

`link(n) = SHA-512(link(n-1) ‖ SHA-512(record(n)))`, a record in the canonical JSON of RFC 8785; link(0) is 64 zero
bytes. Whoever holds one link can tell whether anything before it was changed, taken out or put in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import rfc8785
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.evidence.tables import links, stamps
from bff.exchange.tables import UNSAID, exchange_log

BEGINNING: Final = bytes(64)
AT_ONCE: Final = 5_000
_ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('evidence_links'))")
_STILL_WRITING: Final = 10_000
"""Ids are given before their rows are seen: so far behind the newest link an entry may yet turn up."""


def digest(record: Mapping[str, object]) -> bytes:
    """SHA-512 of a row of the message log."""
    return hashlib.sha512(canonical(record)).digest()


def canonical(record: Mapping[str, object]) -> bytes:
    """A row as RFC 8785 has it: times in UTC with microseconds, ids and numbers as text, bytes in hexadecimal.

    A column that came later is left out while it says what was meant before there was one.
    """
    said = {name: value for name, value in record.items() if name not in UNSAID or value != UNSAID[name]}
    return rfc8785.dumps({name: _plain(value) for name, value in said.items()})


def next_link(before: bytes, record_digest: bytes) -> bytes:
    return hashlib.sha512(before + record_digest).digest()


async def link_new(conn: AsyncConnection) -> int:
    """Link what is in the log and not yet in the chain, at most `AT_ONCE` records; how many there were."""
    await conn.execute(_ONE_AT_A_TIME)
    place, before = await last_link(conn)
    newest = await conn.scalar(select(func.coalesce(func.max(links.c.entry), 0)))
    unlinked = (
        select(exchange_log)
        .outerjoin(links, links.c.entry == exchange_log.c.id)
        .where(links.c.entry.is_(None), exchange_log.c.id > (newest or 0) - _STILL_WRITING)
        .order_by(exchange_log.c.id)
        .limit(AT_ONCE)
    )
    made = []
    for row in (await conn.execute(unlinked)).mappings():
        place, before = place + 1, next_link(before, digest(dict(row)))
        made.append({"place": place, "entry": row["id"], "link": before})
    if made:
        await conn.execute(insert(links), made)
    return len(made)


async def last_link(conn: AsyncConnection) -> tuple[int, bytes]:
    """The place and the bytes of the newest link; place 0 when there is none yet."""
    newest = select(links.c.place, links.c.link).order_by(links.c.place.desc()).limit(1)
    row = (await conn.execute(newest)).first()
    return (row.place, bytes(row.link)) if row else (0, BEGINNING)


async def forget_older(conn: AsyncConnection, before: datetime) -> int:
    """Drop the records older than `before` with their links, oldest first; how many records went.

    The chain is cut in one place, and where a time stamp is, if there are any: that link stays without its record, so
    that what follows can be tried, and its stamp tells that what was forgotten was old.
    """
    kept = (
        select(func.min(links.c.place))
        .join(exchange_log, exchange_log.c.id == links.c.entry)
        .where(exchange_log.c.at >= before)
    )
    cut = (await conn.scalar(kept) or (await last_link(conn))[0] + 1) - 1
    if await conn.scalar(select(func.count()).select_from(stamps)):
        cut = await conn.scalar(select(func.max(stamps.c.place)).where(stamps.c.place <= cut)) or 0
    old = select(links.c.entry).where(links.c.place <= cut)
    gone = await conn.execute(delete(exchange_log).where(exchange_log.c.id.in_(old)))
    await conn.execute(delete(links).where(links.c.place < cut))
    await conn.execute(delete(stamps).where(stamps.c.place < cut))
    return gone.rowcount


def _plain(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    assert isinstance(value, int | UUID), type(value)
    return str(value)
