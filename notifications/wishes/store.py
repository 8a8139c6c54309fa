"""Wishes kept and read. Through the resident's own door, or the house's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.wishes.tables import mail_mutes, mail_wishes
from notifications.wishes.wish import AT_ONCE, DAILY, EVENING, QuietHours, Wishes

MOST_MUTES = 200


@dataclass(frozen=True, slots=True)
class TooMany(Exception):
    """More mutes than anybody has senders."""


async def wishes_of(conn: AsyncConnection, resident: UUID) -> Wishes:
    line = (await conn.execute(select(mail_wishes).where(mail_wishes.c.resident == resident))).one_or_none()
    what = select(mail_mutes.c.what).where(mail_mutes.c.resident == resident)
    mutes = frozenset((await conn.execute(what)).scalars())
    if line is None:
        return Wishes(mutes=mutes)
    quiet = None if line.quiet_from is None else QuietHours(line.quiet_from, line.quiet_until)
    return Wishes(quiet, line.digest_at if line.digest == DAILY else None, mutes, line.by_event)


async def wishes_by_event(conn: AsyncConnection, resident: UUID) -> bool:
    asked = select(mail_wishes.c.by_event).where(mail_wishes.c.resident == resident)
    return bool((await conn.execute(asked)).scalar())


async def keep_wishes(conn: AsyncConnection, *, resident: UUID, wishes: Wishes, now: datetime) -> None:
    """They become exactly these; a mute that stays keeps its day. Raises TooMany."""
    if len(wishes.mutes) > MOST_MUTES:
        raise TooMany
    line = {
        "quiet_from": wishes.quiet and wishes.quiet.start,
        "quiet_until": wishes.quiet and wishes.quiet.end,
        "digest": AT_ONCE if wishes.digest_at is None else DAILY,
        "digest_at": wishes.digest_at or EVENING,
        "by_event": wishes.by_event,
        "chosen_at": now,
    }
    kept = insert(mail_wishes).values(resident=resident, **line)
    await conn.execute(kept.on_conflict_do_update(index_elements=["resident"], set_=line))
    hers = mail_mutes.c.resident == resident
    await conn.execute(delete(mail_mutes).where(hers, mail_mutes.c.what.not_in(wishes.mutes)))
    rows = [{"resident": resident, "what": what, "since": now} for what in sorted(wishes.mutes)]
    if rows:
        await conn.execute(insert(mail_mutes).on_conflict_do_nothing(), rows)
