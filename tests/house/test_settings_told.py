"""The reference of settings says what is read, and the least that production is told starts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bff import settings, settings_desk
from bff.settings_desk import LEAST, NOT_TOLD, OF_PROCESSES, WHOLE, heard, is_needed, markdown, told

REFERENCE = Path("infra/operations/settings.md")
EXAMPLE = Path("infra/production.env.example")


def read_of() -> set[str]:
    return {*heard({}), *heard(WHOLE)} - NOT_TOLD


def test_every_setting_that_is_read_is_told_and_none_besides() -> None:
    names = [name for group in told().values() for name in group]
    where = "a setting is told in bff/settings/told.toml"
    assert sorted(names) == sorted({*read_of(), *OF_PROCESSES}), where


def test_the_file_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert settings_desk.main([]) == 0
    assert REFERENCE.read_text("utf-8") == capsys.readouterr().out, (
        "python -m bff settings > infra/operations/settings.md"
    )
    assert "/var/lib/kurashimado/files" in markdown()


def test_each_of_the_least_is_needed_and_together_they_are_enough() -> None:
    settings.read(LEAST)
    free = {"KURASHIMADO_ENV", "KURASHIMADO_VAR"}
    assert {name for name in LEAST if not is_needed(name)} == free


def test_the_example_for_production_is_taken_and_names_no_setting_there_is_not() -> None:
    lines = [line.removeprefix("# ") for line in EXAMPLE.read_text("utf-8").splitlines()]
    given = dict(line.split("=", 1) for line in lines if line.startswith("KURASHIMADO_"))
    secrets = {name: LEAST[name] for name in ("DATABASE_URL", "KURASHIMADO_MASTER_KEYS", "KURASHIMADO_PAIRWISE_SECRET")}
    assert settings.read({**given, **secrets}).production
    assert set(given) <= read_of()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("KURASHIMADO_DRAIN_SECONDS", "601"),
        ("KURASHIMADO_STOP_SECONDS", "soon"),
        ("KURASHIMADO_TRACES_SHARE", "1.5"),
        ("KURASHIMADO_TRACES_URL", "collector:4318"),
        ("KURASHIMADO_LOG_REQUESTS", "yes"),
        ("KURASHIMADO_SIDE", "lgwan"),
        ("WORKER_PORT", "0"),
        ("VALKEY_URL", "http://valkey"),
    ],
)
def test_what_is_wrong_is_named(name: str, wrong: str) -> None:
    with pytest.raises(settings.SettingsRefused, match=name):
        settings.read({**LEAST, name: wrong})
