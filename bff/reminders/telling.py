"""The morning's reminders of one resident: what was told before is not told again, the rest makes one notice a kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.contacts import child_key
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.reminders.due import Reminder, reminders
from bff.reminders.tables import reminders_told as told
from bff.reminders.words import say
from bff.texts import handed_over
from life_events import Mark
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice

KEPT: Final = timedelta(days=800)
"""Longer than any window: a key that was forgotten too early would remind anew."""


async def remind(
    conn: AsyncConnection, who: Resident, home: Home, before: Sequence[Mark], secret: bytes, today: date, now: datetime
) -> int:
    """In the transaction that keeps the plan; how many notices. `before`: her steps as they stood, empty when this plan
    is the first: what she has seen when she came is no news, and the next stage of it reminds her."""
    changes = home.changes(before)
    found = {_hashed(who, one): one for one in reminders(home.bundles, changes, today)}
    if not found or who.ward is None:
        return 0
    values = [{"resident": who.id, "key": key, "told_at": now} for key in found]
    fresh = insert(told).values(values).on_conflict_do_nothing().returning(told.c.key)
    new = sorted((found[key] for key in await conn.scalars(fresh)), key=lambda one: (one.what, one.key))
    if not before:
        return 0
    count = 0
    for what, group in groupby(new, key=lambda one: one.what):
        await _tell(conn, who, what, list(group), secret, now)
        count += 1
    return count


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    await conn.execute(delete(told).where(told.c.told_at < now - KEPT))


async def _tell(
    conn: AsyncConnection, who: Resident, what: str, group: Sequence[Reminder], secret: bytes, now: datetime
) -> None:
    """It names neither procedure nor child: the mail room keeps no fact of hers, and home says the rest."""
    keys = ",".join(one.key for one in group)
    last = min((one.day for one in group if one.day), default=None)
    notice = Notice(
        id=uuid5(NAMESPACE_URL, f"reminder:{who.id}:{keys}"),
        ward=who.ward or "",
        kind=Kind.INFORMATION if what == "changed" else Kind.ACTION,
        sender=handed_over(say("sender")),
        title=handed_over(say(f"{what}_title")),
        body=handed_over(say(f"{what}_body", count=str(len(group)))),
        sent_at=now,
        act_by=last,
        about="/",
    )
    is_health, children = what.startswith("health"), {one.person for one in group}
    child = child_key(secret, who.ward or "", *children) if is_health and len(children) == 1 else None
    await tell_one(conn, database.defer, who.id, notice, child=child, topic="health" if is_health else "application")


def _hashed(who: Resident, one: Reminder) -> bytes:
    """Kept instead of the key, which says what she has before her."""
    return sha256(who.id.bytes + one.key.encode()).digest()
