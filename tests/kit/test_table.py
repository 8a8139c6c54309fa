"""The README of the connectors tells of every connector, key, setting and file as it is."""

from __future__ import annotations

import re
from pathlib import Path

from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.kit.listing import readme, renewed

ROOT = Path(__file__).parents[2]


def test_the_table_in_the_readme_is_true() -> None:
    text = readme(ROOT).read_text("utf-8")
    assert text == renewed(text, manifests().values()), "run `python -m bff connector list --write`"


def test_every_key_of_a_manifest_is_explained() -> None:
    """But for the one that stands in no file."""
    rows = [line for line in readme(ROOT).read_text("utf-8").splitlines() if line.startswith("| `")]
    explained = {key for row in rows for key in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
    assert set(Manifest.__struct_fields__) - {"of_wards"} <= explained


def test_every_setting_and_file_that_it_names_is_there() -> None:
    text = readme(ROOT).read_text("utf-8")
    settings = "".join(file.read_text("utf-8") for file in sorted((ROOT / "bff" / "settings").glob("*.py")))
    assert [name for name in re.findall(r"KURASHIMADO_([A-Z_]+)", text) if f'{name}"' not in settings] == []
    files = re.findall(r"`((?:bff|infra|life_events)/[a-z_/.]+)`", text)
    assert files
    assert [file for file in files if not (ROOT / file).exists()] == []
