"""A worker in a process of its own, which a test may kill as a machine's failure would: no farewell, no clean-up."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bff.settings import Settings


@dataclass(frozen=True)
class Worker:
    """`python -m bff worker`, running."""

    process: subprocess.Popen[bytes]

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    async def works_until(self, done: Callable[[], Awaitable[bool]], seconds: float = 100) -> None:
        """Fails when the worker ends by itself, or takes longer than `seconds`."""
        latest = time.monotonic() + seconds
        while not await done():
            assert self.lives, "the worker ended by itself"
            assert time.monotonic() < latest, "it takes too long"
            await asyncio.sleep(0.3)

    async def is_caught(self, in_hand: Callable[[], Awaitable[bool]], seconds: float = 100) -> None:
        """Stops it in the middle of something: between two things it is let go on for a moment."""
        latest = time.monotonic() + seconds
        while True:
            self.process.send_signal(signal.SIGSTOP)
            if await in_hand():
                return
            assert time.monotonic() < latest, "it has never anything in hand"
            self.process.send_signal(signal.SIGCONT)
            await asyncio.sleep(0.03)

    def dies(self) -> None:
        """SIGKILL: nothing in hand is finished, nothing is said to the database."""
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait(10) == -signal.SIGKILL

    def goes_home(self) -> int:
        """SIGTERM: what is in hand is finished first. The exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextmanager
def worker(settings: Settings) -> Iterator[Worker]:
    """A worker under `settings`; when the block ends, it ends."""
    process = subprocess.Popen([sys.executable, "-m", "bff", "worker"], env=environment(settings))
    try:
        yield Worker(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def environment(settings: Settings) -> dict[str, str]:
    """The variables from which `bff.settings` reads what of `settings` a process needs."""
    return {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "SANDBOX_ORIGIN": settings.oidc_issuer.split("/api/")[0],
        "KURASHIMADO_EXCHANGE_URL": settings.exchange_url,
        "KURASHIMADO_EXCHANGE_KEY": str(settings.exchange_key),
        "KURASHIMADO_EXCHANGE_CERTIFICATE": str(settings.exchange_certificate),
        "KURASHIMADO_EXCHANGE_ROOTS": str(settings.exchange_roots),
        "KURASHIMADO_ORIGIN": settings.origin,
        "KURASHIMADO_VAR": str(settings.var),
        "KURASHIMADO_ASSETS": str(settings.assets),
        "KURASHIMADO_OIDC_KEYS": str(settings.oidc_keys),
        "KURASHIMADO_VAPID_KEY": str(settings.vapid_key),
        "KURASHIMADO_EVIDENCE_KEY": str(settings.evidence_key),
        "KURASHIMADO_EVIDENCE_CERTIFICATE": str(settings.evidence_certificate),
        "KURASHIMADO_HANDOVER_KEYS": ",".join(map(str, settings.handover_keys)),
        "KURASHIMADO_STALLED_AFTER": str(settings.stalled_after),
        "KURASHIMADO_STOP_SECONDS": str(settings.running.stop_within),
        **({"WORKER_PORT": str(port)} if (port := settings.running.worker_port) else {}),
    }
