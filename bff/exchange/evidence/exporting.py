"""One record, or one resident's, with all that is needed to try it without us: chain, time stamp, signature."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from asn1crypto import tsp
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.evidence.chain import BEGINNING, canonical, digest
from bff.exchange.evidence.container import Draft, drafted
from bff.exchange.evidence.seal import Signer
from bff.exchange.evidence.tables import links, stamps
from bff.exchange.tables import exchange_log


class NothingToExport(Exception):
    """There is no such record, or no time stamp covers it yet."""


@dataclass(frozen=True)
class Wanted:
    """Which records are shown in full: one exchange by its message id, or all of a resident's between two stamps.

    The id of what came is the caller's own, and two may give the same one, or one of ours: it needs the `caller`.
    """

    message: UUID | None = None
    resident: UUID | None = None
    caller: str | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        if self.message is not None:
            whose = exchange_log.c.direction == "out" if self.caller is None else exchange_log.c.caller == self.caller
            return and_(exchange_log.c.message == self.message, whose)
        return exchange_log.c.resident == self.resident


async def export(conn: AsyncConnection, wanted: Wanted, signer: Signer, now: datetime) -> Draft:
    """An ASiC-E container about the newest stamped records that are wanted; raises `NothingToExport`."""
    mine = select(func.max(links.c.place)).join(exchange_log, exchange_log.c.id == links.c.entry)
    stamped = select(func.coalesce(func.max(stamps.c.place), 0)).scalar_subquery()
    place = await conn.scalar(mine.where(wanted.condition, links.c.place <= stamped))
    if place is None:
        raise NothingToExport("there is no such record, or no time stamp covers it yet")
    end = await conn.scalar(select(func.min(stamps.c.place)).where(stamps.c.place >= place))
    begin = await conn.scalar(select(func.coalesce(func.max(stamps.c.place), 0)).where(stamps.c.place < place))
    token = await conn.scalar(select(stamps.c.token).where(stamps.c.place == end))
    assert end is not None
    assert begin is not None
    assert token is not None
    return await _drafted(conn, wanted, begin, end, bytes(token), signer, now)


async def _drafted(
    conn: AsyncConnection, wanted: Wanted, begin: int, end: int, token: bytes, signer: Signer, now: datetime
) -> Draft:
    before = await conn.scalar(select(links.c.link).where(links.c.place == begin))
    link = await conn.scalar(select(links.c.link).where(links.c.place == end))
    assert link is not None
    content = {
        "rule": "link(n) = SHA-512(link(n-1) || SHA-512(RFC 8785(record(n))))",
        "begins_after": begin,
        "link_before": bytes(before or BEGINNING).hex(),
        "ends_with": end,
        "records": await _records(conn, wanted, begin, end),
    }
    records = json.dumps(content, ensure_ascii=False, indent=1).encode()
    files = {
        "records.json": ("application/json", records),
        "link.bin": ("application/octet-stream", bytes(link)),
    }
    return drafted(files, stamped="link.bin", token=bare(token), signer=signer, now=now)


async def _records(conn: AsyncConnection, wanted: Wanted, begin: int, end: int) -> Sequence[dict[str, Any]]:
    """Those wanted in full, of the others their digest: nobody is handed another's readings."""
    rows = (
        select(links.c.place, wanted.condition.label("wanted"), exchange_log)
        .join(exchange_log, exchange_log.c.id == links.c.entry)
        .where(links.c.place > begin, links.c.place <= end)
        .order_by(links.c.place)
    )
    told = []
    for row in (await conn.execute(rows)).mappings():
        record = {column.name: row[column] for column in exchange_log.c}
        shown = {"record": json.loads(canonical(record))} if row["wanted"] else {"digest": digest(record).hex()}
        told.append({"place": row[links.c.place], **shown})
    return told


def bare(response: bytes) -> bytes:
    """The TimeStampToken of a TimeStampResp, as a container holds it."""
    return bytes(tsp.TimeStampResp.load(response)["time_stamp_token"].dump())
