"""The number on the app's icon, where the phone does not count itself: Safari shows a declared push without asking our
worker (Declarative Web Push). It is what the app would count (pwa/data/mail/letter.ts): not opened, or marked as
unread, neither put away nor taken back. For a thousand people at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.inbox import UNREAD_FOR
from notifications.jobs import day_in_japan
from notifications.post.live import Live

SAFARI: Final = r"^https://[^/]+\.push\.apple\.com/"
_PUT_AWAY: Final = 2**31 - 1
"""More than any revision: it is not unread again when it is said anew."""

JOIN: Final = f"""
    LEFT JOIN LATERAL (
        SELECT ARRAY(
                SELECT number FROM contacts WHERE resident = people.resident
                UNION ALL SELECT number FROM contact_aliases WHERE resident = people.resident
            ) AS numbers, (
                SELECT count(*) FROM deliveries m
                    JOIN notices n ON n.id = m.notice AND n.sent_on = m.sent_on
                    LEFT JOIN notice_acts o ON o.resident = m.resident AND o.notice = m.notice
                WHERE m.resident = people.resident AND m.sent_at >= :badge_since AND m.sent_on >= :badge_since_on
                    AND o.archived_at IS NULL
                    AND (o.unread_at IS NOT NULL OR (o.opened_at IS NULL AND n.recalled_at IS NULL))
            ) AS alone, (
                SELECT json_object_agg(o.notice, CASE WHEN o.archived_at IS NULL THEN o.revision ELSE {_PUT_AWAY} END)
                FROM notice_acts o
                WHERE o.resident = people.resident AND greatest(o.opened_at, o.archived_at) >= :badge_since
                    AND (o.archived_at IS NOT NULL OR (o.opened_at IS NOT NULL AND o.unread_at IS NULL))
            ) AS seen
        WHERE d.endpoint ~ :badge_of
    ) AS badge ON true
"""  # noqa: S608 - a number of ours
"""`badge.numbers` NULL: of a phone that counts itself. `seen`: up to which revision she has read each broadcast."""

_TAKEN_BACK: Final = text(
    "SELECT id FROM notices WHERE id = ANY (CAST(:notices AS uuid[])) AND recalled_at IS NOT NULL"
)


def binds(of: str, now: datetime) -> dict[str, object]:
    """`of`: a pattern of the endpoints whose phones do not count themselves."""
    since = now - UNREAD_FOR
    return {"badge_of": of, "badge_since": since, "badge_since_on": day_in_japan(since)}


async def counted(conn: AsyncConnection, live: Live, rows: Sequence[Row[Any]]) -> dict[UUID, int]:
    """By device, of those that do not count themselves."""
    asked = [row for row in rows if row.numbers is not None]
    if not asked:
        return {}
    await live.refresh(conn)
    numbers = BitMap([number for row in asked for number in row.numbers])
    lying = live.lying(numbers, live.clock() - UNREAD_FOR)
    known = {one.notice for some in lying.values() for one in some}
    back = set((await conn.execute(_TAKEN_BACK, {"notices": list(known)})).scalars())
    found: dict[UUID, int] = {}
    for row in asked:
        seen = row.seen or {}
        hers = {one.notice: one.revision for number in row.numbers for one in lying.get(number, ())}
        unread = [one for one, revision in hers.items() if one not in back and seen.get(str(one), 0) < revision]
        found[row.id] = row.alone + len(unread)
    return found
