"""Rooms → job runner: what the house promised, kept by as many of these processes as there are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bff import journeys, tracing, watch
from bff.db import AWAY
from bff.settings import Settings
from bff.wiring import House, build

AT_ONCE = 8
LOOK_EVERY = 1.0
log = structlog.get_logger()
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def job_runner(settings: Settings) -> App:
    """The job runner over the house's own database, without any task yet."""
    return App(connector=PsycopgConnector(conninfo=settings.database_url, min_size=1, max_size=4))


async def work(settings: Settings) -> None:
    """Run until told to stop. What is in hand then has `stop_within` seconds to be finished; what is not is handed back
    and done again by another: every act is idempotent under its key."""
    watch.speak_json()
    running = settings.running
    tell_rest = tracing.begin(running.traces, running.traces_share, part="worker", version=settings.version)
    house = watch.for_good(build(settings))
    following = asyncio.create_task(house.shelf.follow())
    try:
        async with _beside(settings):
            await _until_told(settings, house)
    finally:
        following.cancel()
        await house.close()
        tell_rest()


async def _until_told(settings: Settings, house: House) -> None:
    """While the database is away it is waited for: what was in hand is taken over as that of a worker that died."""
    while True:
        try:
            await _works(settings, house)
            return
        except (ConnectorException, *AWAY) as away:
            log.warning("the database is away; looking again", why=type(away).__name__)
            await asyncio.sleep(LOOK_EVERY)


async def _works(settings: Settings, house: House) -> None:
    app = job_runner(settings)
    journeys.register(app, house)
    async with app.open_async():
        await house.shelf.known()
        await journeys.take_over_stalled(app, house)
        await app.run_worker_async(
            queues=["house"],
            concurrency=AT_ONCE,
            fetch_job_polling_interval=LOOK_EVERY,
            update_heartbeat_interval=settings.stalled_after / 3,
            stalled_worker_timeout=settings.stalled_after,
            delete_jobs="successful",
            shutdown_graceful_timeout=settings.running.stop_within,
            worker_middleware=[journeys.watched(house.person_secret)],
        )


@asynccontextmanager
async def _beside(settings: Settings) -> AsyncIterator[None]:
    """`/healthz` and `/metrics`, answered by the very loop that works: one that is stuck does not answer."""
    if settings.running.worker_port is None:
        yield
        return

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def metrics(request: web.Request) -> web.Response:
        if not watch.may_read(request.headers, request.remote in LOOPBACK, settings.metrics_token):
            return web.Response(status=403)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    door = web.Application()
    door.router.add_get("/healthz", alive)
    door.router.add_get("/metrics", metrics)
    runner = web.AppRunner(door, handle_signals=False, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.running.worker_host, settings.running.worker_port).start()
        yield
    finally:
        await runner.cleanup()
