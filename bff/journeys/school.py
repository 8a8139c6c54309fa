"""Schools: what the register and the service of schools say of a guardian is laid beside the rosters."""

from __future__ import annotations

from uuid import UUID

from procrastinate import App

from bff.journeys.patience import GROWING
from bff.school import hearing
from bff.wiring import House


def register(app: App, house: House, *, queue: str) -> None:
    @app.task(name=hearing.MATCH, queue=queue, retry=GROWING)
    async def match(resident: str) -> None:
        await hearing.match(house.for_school, UUID(resident))
