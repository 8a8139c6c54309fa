"""Data keys under the newest master key, a few at a time; what they sealed stays as it is. `table` has `id`, `key_id`
and `data_key`: the residents', unless another room names its own."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.keys import KeyRing, WrappedKey
from bff.identity.tables import residents

AT_ONCE = 200


async def rewrap_some(
    conn: AsyncConnection, keys: KeyRing, current: str, most: int = AT_ONCE, table: Table = residents
) -> int:
    """How many were wrapped anew; 0: none is left. Begun again it goes on where it was, beside others too (house
    door). Raises `Unreadable` when the settings no longer name the master key around one of them."""
    waiting = (
        select(table.c.id, table.c.key_id, table.c.data_key)
        .where(table.c.key_id != current)
        .order_by(table.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = (await conn.execute(waiting)).all()
    for row in rows:
        anew = keys.rewrap(row.id, WrappedKey(row.key_id, row.data_key))
        await conn.execute(update(table).where(table.c.id == row.id).values(key_id=anew.key_id, data_key=anew.wrapped))
    return len(rows)


async def counted(conn: AsyncConnection, table: Table = residents) -> Mapping[str, int]:
    """How many keys each master key is around (house door)."""
    rows = await conn.execute(select(table.c.key_id, func.count()).group_by(table.c.key_id))
    return {row[0]: row[1] for row in rows}
