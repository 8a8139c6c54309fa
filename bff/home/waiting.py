"""An application that waits for somebody else's part, and goes on when the last part is there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.applications.promise import promise_delivery
from bff.home.ward_says import hear
from life_events import Catalogue


async def goes_on(conn: AsyncConnection, catalogue: Catalogue, application: UUID, now: datetime) -> bool:
    """To its ward, with a line in its history and a notice, through the house's door; False: it does not wait."""
    kept = await store.held(conn, application)
    if kept is None or kept.state != "waiting":
        return False
    await hear(conn, catalogue, kept, "queued", number="", note=None, now=now)
    await promise_delivery(conn, application)
    return True
