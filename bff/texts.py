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


def device_text(kind: str) -> Text:
    """A device in plain words, from its codes (`iphone/safari`, see `bff.identity.known_devices`)."""
    machine, _, browser = kind.partition("/")
    if not machine and not browser:
        return say("device_unknown")
    named = _DEVICE_NAMES.get(browser, "")
    where = say(f"device_{machine}") if machine else say("device_unknown")
    return Text(ja=_joined(where.ja, named), easy=_joined(where.easy, named), en=_joined(where.en, named))


_DEVICE_NAMES = {
    "edge": "Edge",
    "samsung": "Samsung Internet",
    "opera": "Opera",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
}


def _joined(machine: str, browser: str) -> str:
    return f"{machine} · {browser}" if browser else machine
