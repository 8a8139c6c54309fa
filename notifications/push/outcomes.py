"""What became of the pushes of a chunk, in one statement each: rows, phones that are gone, keys that no longer work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.push.chunks import Chunk
from notifications.push.members import ONE_BY_ONE
from notifications.tables import devices

BROKEN = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.NOT_ACCEPTABLE,
    }
)
"""Of this device, once it is given up: it is left out until its browser registers again."""

# What has arrived stays arrived: a hand whose lease had ended may write down late what another did meanwhile.
_WRITE = text("""
    INSERT INTO pushes (sent_on, notice, device, resident, ward, language, origin, chunk, state, tries, due_at,
        claimed_at, settled_at, revision)
    SELECT :sent_on, :notice, d.id, d.resident, :ward, coalesce(c.language, 'ja'),
        substring(d.endpoint FROM '^[a-z]+://[^/]+'), :chunk, v.state, v.tries, v.due_at, :claimed_at, :now, :revision
    FROM unnest(CAST(:devices AS uuid[]), CAST(:states AS text[]), CAST(:tries AS smallint[]),
            CAST(:dues AS timestamptz[])) AS v (device, state, tries, due_at)
        JOIN devices d ON d.id = v.device
        LEFT JOIN contacts c ON c.resident = d.resident
    ON CONFLICT (sent_on, notice, device) DO UPDATE SET state = excluded.state, tries = excluded.tries,
        due_at = excluded.due_at, claimed_at = excluded.claimed_at, settled_at = excluded.settled_at,
        chunk = excluded.chunk, revision = excluded.revision
    WHERE pushes.revision < excluded.revision
        OR (pushes.revision = excluded.revision AND pushes.state NOT IN ('accepted', 'gone'))
""")


class End(NamedTuple):
    """`due_at`: when it is tried again, with `waiting` and `rung`."""

    state: str
    tries: int
    due_at: datetime
    status: int | None


async def write(conn: AsyncConnection, chunk: Chunk, ends: Mapping[UUID, End], now: datetime) -> None:
    if not ends:
        return
    told = {
        "devices": list(ends),
        "states": [end.state for end in ends.values()],
        "tries": [end.tries for end in ends.values()],
        "dues": [end.due_at for end in ends.values()],
    }
    await conn.execute(ONE_BY_ONE)
    known = {**chunk.key, "ward": chunk.ward, "claimed_at": chunk.claimed_at, "now": now}
    await conn.execute(_WRITE, {**known, **told})
    gone = [device for device, end in ends.items() if end.state == "gone"]
    if gone:
        await conn.execute(delete(devices).where(devices.c.id.in_(gone)))
    broken = [device for device, end in ends.items() if end.state == "failed" and end.status in BROKEN]
    if broken:
        await conn.execute(update(devices).where(devices.c.id.in_(broken)).values(failed_at=now))
