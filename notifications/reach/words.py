"""The ladder's own texts, read from texts.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from notifications.words import Language, Text


def says(table: str, key: str, language: Language, **params: str) -> str:
    """[table.key] in one language, its params filled in."""
    told = _all()[table][key]
    return told.get(language.value, told[Language.EN.value]).format(**params)


def text(table: str, key: str, **params: Text) -> Text:
    """[table.key] in every language, each param in the text's own."""
    return Text.in_each(lambda one: says(table, key, one, **{name: p.in_language(one) for name, p in params.items()}))


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
