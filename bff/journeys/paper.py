"""Papers from a counter: read when they come, and forgotten when their time is over."""

from __future__ import annotations

from uuid import UUID

from procrastinate import App

from bff.journeys.patience import GROWING
from bff.paper import coming_round, store
from bff.paper.reading_job import read_paper
from bff.wiring import House


def register(app: App, house: House, *, queue: str, nights: str) -> None:
    @app.task(name=store.READ, queue=queue, retry=GROWING)
    async def read(intake: str) -> None:
        await read_paper(house.for_paper, UUID(intake))

    @app.periodic(cron=nights)
    @app.task(name="forget_papers", queue=queue, queueing_lock="forget_papers", retry=GROWING)
    async def night(timestamp: int) -> None:
        await coming_round.come_round(house.for_paper, house.settings.paper)
