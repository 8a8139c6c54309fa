"""Counting for the effect board: often the last days, each night those that may still change."""

from __future__ import annotations

from datetime import timedelta

from procrastinate import App

from bff import effect
from bff.wiring import House


def register(app: App, house: House, *, queue: str, often: str) -> None:
    @app.periodic(cron=often)
    @app.task(name="count_effect", queue=queue, queueing_lock="count_effect")
    async def counted(timestamp: int) -> None:
        await count(house, effect.LATELY)


async def count(house: House, back: timedelta) -> None:
    """The days from so far back on, counted anew."""
    async with house.db.house() as conn:
        await effect.count(conn, house.today(), back)
