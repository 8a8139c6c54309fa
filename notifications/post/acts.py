"""What a resident did with a notice, a row only where she did something; for broadcasts and direct notices alike.

Each may be told any number of times, for many notices at once, through her own door or the house's, and answers which
of them were hers at all; the others are passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.post.live import Live
from notifications.tables import HERSELF

# `child`: the one by whom she has it; HERSELF when it is none or there are several.
_HERS: Final = f"""
    WITH told AS (
        SELECT id, ward, revision, CAST(NULL AS uuid) AS child, marks FROM mail_room_told(:broadcasts)
        UNION ALL
        SELECT n.id, NULL, n.revision, coalesce(d.child, '{HERSELF}'), n.marks
        FROM notices n JOIN deliveries d ON d.sent_on = n.sent_on AND d.notice = n.id AND d.resident = :resident
        WHERE n.id = ANY (:asked) AND n.personal
    )
    INSERT INTO notice_acts AS a (resident, notice, number, ward, child, revision, {{columns}})
    SELECT :resident, t.id, c.number, t.ward, coalesce(t.child, (
            SELECT CASE WHEN count(DISTINCT m.child) = 1 THEN (array_agg(m.child))[1] ELSE '{HERSELF}' END
            FROM contact_marks m WHERE m.resident = :resident AND m.mark = ANY (t.marks)
        )), t.revision, {{values}}
    FROM told t LEFT JOIN contacts c ON c.resident = :resident
    ON CONFLICT (resident, notice) DO UPDATE SET {{changes}}
    RETURNING a.notice
"""  # noqa: S608 - names of ours
_OPENED: Final = (
    "opened_at = CASE WHEN a.opened_at IS NULL OR a.revision < excluded.revision THEN excluded.opened_at"
    " ELSE a.opened_at END, revision = greatest(a.revision, excluded.revision), unread_at = NULL"
)


async def opened(
    conn: AsyncConnection, live: Live, *, resident: UUID, told: Collection[UUID], now: datetime
) -> Sequence[UUID]:
    """Reached: the first time is kept, of each revision anew."""
    return await _act(conn, live, resident, told, now, ("opened_at",), _OPENED)


async def confirmed(
    conn: AsyncConnection, live: Live, *, resident: UUID, told: Collection[UUID], now: datetime
) -> Sequence[UUID]:
    """She said that she has understood; opened with it."""
    first = "confirmed_at = coalesce(a.confirmed_at, excluded.confirmed_at)"
    return await _act(conn, live, resident, told, now, ("opened_at", "confirmed_at"), f"{_OPENED}, {first}")


async def answered(
    conn: AsyncConnection, live: Live, *, resident: UUID, told: Collection[UUID], now: datetime
) -> Sequence[UUID]:
    """She gave what was asked of her (the last time is kept); opened with it. What she said is kept by who asked."""
    last = "answered_at = excluded.answered_at"
    return await _act(conn, live, resident, told, now, ("opened_at", "answered_at"), f"{_OPENED}, {last}")


async def archived(
    conn: AsyncConnection, live: Live, *, resident: UUID, told: Collection[UUID], now: datetime, back: bool = False
) -> Sequence[UUID]:
    """Put away; not counted as unread any more, and no more read than it was. `back`: into the inbox again."""
    first = "archived_at = NULL" if back else "archived_at = coalesce(a.archived_at, excluded.archived_at)"
    return await _act(conn, live, resident, told, None if back else now, ("archived_at",), first)


async def mark_unread(
    conn: AsyncConnection, live: Live, *, resident: UUID, told: Collection[UUID], now: datetime
) -> Sequence[UUID]:
    """Counted as unread until she opens it again; that it reached her stays."""
    return await _act(conn, live, resident, told, now, ("unread_at",), "unread_at = excluded.unread_at")


async def _act(
    conn: AsyncConnection,
    live: Live,
    resident: UUID,
    told: Collection[UUID],
    now: datetime | None,
    columns: tuple[str, ...],
    changes: str,
) -> Sequence[UUID]:
    if not told:
        return []
    asked = set(told)
    hers = {one.notice for one in await live.surely(conn, resident)}
    said = _HERS.format(columns=", ".join(columns), values=", ".join([":now"] * len(columns)), changes=changes)
    act = text(said).bindparams(
        bindparam("broadcasts", type_=ARRAY(Uuid)),
        bindparam("asked", type_=ARRAY(Uuid)),
        bindparam("resident", type_=Uuid),
    )
    known = {"resident": resident, "now": now, "broadcasts": list(asked & hers), "asked": list(asked - hers)}
    return list((await conn.execute(act, known)).scalars())
