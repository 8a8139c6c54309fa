"""What the house itself says to people: `texts.toml`, read once, in the three languages."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from life_events import Text


@cache
def _all() -> dict[str, Text]:
    entries = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
    return {key: Text(**languages) for key, languages in entries.items()}


def say(key: str, **values: str) -> Text:
    """The text under `key`, its `{names}` filled in; a missing key is a defect (`KeyError`)."""
    text = _all()[key]
    if not values:
        return text
    return Text(ja=text.ja.format(**values), easy=text.easy.format(**values), en=text.en.format(**values))
