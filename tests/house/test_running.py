"""The demo city goes on whether or not OpenFisca-Japan runs beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bff import __main__ as city
from infra import benefits

ENDS_AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.mark.parametrize("beside", [None, ENDS_AT_ONCE, ["/no/such/python"]], ids=["none", "ends", "cannot start"])
def test_the_city_runs_to_its_own_end_whatever_becomes_of_the_process_beside_it(beside: list[str] | None) -> None:
    own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(7)"])
    with pytest.raises(SystemExit, match="ended with 7"), city._beside(beside):
        city._until_one_ends([own])


def test_it_is_ended_with_the_city_even_when_that_ends_badly(tmp_path: Path) -> None:
    mark = tmp_path / "number"
    waits = f"import os, pathlib, time; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(60)"

    def city_ends() -> None:
        with city._beside([sys.executable, "-c", waits]):
            os.kill(int(_written(mark)), 0)
            sys.exit("the city ends")

    with pytest.raises(SystemExit):
        city_ends()
    with pytest.raises(ProcessLookupError):
        os.kill(int(_written(mark)), 0)


def test_it_is_told_no_key_address_or_secret_of_the_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {"DATABASE_URL": "postgresql://x", "KURASHIMADO_MASTER_KEYS": "k", "KURASHIMADO_PAIRWISE_SECRET": "s"}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    told = tmp_path / "told"
    tells = f"import json, os, pathlib; pathlib.Path({str(told)!r}).write_text(json.dumps(dict(os.environ)))"
    with city._beside([sys.executable, "-c", tells]):
        environment = json.loads(_written(told))
    assert environment["PATH"] == os.environ["PATH"]
    assert not [name for name in environment if name in secrets or name.startswith("KURASHIMADO_")]


def _written(file: Path) -> str:
    until = time.monotonic() + 30
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.05)
    return file.read_text()


@pytest.mark.parametrize("port", [8002, 9999])
def test_it_listens_on_the_loopback_alone_on_the_port_it_is_given(port: int) -> None:
    command = benefits.command(port)
    assert command is not None
    assert f"127.0.0.1:{port}" in command
    assert Path(command[0]).parts[-3:] == (".venv-benefits", "bin", "python")
