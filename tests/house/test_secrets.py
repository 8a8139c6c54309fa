"""Secrets come from files too, are listed by their ids alone, and the master key is changed under way."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from bff import secrets_desk, settings
from bff.settings import SettingsRefused
from tests.house.test_settings import WHOLE
from tests.town import Town

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


async def test_the_master_key_is_changed_and_what_it_sealed_stays_readable(town: Town) -> None:
    await town.resident("hana")
    new = ("new", base64.b64decode(NEW))
    both = replace(town.settings, master_keys=(new, *town.settings.master_keys))
    assert await secrets_desk._rewrapped(both) == "1 data keys are wrapped anew; all are under new"
    assert await secrets_desk._rewrapped(both) == "0 data keys are wrapped anew; all are under new"
    after = Town(replace(town.settings, master_keys=(new,)))
    try:
        hana = await after.resident("hana")
        assert (await hana.asks("{ viewer { name } }"))["viewer"]["name"]
        listed = await secrets_desk._listed(after.settings)
    finally:
        await after.close()
    assert "MASTER_KEYS new: around 1 data keys" in listed
    assert NEW not in listed
    assert "every push subscription" in listed
