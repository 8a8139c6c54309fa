"""Secrets come from files too, are listed by their ids alone, and the master key is changed under way."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bff import secrets_desk, settings
from bff.__main__ import main
from bff.settings import SettingsRefused
from notifications.channels.vapid import new_private_key_pem
from tests.house.test_settings import WHOLE
from tests.town import Town

SEEN = "{ viewer { name } service { pushKey } }"
JWKS = "/.well-known/handover-jwks.json"
NEW = base64.b64encode(bytes([7]) * 32).decode()


def test_every_setting_may_stand_in_a_file_and_both_at_once_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "master_keys"
    file.write_text(f"2027:{NEW}\n")
    without = {name: value for name, value in WHOLE.items() if name != "KURASHIMADO_MASTER_KEYS"}
    chosen = settings.read({**without, "KURASHIMADO_MASTER_KEYS_FILE": str(file)})
    assert [name for name, _ in chosen.master_keys] == ["2027"]
    with pytest.raises(SettingsRefused, match="KURASHIMADO_MASTER_KEYS and KURASHIMADO_MASTER_KEYS_FILE"):
        settings.read({**WHOLE, "KURASHIMADO_MASTER_KEYS_FILE": str(file)})
    with pytest.raises(SettingsRefused, match="DATABASE_URL_FILE cannot be read") as refused:
        settings.read({**without, "DATABASE_URL": "", "DATABASE_URL_FILE": str(tmp_path / "nothing")})
    assert NEW not in str(refused.value)


async def test_each_secret_is_changed_and_what_it_sealed_or_named_stays(town: Town, tmp_path: Path) -> None:
    """The steps that `python -m bff secrets list` tells, each taken once."""
    hana = await town.resident("hana")
    before = (await hana.asks(SEEN))["service"]["pushKey"]
    known_as = await pseudonym(town)
    signs_now = await town.browser().get(JWKS)
    new, chosen = ("new", base64.b64decode(NEW)), town.settings
    both = replace(chosen, master_keys=(new, *chosen.master_keys))
    assert await secrets_desk._rewrapped(both) == "1 data keys are wrapped anew; all are under new"
    assert await secrets_desk._rewrapped(both) == "0 data keys are wrapped anew; all are under new"
    fresh = [tmp_path / "vapid.pem", tmp_path / "handover.pem"]
    for file in fresh:
        file.write_text(new_private_key_pem())
    keys = {"vapid_key": fresh[0], "handover_keys": (fresh[1], *chosen.handover_keys)}
    secrets = (("2027", bytes([9]) * 32), *chosen.pairwise_secrets)
    after = Town(replace(chosen, master_keys=(new,), pairwise_secrets=secrets, **keys))
    try:
        hana = await after.resident("hana")
        seen = await hana.asks(SEEN)
        published = (await after.browser().get(JWKS)).json()["keys"]
        assert await pseudonym(after) == known_as, "whom she was told to knows her as before"
        listed = await secrets_desk._listed(after.settings)
    finally:
        await after.close()
    assert seen["viewer"]["name"]
    assert seen["service"]["pushKey"] != before, "by which a phone sees that it must subscribe anew"
    assert published[1:] == signs_now.json()["keys"], "a sheet of an hour ago is still read"
    for line in (
        "MASTER_KEYS new: around 1 data keys",
        "PAIRWISE_SECRET 2027",
        "VAPID_KEY vapid.pem: 0 days old",
        "EXCHANGE_CERTIFICATE exchange.pem: ends in ",
    ):
        assert line in listed
    assert NEW not in listed
    assert "every push subscription" in listed


async def pseudonym(town: Town) -> str:
    async with town.house.db.house() as conn:
        resident, version = (await conn.execute(text("SELECT id, pairwise FROM residents"))).one()
    return town.house.pairwise.id_for(resident, "https://ward.test", version)


def test_our_keys_towards_providers_are_announced_rotated_and_retired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KURASHIMADO_VAR", str(tmp_path))

    def told(act: str) -> list[str]:
        assert main(["keys", act]) == 0
        lines = capsys.readouterr().out.splitlines()
        published = json.loads((tmp_path / "client_jwks.json").read_text())["keys"]
        assert all("d" not in key for key in published), "never the private half"
        return [*(line.partition(": ")[2] for line in lines), f"{len(published)} published"]

    assert told("rotate") == ["signs now; the former are published until `keys retire`", "1 published"]
    assert told("announce") == ["published, signs after `keys rotate`", "2 published"]
    assert sorted(told("show")) == ["2 published", "announced", "signs"]
    assert told("rotate")[1] == "2 published"
    assert sorted(told("show")) == ["2 published", "published", "signs"]
    assert told("retire") == ["gone", "1 published"]
    assert told("retire") == ["", "1 published"]
    one = tmp_path / "one.pem"
    one.write_text(new_private_key_pem())
    monkeypatch.setenv("KURASHIMADO_OIDC_KEYS", str(one))
    assert main(["keys", "rotate"]) == 2
    assert "rotating wants a folder" in capsys.readouterr().err
