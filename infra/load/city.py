"""The demo city in processes of its own (`python -m bff run`), on free ports and an empty database, for one run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from infra import embedded_postgres
from infra.load import cpu

PATIENCE_S = 60


@dataclass(frozen=True)
class City:
    """`origin` of the app, `sandbox` of the stand-ins, and the process everything else is below."""

    origin: str
    sandbox: str
    database_url: str
    process: int

    @property
    def web(self) -> int:
        return cpu.called_with(self.process, "bff", "web")

    @property
    def worker(self) -> int:
        return cpu.called_with(self.process, "bff", "worker")


@contextmanager
def demo_city() -> Iterator[City]:
    """Open, with its demo residents; gone without a trace when the block ends."""
    var = Path(tempfile.mkdtemp(prefix="km-bench-"))
    try:
        with _opened(var) as city:
            yield city
    finally:
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def _opened(var: Path) -> Iterator[City]:
    port, sandbox_port = free_port(), free_port()
    ports = {
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox_port),
        "EXCHANGE_PORT": str(free_port()),
        "MAIL_PORT": str(free_port()),
    }
    own = {**ports, "KURASHIMADO_VAR": str(var), "SANDBOX_PACE": "0", "KURASHIMADO_LIMITS_FACTOR": "1000000"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "SANDBOX_"))}
    with (var / "log").open("wb") as log, running(["bff", "run"], {**kept, **own}, log.fileno()) as process:
        origin, sandbox = f"http://localhost:{port}", f"http://localhost:{sandbox_port}"
        try:
            wait_for(f"{sandbox}/healthz", process)
            wait_for(f"{origin}/readyz", process)
        except (RuntimeError, TimeoutError):
            sys.stderr.write((var / "log").read_text())
            raise
        yield City(origin, sandbox, embedded_postgres.start(var / "postgres"), process.pid)


@contextmanager
def running(module: list[str], environment: dict[str, str], out: int) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m …`, asked to end when the block does."""
    command = [sys.executable, "-m", *module]
    process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Raises `RuntimeError` when the process ends, `TimeoutError` when it does not answer."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"process {process.pid} ended with {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.1)
    raise TimeoutError(url)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
