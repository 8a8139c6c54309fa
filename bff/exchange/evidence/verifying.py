"""Going over everything that is kept: what was changed, taken out or put in, and where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.evidence.chain import digest
from bff.exchange.evidence.known import Comparison, Known
from bff.exchange.evidence.stamping import NotStamped, digest_of, verified
from bff.exchange.evidence.tables import links, stamps
from bff.exchange.evidence.walking import Fault, Link, Walk, What
from bff.exchange.tables import exchange_log

_A_PAGE = 5_000
LATER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Report:
    """`records` and `stamps` hold; `until`: the time that the newest of these stamps proves.

    `known`: how many links known from elsewhere are there as they were; `untried`: the places of those known ones that
    are older than all that is kept.
    """

    records: int
    stamps: int
    until: datetime | None
    faults: Sequence[Fault]
    known: int = 0
    untried: Sequence[int] = ()


async def verify(
    conn: AsyncConnection,
    roots: Sequence[x509.Certificate],
    *,
    before: datetime,
    forgotten: datetime,
    known: Sequence[Known] = (),
) -> Report:
    """Everything in the log and the chain.

    A record older than `before` must stand in the chain by now; only what is older than `forgotten` may be gone. Of
    what `known` holds all must be there: without it nobody can tell that the end was cut off.
    """
    tokens = {row.place: row async for row in await conn.stream(select(stamps))}
    walk, beside, stamped = Walk(), Comparison(known), bool(tokens)
    faults, times = list[Fault](), dict[int, datetime]()
    async for link in _links(conn):
        faults += [*walk.step(link), *beside.step(link)]
        if stamp := tokens.pop(link.place, None):
            try:
                times[link.place] = _proven(bytes(stamp.token), bytes(stamp.digest), link.link, roots)
            except NotStamped:
                faults.append(Fault(What.STAMP_WRONG, link.place, 0))
    faults += [*walk.end(), *beside.end()]
    if walk.anchor is not None and stamped and not (times.get(walk.anchor, LATER) <= forgotten):
        faults.append(Fault(What.FORGOTTEN_EARLY, walk.anchor, 0))
    faults += [Fault(What.STAMP_WRONG, place, 0) for place in tokens]
    faults += [Fault(What.RECORD_ADDED, 0, entry) for entry in await _outside(conn, before)]
    until = max(times.values(), default=None)
    return Report(walk.records, len(times), until, faults, beside.held, beside.untried)


def _proven(token: bytes, digest: bytes, link: bytes, roots: Sequence[x509.Certificate]) -> datetime:
    if digest_of(token) != digest:
        raise NotStamped("the stamp is not as it came")
    return verified(token, link, roots)


async def _links(conn: AsyncConnection) -> AsyncIterator[Link]:
    last = 0
    while True:
        page = (
            select(links, exchange_log)
            .outerjoin(exchange_log, exchange_log.c.id == links.c.entry)
            .where(links.c.place > last)
            .order_by(links.c.place)
            .limit(_A_PAGE)
        )
        rows = (await conn.execute(page)).mappings().all()
        for row in rows:
            record = {column.name: row[column] for column in exchange_log.c}
            held = digest(record) if record["id"] is not None else None
            last = row[links.c.place]
            yield Link(last, row[links.c.entry], bytes(row[links.c.link]), held)
        if len(rows) < _A_PAGE:
            return


async def _outside(conn: AsyncConnection, before: datetime) -> Sequence[int]:
    alone = (
        select(exchange_log.c.id)
        .outerjoin(links, links.c.entry == exchange_log.c.id)
        .where(links.c.entry.is_(None), exchange_log.c.at < before)
        .order_by(exchange_log.c.id)
    )
    return (await conn.execute(alone)).scalars().all()
