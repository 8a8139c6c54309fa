"""The door for other bodies as it really listens: only our security server's key opens it."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bff.exchange.incoming import keys as inlet_keys
from bff.settings import SettingsRefused
from bff.wiring import now
from infra.sandbox.telling import HouseDoor, Untold
from tests.conftest import free_port
from tests.inlet.ward import incoming
from tests.town import Town


@pytest.fixture
def door(town: Town, keys: Path, tmp_path: Path) -> Iterator[HouseDoor]:
    """`python -m bff inlet` over the town's database."""
    port, folder = free_port(), tmp_path / "inlet"
    inlet_keys.make_up(folder, now())
    environment = {
        **os.environ,
        "DATABASE_URL": town.settings.database_url,
        "INLET_PORT": str(port),
        "KURASHIMADO_VAR": str(keys),
        **{f"KURASHIMADO_INLET_{name}": str(folder / file) for name, file in FILES.items()},
    }
    process = subprocess.Popen([sys.executable, "-m", "bff", "inlet"], env=environment)
    found = HouseDoor(f"https://localhost:{port}", folder)
    try:
        listens(found)
        yield found
    finally:
        process.terminate()
        process.wait(20)


FILES = {"CERTIFICATE": "house.pem", "KEY": "house_key.pem", "CALLERS": "authority.pem"}


def listens(door: HouseDoor) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(door.url, verify=door._context())
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(door.url)


async def test_a_ward_tells_through_the_security_server_and_nobody_without_its_key(town: Town, door: HouseDoor) -> None:
    with pytest.raises(Untold, match="404"):
        await door.tell("131032", "counter", "/applications/KM-131032-20260101-000001/status", {"state": "checking"})
    before = len(await incoming(town))
    known = ssl.create_default_context(cafile=str(door.keys / "authority.pem"))
    async with httpx.AsyncClient(verify=known) as http:
        with pytest.raises((httpx.TransportError, ssl.SSLError)):
            await http.post(f"{door.url}/xroad/v1/applications")
    stranger = door.keys / "stranger"
    inlet_keys.make_up(stranger, now())
    known.load_cert_chain(stranger / "security_server.pem", stranger / "security_server_key.pem")
    async with httpx.AsyncClient(verify=known) as http:
        with pytest.raises((httpx.TransportError, ssl.SSLError)):
            await http.post(f"{door.url}/xroad/v1/applications")
    assert len(await incoming(town)) == before > 0


def test_nothing_listens_without_its_files_nor_in_production_with_made_up_ones(town: Town, tmp_path: Path) -> None:
    inlet_keys.make_up(tmp_path, now())
    made_up = replace(
        town.settings,
        inlet_certificate=tmp_path / "house.pem",
        inlet_key=tmp_path / "house_key.pem",
        inlet_callers=tmp_path / "authority.pem",
    )
    assert inlet_keys.files_of(made_up)[2] == tmp_path / "authority.pem"
    with pytest.raises(SettingsRefused, match="KURASHIMADO_INLET_CERTIFICATE is one of the demo city"):
        inlet_keys.files_of(replace(made_up, production=True))
    with pytest.raises(SettingsRefused, match="KURASHIMADO_INLET_CALLERS cannot be read"):
        inlet_keys.files_of(replace(made_up, inlet_callers=tmp_path / "none.pem"))
    with pytest.raises(SettingsRefused, match="KURASHIMADO_INLET_KEY cannot be read"):
        inlet_keys.files_of(replace(made_up, inlet_key=tmp_path / "house.pem"))
