"""Data keys are wrapped anew beside everything else."""

from __future__ import annotations

from uuid import UUID

from procrastinate import App
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration import rewraps
from bff.identity import rewrapping
from bff.identity.keys import Unreadable
from bff.journeys.patience import GROWING
from bff.paper import store as papers
from bff.school import store as schools
from bff.wiring import House


def register(app: App, house: House, *, queue: str) -> None:
    @app.task(name=rewraps.REWRAP, queue=queue, retry=GROWING)
    async def rewrap_keys(rewrap: str) -> None:
        await rewrapped(house, UUID(rewrap))


async def rewrapped(house: House, id: UUID) -> None:
    keys, current = house.keys, house.settings.master_keys[0][0]

    async def some(conn: AsyncConnection) -> int:
        wrapped = await rewrapping.rewrap_some(conn, keys, current)
        wrapped += await papers.rewrap_some(conn, keys, current)
        return wrapped + await schools.rewrap_some(conn, keys, current)

    try:
        await rewraps.run(house.db, id, some, house.clock)
    except Unreadable as wrong:
        await rewraps.fail(house.db, id, str(wrong), house.clock())
