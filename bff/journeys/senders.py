"""What senders are told back, and events whose person has come meanwhile."""

from __future__ import annotations

from uuid import UUID

from procrastinate import App

from bff.journeys.patience import GROWING
from bff.senders import calls, taking, waiting
from bff.senders.calls import Calling
from bff.wiring import House


def register(app: App, house: House, *, queue: str, often: str) -> None:
    """The tasks of this room; `often` as cron writes it."""

    @app.task(name=calls.CALL, queue=queue, retry=GROWING)
    async def sender_call(call: str) -> None:
        await calls.call(calling(house), UUID(call))

    @app.periodic(cron=often)
    @app.task(name="senders_come_round", queue=queue, queueing_lock="senders_come_round")
    async def round(timestamp: int) -> None:
        await come_round(house)


async def come_round(house: House) -> None:
    """What waited for somebody who has come is told her; what was opened is told the office that sent it."""
    await waiting.release(house)
    await taking.report_opened(house)


def calling(house: House) -> Calling:
    return Calling(
        db=house.db,
        defer=house.defer,
        clock=house.clock,
        secret=house.person_secret,
        inside=house.settings.security.inside_hosts,
        https_only=house.settings.production,
    )
