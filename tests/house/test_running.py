"""The demo city goes on whether or not OpenFisca-Japan runs beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bff import __main__ as city
from infra import benefits


def test_a_city_without_the_environment_has_nothing_to_start_beside_it() -> None:
    entered = False
    with city._beside(None):
        entered = True
    assert entered


def test_a_process_that_ends_at_once_does_not_take_the_city_with_it() -> None:
    with city._beside([sys.executable, "-c", "raise SystemExit(3)"]):
        going = subprocess.run([sys.executable, "-c", "print('the city goes on')"], capture_output=True, check=True)
    assert going.stdout.strip() == b"the city goes on"


def test_a_process_that_cannot_be_started_does_not_take_the_city_with_it(tmp_path: Path) -> None:
    entered = False
    with city._beside([str(tmp_path / "no-such-python")]):
        entered = True
    assert entered


def test_it_is_ended_with_the_city(tmp_path: Path) -> None:
    mark = tmp_path / "ended"
    waits = (
        "import pathlib, signal, sys, time;"
        f"signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(mark)!r}).touch(), sys.exit(0)));"
        f"pathlib.Path({str(tmp_path / 'ready')!r}).touch();"
        "time.sleep(60)"
    )
    with city._beside([sys.executable, "-c", waits]):
        while not (tmp_path / "ready").exists():
            pass
    assert mark.exists()


@pytest.mark.parametrize("port", [8002, 9999])
def test_it_listens_on_the_loopback_alone_on_the_port_it_is_given(port: int) -> None:
    command = benefits.command(port)
    assert command is not None
    assert f"127.0.0.1:{port}" in command
    assert Path(command[0]).parts[-3:] == (".venv-benefits", "bin", "python")
