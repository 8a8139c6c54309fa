"""Forgetting what has expired: a job's work, never a request's."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import known_devices
from bff.identity.attempts import LONGEST
from bff.identity.handovers import LIVES
from bff.identity.passkeys import challenges
from bff.identity.sessions import Lifetimes
from bff.identity.tables import (
    login_attempts,
    login_handovers,
    login_log,
    sessions,
    staff_asks,
    staff_devices,
    staff_log,
    staff_sessions,
)

LOGIN_LOG_KEPT = timedelta(days=365)
STAFF_LOG_KEPT = timedelta(days=365)


async def forget_expired(conn: AsyncConnection, now: datetime, lifetimes: Lifetimes) -> None:
    """Drop ended sessions, abandoned logins, officials' browsers unseen for a year, and rows of the login log, of the
    wards' records and of what waited for a second person that are older than a year (house door)."""
    for table in (sessions, staff_sessions):
        ended = or_(table.c.expires_at <= now, table.c.seen_at <= now - lifetimes.idle)
        await conn.execute(delete(table).where(ended))
    await conn.execute(delete(login_attempts).where(login_attempts.c.made_at < now - LONGEST))
    await challenges.forget_expired(conn, now)
    await known_devices.forget_unseen(conn, now)
    await conn.execute(delete(login_handovers).where(login_handovers.c.made_at < now - LIVES))
    await conn.execute(delete(login_log).where(login_log.c.at < now - LOGIN_LOG_KEPT))
    await conn.execute(delete(staff_log).where(staff_log.c.at < now - STAFF_LOG_KEPT))
    await conn.execute(delete(staff_asks).where(staff_asks.c.ends_at < now - STAFF_LOG_KEPT))
    await conn.execute(delete(staff_devices).where(staff_devices.c.last_at < now - STAFF_LOG_KEPT))
