"""The mail room's own texts, read from texts.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from notifications.words import Language, Text


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def told_in(language: Language, table: str, key: str, **params: Text | int) -> str:
    """The text [table.key] as somebody reads it who has chosen this language; English where it is not told in it."""
    return text_of(table, key, **params).in_language(language)


def text_of(table: str, key: str, **params: Text | int) -> Text:
    """The text [table.key] with its params filled in, each in the text's own language. KeyError when there is none."""
    entry = _all()[table][key]

    def said(language: Language) -> str | None:
        words = {name: p.in_language(language) if isinstance(p, Text) else p for name, p in params.items()}
        return entry[language.value].format(**words) if language.value in entry else None

    return Text.in_each(said)
