"""Settings: read once, and production refuses what only a demo may have."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import infra
from bff import settings, wiring
from bff.__main__ import main
from bff.connectors.street import opened
from bff.settings import DEMO_KEYS, DEMO_SECRET, SettingsRefused

Capture = pytest.CaptureFixture[str]
WHOLE = {
    "KURASHIMADO_ENV": "production",
    "KURASHIMADO_ORIGIN": "https://kurashimado.example",
    "DATABASE_URL": "postgresql://db.example/kurashimado",
    "KURASHIMADO_MASTER_KEYS": "2026:" + base64.b64encode(os.urandom(32)).decode(),
    "KURASHIMADO_PAIRWISE_SECRET": base64.b64encode(os.urandom(32)).decode(),
    "KURASHIMADO_OIDC_ISSUER": "https://idp.example/api/realms/main",
    "KURASHIMADO_OIDC_STAFF_ISSUER": "https://staff.example/api/realms/staff",
    "KURASHIMADO_OIDC_CLIENT_ID": "KURASHIMADO01",
    "KURASHIMADO_EXCHANGE_URL": "https://ss.example",
    "KURASHIMADO_EXCHANGE_KEY": "/keys/exchange_key.pem",
    "KURASHIMADO_EXCHANGE_CERTIFICATE": "/keys/exchange.pem",
    "KURASHIMADO_EXCHANGE_ROOTS": "/keys/exchange_roots.pem",
    "KURASHIMADO_VAPID_SUBJECT": "mailto:push@kurashimado.example",
}


def test_an_operator_who_sets_everything_may_start() -> None:
    chosen = settings.read(WHOLE)
    assert chosen.production
    assert chosen.pushing.origins == frozenset()


def test_the_reckoner_of_benefits_is_optional_and_may_stand_on_the_same_machine() -> None:
    assert settings.read(WHOLE).benefits_url == ""
    near = settings.read({**WHOLE, "KURASHIMADO_BENEFITS_URL": "http://127.0.0.1:8002/"})
    assert near.benefits_url == "http://127.0.0.1:8002"


def test_the_keys_under_hand_over_sheets_are_files_the_newest_first() -> None:
    chosen = settings.read({**WHOLE, "KURASHIMADO_HANDOVER_KEYS": "/keys/2027.pem,/keys/2026.pem"})
    assert [path.name for path in chosen.handover_keys] == ["2027.pem", "2026.pem"]
    assert chosen.handover_minutes == 30


def test_a_comma_too_many_names_no_key() -> None:
    chosen = settings.read({**WHOLE, "KURASHIMADO_HANDOVER_KEYS": "/keys/2027.pem, /keys/2026.pem,"})
    assert [str(path) for path in chosen.handover_keys] == ["/keys/2027.pem", "/keys/2026.pem"]


def a_pem(curve: ec.EllipticCurve) -> bytes:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return ec.generate_private_key(curve).private_bytes(*form)


@pytest.mark.parametrize(
    "wrong",
    [a_pem(ec.SECP384R1()), a_pem(ec.SECP256K1()), b"no key", None],
    ids=["P-384", "secp256k1", "no key", "no file"],
)
def test_a_key_that_no_counter_could_read_stops_the_start_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, wrong: bytes | None
) -> None:
    old, new = tmp_path / "old.pem", tmp_path / "new.pem"
    old.write_bytes(a_pem(ec.SECP256R1()))
    if wrong is not None:
        new.write_bytes(wrong)
    monkeypatch.setenv("KURASHIMADO_HANDOVER_KEYS", f"{old},{new}")
    assert main(["web"]) == 2
    assert "KURASHIMADO_HANDOVER_KEYS" in capsys.readouterr().err


def test_in_production_nothing_starts_without_keys_for_the_exchange_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    for name, value in {**WHOLE, "KURASHIMADO_EXCHANGE_ROOTS": str(tmp_path / "none.pem")}.items():
        monkeypatch.setenv(name, value)
    for process in ("web", "worker"):
        assert main([process]) == 2
        assert "KURASHIMADO_EXCHANGE_KEY, _CERTIFICATE or _ROOTS" in capsys.readouterr().err


@pytest.mark.parametrize("missing", sorted(set(WHOLE) - {"KURASHIMADO_ENV"}))
def test_production_does_not_start_without_a_setting_and_names_it(missing: str) -> None:
    with pytest.raises(SettingsRefused, match=missing):
        settings.read({name: value for name, value in WHOLE.items() if name != missing})


@pytest.mark.parametrize(
    "change",
    [
        {"KURASHIMADO_MASTER_KEYS": DEMO_KEYS},
        {"KURASHIMADO_MASTER_KEYS": "new:" + WHOLE["KURASHIMADO_MASTER_KEYS"].split(":")[1] + "," + DEMO_KEYS},
        {"KURASHIMADO_PAIRWISE_SECRET": DEMO_SECRET},
        {"KURASHIMADO_ORIGIN": "http://kurashimado.example"},
        {"KURASHIMADO_MASTER_KEYS": WHOLE["KURASHIMADO_MASTER_KEYS"] + "," + WHOLE["KURASHIMADO_MASTER_KEYS"]},
        {"KURASHIMADO_ENV": "prod"},
        {"KURASHIMADO_ENV": "Production"},
        {"KURASHIMADO_MASTER_KEYS": "prod:" + DEMO_KEYS.split(":")[1]},
        {"KURASHIMADO_MASTER_KEYS": "2026:c2hvcnQ="},
        {"KURASHIMADO_MASTER_KEYS": "no key at all"},
        {"KURASHIMADO_PAIRWISE_SECRET": "c2hvcnQ="},
        {"KURASHIMADO_POOL_SIZE": "many"},
        {"KURASHIMADO_TESSERACT_SECONDS": "soon"},
        {"KURASHIMADO_PAPER_PICTURES_DAYS": "0"},
        {"KURASHIMADO_HANDOVER_MINUTES": "0"},
        {"KURASHIMADO_HANDOVER_MINUTES": "121"},
        {"KURASHIMADO_PUSH_ORIGINS": "http://localhost:8001"},
        {"KURASHIMADO_PUSH_HOSTS": "https://fcm.googleapis.com"},
        {"KURASHIMADO_PUSH_HOSTS": "*"},
        {"KURASHIMADO_PUSH_HANDS": "0"},
        {"KURASHIMADO_EXCHANGE_URL": "http://ss.example"},
        {"KURASHIMADO_BENEFITS_URL": "http://reckoner.example"},
        {"KURASHIMADO_BENEFITS_URL": "http://127.0.0.1.example"},
        {"KURASHIMADO_BENEFITS_URL": "http://127.0.0.1:8002@reckoner.example"},
        {"KURASHIMADO_BENEFITS_URL": "http://127.0.0.1:port"},
        {"KURASHIMADO_BENEFITS_URL": "http://127.0.0.1\\@reckoner.example"},
        {"KURASHIMADO_EXCHANGE_URL": "https://"},
        {"KURASHIMADO_EXCHANGE_URL": "https://ss.example@evil.example"},
        {"KURASHIMADO_HANDOVER_KEYS": " , "},
        {"KURASHIMADO_OIDC_ISSUER": "http://idp.example/api/realms/main"},
    ],
)
def test_production_refuses_a_demo_secret_or_an_open_wire(change: dict[str, str]) -> None:
    with pytest.raises(SettingsRefused):
        settings.read({**WHOLE, **change})


def test_production_never_answers_documents_that_are_not_trusted() -> None:
    assert settings.read({**WHOLE, "KURASHIMADO_OPEN_GRAPHQL": "1"}).open_graphql is False


def test_the_demo_starts_with_nothing_set() -> None:
    chosen = settings.read({})
    assert not chosen.production
    assert chosen.origin == "http://localhost:8000"
    assert chosen.pushing.origins == {"http://localhost:8001"}


TYPHOON = (Path(infra.__file__).parent / "disasters" / "example.toml.txt").read_text("utf-8")


def test_an_operator_declares_a_disaster_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "2026-10-typhoon.toml").write_text(TYPHOON, "utf-8")
    catalogue = wiring.catalogue_of(settings.read({"KURASHIMADO_DISASTERS": str(tmp_path)}))
    assert [(one.id, one.rescue_act) for one in catalogue.law.disasters] == [("2026-10-typhoon", True)]
    assert wiring.catalogue_of(settings.read({})).law.disasters == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("2026-10-typhoon.toml", "rescue_act = true", "rescue_akt = true", "rescue_akt"),
        ("2026-10-typhoon.toml", "rescue_act = true", "", "rescue_act"),
        ("2026-10-typhoon.toml", "2026-10-10", '"soon"', "on"),
        ("2026-10-typhoon.toml", '"131121"', '"131122"', "no such ward .*131122"),
        ("2026-10-typhoon.toml", 'wards = ["131121", "131113"]', "wards = []", "names no ward"),
        ("2026-10-typhoon.toml", "disaster_damage_certificate =", "damage_paper =", "no such term .*damage_paper"),
        ("2026-10-typhoon.toml", "2026-12-28", "2026-10-09", "before the disaster itself"),
        ("2026-10-typhoon.toml", "rescue_act", "over = 2026-10-01\nrescue_act", "over: before the disaster"),
        ("2026-10-quake.toml", "", "", "file's name"),
    ],
)
def test_a_wrong_disaster_stops_the_start_and_names_the_file(
    tmp_path: Path, file: str, old: str, new: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / file).write_text(TYPHOON.replace(old, new, 1), "utf-8")
    monkeypatch.setenv("KURASHIMADO_DISASTERS", str(tmp_path))
    assert main(["web"]) == 2
    told = capsys.readouterr().err
    assert file in told
    assert re.search(said, told)


def test_a_folder_of_disasters_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="there is no such folder"):
        wiring.catalogue_of(settings.read({"KURASHIMADO_DISASTERS": str(tmp_path / "nowhere")}))


def test_no_port_of_authorised_bodies_is_open_unless_an_operator_says_so_and_a_wrong_name_stops_the_start() -> None:
    for environ in ({}, WHOLE):
        assert settings.read(environ).authorised_ports == frozenset()
    chosen = settings.read({**WHOLE, "KURASHIMADO_AUTHORISED_PORTS": "mailbox, family_register,"}).authorised_ports
    assert opened(chosen) == {"mailbox", "family_register"}
    for wrong in ("registry", "counter", "mail"):
        with pytest.raises(SettingsRefused, match=f"AUTHORISED_PORTS: {wrong}"):
            opened(settings.read({"KURASHIMADO_AUTHORISED_PORTS": wrong}).authorised_ports)


@pytest.mark.parametrize("command", ["run", "demo"])
def test_made_up_people_do_not_enter_production(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    assert main([command]) == 2
