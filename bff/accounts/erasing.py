"""She has her account erased: asked for, called off by a login within the grace, then nothing of her opens again.

Her data key is destroyed with her row: what still lies sealed in a backup is noise without it (暗号学的消去).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts import holdings
from bff.accounts.rules import Rules
from bff.identity.tables import residents, sessions

AT_ONCE: Final = 100

# Of the receipt stays what proves that something was sent: to which ward, when, and how it ended.
_OUT_OF_APPLICATIONS: Final = (
    "UPDATE flow_runs SET content = NULL WHERE application IN (SELECT id FROM applications WHERE resident = :resident)",
    "UPDATE application_events SET note = NULL, fields = NULL WHERE resident = :resident",
    "UPDATE applications SET answers = '', subject = NULL, digest = NULL, corrected = '{}', known_as = NULL"
    " WHERE resident = :resident",
)
_OUT_OF_THE_INBOX: Final = (
    "CREATE TEMPORARY TABLE hers ON COMMIT DROP AS"
    " SELECT d.notice FROM deliveries d JOIN notices n ON n.id = d.notice AND n.personal WHERE d.resident = :resident",
    "DELETE FROM deliveries WHERE resident = :resident",
    "DELETE FROM notices n USING hers WHERE n.id = hers.notice"
    " AND NOT EXISTS (SELECT FROM deliveries d WHERE d.notice = n.id)",
    "DROP TABLE hers",
)


async def ask(conn: AsyncConnection, resident: UUID, *, rules: Rules, now: datetime) -> datetime:
    """From when on it is erased: every session ends and nothing is pushed from now (house door)."""
    at = now + rules.grace
    wish = {"erase_asked_at": now, "erase_at": at, "erase_called_off_at": None}
    await conn.execute(update(residents).where(residents.c.id == resident).values(wish))
    await leave(conn, resident)
    return at


async def leave(conn: AsyncConnection, resident: UUID) -> None:
    """Nobody is in the account any more, and none of its devices hears of anything."""
    await conn.execute(delete(sessions).where(sessions.c.resident == resident))
    for table in ("devices", "pushes"):
        await conn.execute(text(f"DELETE FROM {table} WHERE resident = :resident"), {"resident": resident})  # noqa: S608


async def due(conn: AsyncConnection, now: datetime, after: UUID) -> list[UUID]:
    """Whose time has come, by id, some at once."""
    wanted = select(residents.c.id).where(residents.c.erase_at <= now, residents.c.id > after)
    return list(await conn.scalars(wanted.order_by(residents.c.id).limit(AT_ONCE)))


async def keyless(conn: AsyncConnection, after: UUID) -> list[UUID]:
    """Who came back with a backup that is older than her erasure: of her key nothing is left (house door)."""
    wanted = select(residents.c.id).where(residents.c.data_key == b"", residents.c.id > after)
    return list(await conn.scalars(wanted.order_by(residents.c.id).limit(AT_ONCE)))


async def erase(conn: AsyncConnection, resident: UUID, now: datetime, *, sent_or_not: bool = False) -> bool:
    """Everything that `holdings.toml` does not keep, in the caller's transaction (house door).

    False: it was called off meanwhile, or something she sent has not reached its ward yet; it is tried again.
    `sent_or_not`: nothing of hers can be sent any more, since her key is gone.
    """
    hers = select(residents.c.erase_at).where(residents.c.id == resident).with_for_update()
    at = (await conn.execute(hers)).scalar()
    unsent = text("SELECT 1 FROM applications WHERE resident = :resident AND state = 'queued' LIMIT 1")
    if at is None or at > now:
        return False
    if not sent_or_not and (await conn.execute(unsent, {"resident": resident})).first():
        return False
    for statement in (*_OUT_OF_APPLICATIONS, *_OUT_OF_THE_INBOX):
        await conn.execute(text(statement), {"resident": resident} if ":resident" in statement else {})
    await holdings.delete_all(conn, resident)
    await conn.execute(delete(residents).where(residents.c.id == resident))
    return True
