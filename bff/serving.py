"""How a web process serves, and how it ends: first it says so, then it takes nothing new, then it goes.

A balancer asks `/readyz` every few seconds; until it has heard the no, it still sends people here, and they are
answered. So on SIGTERM each process says no for `drain` seconds before the socket is closed. What is in hand then has
`PATIENCE` seconds. A second SIGTERM ends the first wait.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any, Final

from granian.constants import Interfaces
from granian.server import MPServer

PATIENCE: Final = 30
"""Seconds for what is under way: longer than any answer takes, an upload over a slow line included."""
SOON: Final = signal.SIGUSR1
"""What the process that keeps the others tells them."""


def serve(app: str, address: str, port: int, *, drain: float = 0, **more: Any) -> None:
    """Until told to end; `app` as `module:factory`."""
    serving: dict[str, Any] = {"factory": True, "interface": Interfaces.ASGI, "log_access": False, "websockets": False}
    _Patient(app, address=address, port=port, workers_kill_timeout=PATIENCE, drain=drain, **serving, **more).serve()


def when_told(begin: Callable[[], None]) -> None:
    """`begin` is called when this process is about to be ended."""
    signal.signal(SOON, lambda *_: begin())


class _Patient(MPServer):
    def __init__(self, app: str, *, drain: float, **more: Any) -> None:
        super().__init__(app, **more)
        self._drain, self._told = drain, False

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        if self._told or self._drain <= 0:
            self._end()
            return
        self._told = True
        for each in self.wrks:
            os.kill(each.inner.pid, SOON)
        last = threading.Timer(self._drain, self._end)
        last.daemon = True
        last.start()

    def _end(self) -> None:
        super().signal_handler_interrupt()  # type: ignore[no-untyped-call]
