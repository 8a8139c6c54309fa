"""Rooms → job runner: what the house promised, kept by as many of these processes as there are."""

from __future__ import annotations

from procrastinate import App, PsycopgConnector

from bff import journeys, watch
from bff.settings import Settings
from bff.wiring import build

AT_ONCE = 8
LOOK_EVERY = 1.0


def job_runner(settings: Settings) -> App:
    """The job runner over the house's own database, without any task yet."""
    return App(connector=PsycopgConnector(conninfo=settings.database_url, min_size=1, max_size=4))


async def work(settings: Settings) -> None:
    """Run until told to stop; a task in hand is finished first."""
    watch.speak_json()
    house = watch.for_good(build(settings))
    app = job_runner(settings)
    journeys.register(app, house)
    try:
        async with app.open_async():
            await journeys.take_over_stalled(app, house)
            await app.run_worker_async(
                queues=["house"],
                concurrency=AT_ONCE,
                fetch_job_polling_interval=LOOK_EVERY,
                update_heartbeat_interval=settings.stalled_after / 3,
                stalled_worker_timeout=settings.stalled_after,
                delete_jobs="successful",
            )
    finally:
        await house.close()
