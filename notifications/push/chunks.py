"""Chunks of people to be pushed to: claimed by whoever is free, for LEASE; an emergency first, then what is for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import PUSH_CHUNK, Defer

LEASE = timedelta(seconds=90)
"""Longer than a chunk takes: a push service that is silent is given up after 15 s, twice at most."""

_FREE = """
    c.state IN ('waiting', 'sending') AND CASE c.state
        WHEN 'waiting' THEN c.due_at <= :now ELSE c.claimed_at <= :lost END
"""
_CLAIM = text(f"""
    WITH free AS (
        SELECT c.sent_on, c.notice, c.revision, c.chunk
        FROM push_chunks c JOIN notices n ON n.id = c.notice
        WHERE {_FREE}
        ORDER BY n.kind = 'emergency' DESC, n.personal DESC, c.due_at, c.chunk
        LIMIT 1 FOR UPDATE OF c SKIP LOCKED
    )
    UPDATE push_chunks c SET state = 'sending', claimed_at = :now, tries = c.tries + 1
    FROM free f WHERE (c.sent_on, c.notice, c.revision, c.chunk) = (f.sent_on, f.notice, f.revision, f.chunk)
    RETURNING c.sent_on, c.notice, c.revision, c.chunk, c.ward, c.low, c.high, c.claimed_at
""")  # noqa: S608 - words of ours
_PUT_DOWN = text("""
    UPDATE push_chunks SET state = :state, due_at = coalesce(:due_at, due_at)
    WHERE (sent_on, notice, revision, chunk) = (:sent_on, :notice, :revision, :chunk)
        AND state = 'sending' AND claimed_at = :claimed_at
""")
_NEXT = text("SELECT min(due_at) FROM push_chunks WHERE state IN ('waiting', 'sending') AND state = 'waiting'")
_LEFT = text(f"SELECT count(*) FROM push_chunks c WHERE {_FREE}")  # noqa: S608 - words of ours


@dataclass(frozen=True, slots=True)
class Chunk:
    """The members of the notice's snapshot whose numbers are from `low` to `high`; `claimed_at` says whose it is."""

    sent_on: date
    notice: UUID
    revision: int
    number: int
    ward: str | None
    low: int
    high: int
    claimed_at: datetime

    @property
    def key(self) -> dict[str, object]:
        return {"sent_on": self.sent_on, "notice": self.notice, "revision": self.revision, "chunk": self.number}


async def claim(conn: AsyncConnection, now: datetime) -> Chunk | None:
    """None: nothing is due that nobody is at."""
    row = (await conn.execute(_CLAIM, {"now": now, "lost": now - LEASE})).one_or_none()
    return None if row is None else Chunk(*row)


async def put_down(conn: AsyncConnection, chunk: Chunk, state: str, due_at: datetime | None = None) -> None:
    """Unless another has taken it over after LEASE."""
    told = {**chunk.key, "state": state, "due_at": due_at, "claimed_at": chunk.claimed_at}
    await conn.execute(_PUT_DOWN, told)


async def next_time(conn: AsyncConnection) -> datetime | None:
    """When something that waits is due. None: nothing waits; what others are at is theirs, or found by the periodic."""
    at: datetime | None = (await conn.execute(_NEXT)).scalar_one()
    return at


async def free(conn: AsyncConnection, now: datetime) -> int:
    """How many are due that nobody is at."""
    return int((await conn.execute(_LEFT, {"now": now, "lost": now - LEASE})).scalar_one())


async def wake(conn: AsyncConnection, defer: Defer, at: datetime | None = None, hand: int = 0) -> None:
    """The job of a hand that takes free chunks until there are none. `at` None: now. Whoever makes chunks says it in
    the same transaction, however many there are: the first hand calls the others. A hand that waits already would not
    do for new chunks: it may begin before they are committed. The lock keeps to as many hands as the setting says."""
    once = f"push:{hand}:later" if at is not None else f"push:{hand}" if hand else None
    await defer(conn, PUSH_CHUNK, args={"hand": hand}, at=at, lock=f"push:{hand}", once=once)


async def take_up_what_was_left(conn: AsyncConnection, defer: Defer, now: datetime) -> int:
    """Periodic: how many chunks are free, after waking a hand for them, should its own job be lost or put off."""
    left = await free(conn, now)
    if left:
        await wake(conn, defer)
    return left
