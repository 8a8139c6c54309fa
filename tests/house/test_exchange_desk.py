"""`python -m bff exchange`: what an operator learns from the security server, over real mutual TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bff.__main__ import main
from tests.conftest import free_port
from tests.town import Outside, make_keys

HOUSEHOLDS = "TOKYO23/GOV/131032/registry/households"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def operator(outside: Outside, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KURASHIMADO_VAR", str(keys))
    monkeypatch.setenv("KURASHIMADO_EXCHANGE_URL", outside.exchange)
    yield
    _rule(outside, reset=True)


@pytest.fixture
def unused() -> str:
    """Where nobody listens."""
    return f"https://localhost:{free_port()}"


def _rule(outside: Outside, **ruling: object) -> None:
    json = {"accept": "application/json"}
    httpx.post(f"{outside.origin}/_exchange/rules", json=ruling, headers=json).raise_for_status()


def test_the_members_are_listed_with_their_names(capsys: Capture) -> None:
    assert main(["exchange", "clients"]) == 0
    told = capsys.readouterr().out
    assert "TOKYO23/GOV/131032/registry" in told
    assert "港区" in told


@pytest.mark.parametrize("asked", ["TOKYO23/GOV/131032/registry", HOUSEHOLDS])
def test_a_subsystem_is_listed_with_what_we_may_call(asked: str, capsys: Capture, outside: Outside) -> None:
    assert main(["exchange", "methods", asked]) == 0
    assert capsys.readouterr().out.split() == [HOUSEHOLDS, "OPENAPI", "ours", "POST", "/query"]
    _rule(outside, service=HOUSEHOLDS, granted=False)
    assert main(["exchange", "methods", asked]) == 0
    assert "not ours" in capsys.readouterr().out


def test_a_service_is_described(capsys: Capture) -> None:
    assert main(["exchange", "describe", HOUSEHOLDS]) == 0
    assert '"openapi"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked",
    [
        ["methods", "TOKYO23/GOV/131032"],
        ["methods", "not an id"],
        ["methods", "TOKYO23/GOV/999999/registry"],
        ["describe", "TOKYO23/GOV/131032/registry/animals"],
    ],
)
def test_what_cannot_be_told_is_said_plainly(asked: list[str], capsys: Capture) -> None:
    assert main(["exchange", *asked]) == 3
    assert capsys.readouterr().err.startswith("kurashimado: ")


def test_every_connector_may_call_what_it_calls_until_a_right_is_taken_away(capsys: Capture, outside: Outside) -> None:
    assert main(["exchange", "check"]) == 0, capsys.readouterr().out
    whole = capsys.readouterr().out
    assert "registry" in whole
    assert "and 22 more" in whole
    _rule(outside, service=HOUSEHOLDS, granted=False)
    _rule(outside, server="ss-private", state="maintenance")
    assert main(["exchange", "check"]) == 1
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["registry", "not", "granted", HOUSEHOLDS] in rows
    assert any(row[0] == "electricity" and "server.serverproxy.maintenance_mode" in row for row in rows)


def test_a_port_that_is_shut_here_is_not_looked_at(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["exchange", "check"]) == 0
    assert "family_register" not in capsys.readouterr().out
    monkeypatch.setenv("KURASHIMADO_AUTHORISED_PORTS", "family_register")
    assert main(["exchange", "check"]) == 0
    assert "family_register" in capsys.readouterr().out


def test_a_client_nobody_knows_and_a_certificate_nobody_registered_are_told_apart(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, keys: Path
) -> None:
    monkeypatch.setenv("KURASHIMADO_EXCHANGE_CLIENT", "TOKYO23/COM/900100/nobody")
    assert main(["exchange", "methods", HOUSEHOLDS]) == 3
    assert "unknown_member" in capsys.readouterr().err
    make_keys(tmp_path)
    monkeypatch.setenv("KURASHIMADO_VAR", str(tmp_path))
    monkeypatch.setenv("KURASHIMADO_EXCHANGE_ROOTS", str(keys / "exchange" / "root.pem"))
    assert main(["exchange", "methods", HOUSEHOLDS]) == 3
    assert "silent" in capsys.readouterr().err


def test_a_server_that_another_root_vouches_for_is_not_believed(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, keys: Path
) -> None:
    monkeypatch.setenv("KURASHIMADO_EXCHANGE_ROOTS", str(keys / "exchange.pem"))
    assert main(["exchange", "clients"]) == 3
    assert "certificate" in capsys.readouterr().err.lower()


def test_a_security_server_that_is_away_is_said_once(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, unused: str
) -> None:
    monkeypatch.setenv("KURASHIMADO_EXCHANGE_URL", unused)
    assert main(["exchange", "check"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
