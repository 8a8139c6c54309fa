"""Readings by SudachiPy, phrases by BudouX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import budoux
import msgspec

from bff.furigana import annotated
from life_events import load_catalogue
from life_events.terms import Text

BREAK = "\u200b"
LONGEST = 60
"""Headings, buttons and names of cards; running text breaks as it always did."""


def readings(easy: Mapping[str, str]) -> dict[str, str]:
    """Of each of the app's own texts in which there is a kanji."""
    return {key: read for key, text in easy.items() if (read := annotated(text)) != text}


def catalogue_readings() -> dict[str, str]:
    """Of each sentence of the catalogue in やさしい日本語 that has nothing to be filled in."""
    found = {text.easy for text in _texts(load_catalogue())}
    return {text: read for text in sorted(found) if "{" not in text and (read := annotated(text)) != text}


def phrases(ja: Mapping[str, str]) -> dict[str, str]:
    """Of each short Japanese text that has more than one phrase, with a zero-width space between them."""
    parser = budoux.load_default_japanese_parser()
    parted = {key: BREAK.join(_whole(parser.parse(text))) for key, text in ja.items() if len(text) <= LONGEST}
    return {key: text for key, text in parted.items() if BREAK in text}


def _whole(parts: Iterable[str]) -> list[str]:
    """No break within what is filled in, nor before a single letter."""
    found: list[str] = []
    for part in parts:
        if found and (len(part) == 1 or found[-1].count("{") > found[-1].count("}")):
            found[-1] += part
        else:
            found.append(part)
    return found


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _texts(one)
