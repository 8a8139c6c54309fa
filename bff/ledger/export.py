"""Her whole list as a file that can be tried without us: each record as the chain has it, with the link before and its
own. `docs` in the file says how; the same rule as `bff/exchange/evidence/chain.py`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.db import Database
from bff.exchange.evidence.chain import BEGINNING, canonical, last_link
from bff.exchange.evidence.tables import links
from bff.exchange.message_log import LogRow
from bff.exchange.tables import exchange_log

SCHEMA: Final = "kurashimado-readings-1"
AT_ONCE: Final = 500
DOCS: Final = (
    "Every entry holds `record` (a row of the message log, all values as text or null), `place` in the chain, `before`"
    " (the link at the place before) and `link`, both in hexadecimal. To try an entry: write `record` as canonical JSON"
    " (RFC 8785: keys sorted, no spaces, UTF-8), take SHA-512 of it, append the 64 bytes to the 64 bytes of `before`,"
    " and take SHA-512 of the 128 bytes: it is `link`. Whoever keeps `head` can ask later whether the chain still leads"
    " there. `place` null: not linked yet (that takes a minute). `before` null: what was before has been forgotten."
)


@dataclass(frozen=True)
class Linked:
    """One row with its place in the chain; `before` and `link` None: as in `DOCS`."""

    row: LogRow
    record: Mapping[str, Any]
    place: int | None
    link: bytes | None
    before: bytes | None


async def linked(db: Database, resident: UUID) -> AsyncIterator[Sequence[Linked]]:
    """Hers, oldest first, page by page; each page is a transaction of its own: none is held over a slow phone."""
    last = 0
    while True:
        async with db.house() as conn:
            page = await _page(conn, resident, last)
        if page:
            last = page[-1].row.id
            yield page
        if len(page) < AT_ONCE:
            return


async def as_json(db: Database, resident: UUID, *, words: Mapping[str, Any], now: datetime) -> AsyncIterator[bytes]:
    """The file, piece by piece; `words`: what to say beside it, such as for whom it is."""
    async with db.house() as conn:
        place, link = await last_link(conn)
    head = {"place": place, "link": link.hex()} if place else None
    opening = {"schema": SCHEMA, "docs": DOCS, "made_at": now.isoformat(), "head": head, **words}
    yield json.dumps(opening, ensure_ascii=False, indent=1)[:-2].encode() + b',\n "entries": [\n'
    first = True
    async for page in linked(db, resident):
        yield (b"" if first else b",\n") + await asyncio.to_thread(_lines, page)
        first = False
    yield b"\n ]\n}\n"


def _lines(page: Sequence[Linked]) -> bytes:
    return b",\n".join(_entry(one) for one in page)


def _entry(one: Linked) -> bytes:
    """The record stands as its canonical bytes, so that nothing is lost on the way."""
    proof = {
        "place": one.place,
        "before": one.before.hex() if one.before is not None else None,
        "link": one.link.hex() if one.link is not None else None,
    }
    return b'  {"record": ' + canonical(one.record) + b", " + json.dumps(proof).encode()[1:]


async def _page(conn: AsyncConnection, resident: UUID, last: int) -> Sequence[Linked]:
    former = links.alias("former")
    mine = (
        select(exchange_log, links.c.place, links.c.link, former.c.link.label("before"))
        .outerjoin(links, links.c.entry == exchange_log.c.id)
        .outerjoin(former, former.c.place == links.c.place - 1)
        .where(exchange_log.c.resident == resident, exchange_log.c.id > last)
        .order_by(exchange_log.c.id)
        .limit(AT_ONCE)
    )
    return [_linked(dict(row)) for row in (await conn.execute(mine)).mappings()]


def _linked(row: dict[str, Any]) -> Linked:
    record = {column.name: row[column.name] for column in exchange_log.c}
    shown = {name: record[name] for name in LogRow.__dataclass_fields__}
    place = row["place"]
    before = BEGINNING if place == 1 else row["before"]
    return Linked(
        row=LogRow(**shown),
        record=record,
        place=place,
        link=bytes(row["link"]) if row["link"] is not None else None,
        before=bytes(before) if before is not None else None,
    )
