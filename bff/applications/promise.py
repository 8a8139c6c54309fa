"""The promise made with every application kept: it will reach its ward."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db
from bff.applications.tables import applications

DELIVER: Final = "deliver_application"
TELL_WITHDRAWAL: Final = "tell_withdrawal"


async def promise_delivery(conn: AsyncConnection, application: UUID) -> None:
    """Deferred in the transaction that keeps the application; kept by `bff.journeys`."""
    await db.defer(conn, DELIVER, args={"application": str(application)}, lock=f"application:{application}")


async def promise_what_waits(conn: AsyncConnection, ward: str) -> None:
    """House door. Of all that lies here for the ward; what is promised twice is delivered once."""
    queued = select(applications.c.id).where(applications.c.ward == ward, applications.c.state == "queued")
    for id in (await conn.execute(queued.order_by(applications.c.accepted_at))).scalars().all():
        await promise_delivery(conn, id)


async def promise_telling_withdrawal(conn: AsyncConnection, application: UUID) -> None:
    """After the delivery, when that is under way, and before the next look, which may be far off."""
    args = {"application": str(application)}
    await db.defer(conn, TELL_WITHDRAWAL, args=args, lock=f"application:{application}", priority=1)
