"""How fields are called on papers other than ours: `called.toml`, by the term a field is entered under."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from life_events import Form


def called(form: Form) -> Mapping[str, Sequence[str]]:
    """By field id."""
    names = _names()
    return {field.id: names[field.term] for field in form.fields.values() if field.term and field.term in names}


@cache
def _names() -> Mapping[str, Sequence[str]]:
    return {
        name: tuple(names)
        for name, names in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
    }
