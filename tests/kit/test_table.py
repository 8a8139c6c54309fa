"""The README of the connectors tells of every connector as it is."""

from __future__ import annotations

from pathlib import Path

from bff.connectors.street import manifests
from bff.kit.listing import readme, renewed

ROOT = Path(__file__).parents[2]


def test_the_table_in_the_readme_is_true() -> None:
    text = readme(ROOT).read_text("utf-8")
    assert text == renewed(text, manifests().values()), "run `python -m bff connector list --write`"
