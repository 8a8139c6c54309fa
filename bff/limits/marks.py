"""Marks in the database: one row a key, one statement a try (the generic cell rate algorithm, ITU-T I.371).

A mark says until when what was taken lasts. The row is written only when the try is allowed, so whoever goes on trying
is not punished longer, and a flood of refused tries writes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.limits.kinds import Allowance
from bff.limits.tables import limit_marks, limit_refusals

REFUSALS_KEPT = timedelta(days=90)
_TAKE = text("""
    INSERT INTO limit_marks AS mine (mark, free_at)
    VALUES (:mark, CAST(:now AS timestamptz) + CAST(:cost AS interval))
    ON CONFLICT (mark) DO UPDATE SET free_at = greatest(mine.free_at, :now) + :cost
    WHERE greatest(mine.free_at, :now) + :cost <= CAST(:now AS timestamptz) + CAST(:whole AS interval)
    RETURNING free_at
""")


async def take(conn: AsyncConnection, mark: bytes, allowed: Allowance, now: datetime) -> timedelta | None:
    """Takes a lease of tries; None: granted; else in how long one is free again."""
    cost = allowed.step * allowed.lease
    values = {"mark": mark, "now": now, "cost": cost, "whole": allowed.whole}
    if (await conn.execute(_TAKE, values)).first() is not None:
        return None
    free_at = await conn.scalar(select(limit_marks.c.free_at).where(limit_marks.c.mark == mark))
    return max(timedelta(seconds=1), (free_at or now) + cost - now - allowed.whole)


async def note_refused(
    conn: AsyncConnection, *, kind: str, per: str, mark: bytes, wait: timedelta, now: datetime
) -> None:
    """A row for whoever watches over the doors: which kind, when, and the same hash for the same address."""
    values = {"at": now, "kind": kind, "per": per, "mark": mark, "seconds": int(wait.total_seconds())}
    await conn.execute(insert(limit_refusals).values(values))


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    """Marks that hold nothing any more, and refusals older than 90 days (house door)."""
    await conn.execute(delete(limit_marks).where(limit_marks.c.free_at <= now))
    await conn.execute(delete(limit_refusals).where(limit_refusals.c.at < now - REFUSALS_KEPT))
