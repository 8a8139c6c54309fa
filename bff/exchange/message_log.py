"""Who read what, whose and why: written for every call before its answer is handed on, refused ones and incoming ones.

Kept for the resident, who sees it on her page, and for audit (個人情報の保護に関する法律66条, 安全管理措置).
Only pairwise ids and digests are in it, never what was told.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, insert, select, tuple_

from bff.exchange.tables import exchange_log

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

ANSWERED = "answered"
REFUSED = "refused"
OVERTAKEN = "overtaken"
"""Asked beside another message, which was answered first."""
LOG_IS_KEPT = timedelta(days=365)
Direction = Literal["out", "in", "within"]


@dataclass(frozen=True)
class Entry:
    """One call. `outcome` is `answered`, `overtaken` or a `Why`; digests are SHA-512; `took_ms` counts all attempts.

    `granted`: the grant it rests on, when there is one. Of an incoming one (`direction` is `in`) `caller` is who asked
    as X-Road names it, `user_id` on whose behalf there, `given_id` their message id, `issue` their own case.
    """

    at: datetime
    message: UUID
    asker: str
    resident: UUID | None
    subject: str
    source: str
    service: str
    purpose: str
    basis: str
    request_digest: bytes | None
    answer_digest: bytes | None
    outcome: str
    status: int | None
    took_ms: int
    direction: Direction = "out"
    caller: str | None = None
    user_id: str | None = None
    given_id: str | None = None
    issue: str | None = None
    granted: UUID | None = None


@dataclass(frozen=True)
class LogRow:
    """What a resident is shown of one reading of her data, of something told to us about her (`incoming`), or of a look
    within the house: `service` is then what was looked at, `user_id` who looked, `issue` the case it rests on."""

    id: int
    at: datetime
    source: str
    purpose: str
    basis: str
    outcome: str
    caller: str | None = None
    direction: Direction = "out"
    asker: str = "house"
    service: str = ""
    user_id: str | None = None
    issue: str | None = None

    @property
    def incoming(self) -> bool:
        return self.direction == "in"

    @property
    def is_refused(self) -> bool:
        return self.outcome == REFUSED


@dataclass(frozen=True)
class Only:
    """Which rows of hers: of one source, one direction, refused ones alone; None: any."""

    source: str | None = None
    direction: Direction | None = None
    refused: bool = False


ANY = Only()


Log = Callable[[Entry], Awaitable[None]]


async def write(conn: AsyncConnection, *entries: Entry) -> None:
    """In the caller's own transaction, through the house's door."""
    await conn.execute(insert(exchange_log), [dict(vars(entry)) for entry in entries])


async def readings(
    conn: AsyncConnection,
    resident: UUID,
    *,
    first: int,
    after: tuple[datetime, int] | None = None,
    only: Only = ANY,
) -> list[LogRow]:
    """At most `first` readings of `resident`'s data, newest first, older than `after` (time and id of a row)."""
    log = exchange_log.c
    newest = _rows().where(_hers(resident)).order_by(log.at.desc(), log.id.desc()).limit(first)
    if after is not None:
        newest = newest.where(tuple_(log.at, log.id) < after)
    if only.source is not None:
        newest = newest.where(log.source == only.source)
    if only.direction is not None:
        newest = newest.where(log.direction == only.direction)
    if only.refused:
        newest = newest.where(log.outcome == REFUSED)
    return [LogRow(*row) for row in await conn.execute(newest)]


async def reading(conn: AsyncConnection, resident: UUID, id: int) -> LogRow | None:
    """One of hers; None: there is none of hers with this id."""
    log = exchange_log.c
    row = (await conn.execute(_rows().where(_hers(resident), log.id == id))).first()
    return LogRow(*row) if row else None


async def looks(conn: AsyncConnection, caller: str, *, first: int) -> list[tuple[UUID | None, LogRow]]:
    """The newest looks of everyone called `caller`, with whose data was looked at. Through the house's door."""
    log = exchange_log.c
    newest = _rows().add_columns(log.resident).where(log.direction == "within", log.caller == caller)
    rows = await conn.execute(newest.order_by(log.at.desc(), log.id.desc()).limit(first))
    return [(row[-1], LogRow(*row[:-1])) for row in rows]


def _hers(resident: UUID) -> ColumnElement[bool]:
    """Of accounts too that are part of hers now: a row of the log is never changed."""
    return exchange_log.c.resident.in_(select(func.accounts_of(resident)))


def _rows() -> Select[Any]:
    log = exchange_log.c
    told = (log.id, log.at, log.source, log.purpose, log.basis, log.outcome, log.caller)
    return select(*told, log.direction, log.asker, log.service, log.user_id, log.issue)
