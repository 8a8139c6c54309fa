"""`python -m infra.sandbox` serves the stand-ins in one process until it is interrupted."""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Final

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from infra.sandbox.app import create_app
from infra.sandbox.settings import Settings, settings_from

GRACE_SECONDS: Final = 1.0


async def serve(settings: Settings) -> None:
    city = create_app(settings)
    exchange = await city.exchange.open(settings.host, settings.exchange_port)
    mail = await city.office.open(settings.host, settings.mail_port) if settings.mail_port else None
    server = Server(
        city,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        websockets=True,
        backlog=1024,
        log_access=False,
    )
    loop = asyncio.get_running_loop()
    stamping = loop.create_task(city.exchange.server.stamps_for_ever())
    stop: Callable[[], None] = server.stop

    def leave() -> None:
        stop()
        exchange.close()
        if mail is not None:
            mail.close()
        stamping.cancel()
        # The server waits for open sockets and for services switched to silent; nothing here is worth waiting for.
        loop.call_later(GRACE_SECONDS, os._exit, 0)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, leave)
    await server.serve()
    # The server's threads may outlive it, and abort the process if the interpreter is taken down under them.
    os._exit(0)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(settings_from(os.environ)))
