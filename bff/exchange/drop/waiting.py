"""An application that waits for its ward's next file may be taken out again, until that file is begun."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.drop.tables import drop_applications


async def take_out(conn: AsyncConnection, application: UUID) -> Literal["never_waited", "taken_out", "in_a_file"]:
    """`in_a_file`: the ward has it, or will have it with the file that is being written."""
    mine = drop_applications.c.application == application
    found = await conn.execute(select(drop_applications.c.batch).where(mine).with_for_update())
    row = found.first()
    if row is None:
        return "never_waited"
    if row.batch is not None:
        return "in_a_file"
    await conn.execute(delete(drop_applications).where(mine))
    return "taken_out"
