"""How a broadcast's life is written down, and when it is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.tables import TO_DO, broadcast_history, broadcasts, push_chunks, pushes


async def note_down(
    conn: AsyncConnection,
    broadcast: UUID,
    ward: str,
    what: str,
    now: datetime,
    *,
    who: str | None = None,
    who_name: str | None = None,
    note: str | None = None,
) -> None:
    """`what`: the state it came into. `who` None: the mail room itself."""
    line = {"broadcast": broadcast, "ward": ward, "at": now, "who": who, "who_name": who_name, "what": what}
    await conn.execute(insert(broadcast_history).values(**line, note=note))


async def finish(conn: AsyncConnection, broadcast: UUID, now: datetime) -> None:
    """sending → sent, once no chunk and no push is left to do. Nothing for a personal notice."""
    pushed = exists().where(pushes.c.sent_on == broadcasts.c.sent_on, pushes.c.notice == broadcasts.c.id, TO_DO)
    chunk = push_chunks.c
    waits = exists().where(
        chunk.sent_on == broadcasts.c.sent_on, chunk.notice == broadcasts.c.id, chunk.state.in_(("waiting", "sending"))
    )
    done = await conn.execute(
        update(broadcasts)
        .where(broadcasts.c.id == broadcast, broadcasts.c.state == "sending", ~waits, ~pushed)
        .values(state="sent")
        .returning(broadcasts.c.ward)
    )
    ward = done.scalar_one_or_none()
    if ward is not None:
        await note_down(conn, broadcast, ward, "sent", now)
