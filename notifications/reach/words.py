"""The ladder's own texts, read from texts.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from notifications.words import WRITTEN, Language, Text


def says(table: str, key: str, language: Language, **params: str) -> str:
    """[table.key] in one language, its params filled in."""
    told = _all()[table][key]
    return told.get(language.value, told[Language.EN.value]).format(**params)


def text(table: str, key: str, **params: Text) -> Text:
    """[table.key] in the three languages, each param in the text's own."""
    found = {one: says(table, key, one, **{name: p.in_language(one) for name, p in params.items()}) for one in WRITTEN}
    return Text(found[Language.JA], found[Language.EASY], found[Language.EN])


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
