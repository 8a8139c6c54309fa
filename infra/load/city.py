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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from infra import embedded_postgres
from infra.load import cpu

PATIENCE_S = 180


@dataclass(frozen=True)
class City:
    """`origin` of the app, `sandbox` of the stand-ins, and the process everything else is below; `environment`: with
    which a further process of it is started."""

    origin: str
    sandbox: str
    database_url: str
    process: int
    environment: Mapping[str, str]

    @property
    def web(self) -> int:
        return cpu.called_with(self.process, "bff", "web")

    @property
    def worker(self) -> int:
        return cpu.called_with(self.process, "bff", "worker")


BEARS_ALL = {
    "KURASHIMADO_LIMITS_FACTOR": "1000000",
    "KURASHIMADO_ANSWERS_AT_ONCE": "1000000",
    "KURASHIMADO_LATE_BY": "60",
}
"""Nobody is put off, so that what is measured is the answering."""


@contextmanager
def demo_city(more: Mapping[str, str] = BEARS_ALL) -> Iterator[City]:
    """Open, with its demo residents; gone without a trace when the block ends. `more`: settings of the house."""
    var = Path(tempfile.mkdtemp(prefix="km-bench-"))
    try:
        with _opened(var, more) as city:
            yield city
    finally:
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def _opened(var: Path, more: Mapping[str, str]) -> Iterator[City]:
    environment = _environment(var, more)
    origin, sandbox = environment["KURASHIMADO_ORIGIN"], environment["SANDBOX_ORIGIN"]
    with (var / "log").open("wb") as log, running(["bff", "run"], environment, log.fileno()) as process:
        try:
            wait_for(f"{sandbox}/healthz", process)
            wait_for(f"{origin}/readyz", process)
        except (RuntimeError, TimeoutError):
            sys.stderr.write((var / "log").read_text())
            raise
        url = embedded_postgres.start(var / "postgres")
        yield City(origin, sandbox, url, process.pid, {**environment, "DATABASE_URL": url})


def _environment(var: Path, more: Mapping[str, str]) -> dict[str, str]:
    """As `python -m bff run` would choose it, on ports of its own; told whole, so that further processes can join."""
    names = ("PORT", "SANDBOX_PORT", "EXCHANGE_PORT", "MAIL_PORT", "INLET_PORT", "BENEFITS_PORT")
    ports = {name: str(free_port()) for name in names}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "SANDBOX_"))}
    chosen = {
        "SANDBOX_ORIGIN": f"http://localhost:{ports['SANDBOX_PORT']}",
        "KURASHIMADO_ORIGIN": f"http://localhost:{ports['PORT']}",
        "KURASHIMADO_EXCHANGE_URL": f"https://localhost:{ports['EXCHANGE_PORT']}",
        "KURASHIMADO_MAIL_URL": f"smtp+plain://127.0.0.1:{ports['MAIL_PORT']}",
        "KURASHIMADO_PROVIDERS": str(var / "providers.toml"),
        "KURASHIMADO_VAR": str(var),
        "SANDBOX_PACE": "0",
        "DEMO_WARDS": "131032",
    }
    return {**kept, **ports, **chosen, **more}


@contextmanager
def running(module: list[str], environment: Mapping[str, str], out: int) -> Iterator[subprocess.Popen[bytes]]:
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
