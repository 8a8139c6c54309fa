"""What is done for notices that lie unread, and the letters that ask whether an address is somebody's."""

from __future__ import annotations

from uuid import UUID

from procrastinate import App

from bff import db as database
from bff.journeys.patience import GROWING
from bff.reach import asking, letters
from bff.wiring import House
from notifications.reach import climbing


def register(app: App, house: House, *, queue: str, often: str) -> None:
    """The tasks of this room; `often` as cron writes it."""

    @app.task(name=asking.SEND, queue=queue, retry=GROWING)
    async def confirm_address(resident: str, kind: str) -> None:
        await asking.send(house, UUID(resident), "sms" if kind == "sms" else "email")

    @app.task(name=climbing.CLIMB, queue=queue, retry=GROWING)
    async def reach_climb(notice: str) -> None:
        await climbing.climb(
            open=house.db.house,
            defer=database.defer,
            clock=house.clock,
            channels=house.reach_channels,
            notice=UUID(notice),
        )

    @app.task(name=letters.MAKE, queue=queue, retry=GROWING)
    async def reach_letters(list: str) -> None:
        await letters.make(house, UUID(list))

    @app.periodic(cron=often)
    @app.task(name="reach_begin", queue=queue, queueing_lock="reach_begin")
    async def reach_begin(timestamp: int) -> None:
        await begin(house)


async def begin(house: House) -> None:
    """What was sent lately begins to climb, and what is due is promised."""
    await climbing.begin(open=house.db.house, defer=database.defer, clock=house.clock)
