"""What the house itself says to people: `texts.toml`, read once, in the three languages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from life_events import Text

LANGUAGES = ("ja", "easy", "en")
Saying = Callable[..., Text]


def saying(file: Path) -> Saying:
    """What the room beside whose texts `file` is says: `say(key, name=…)`, its `{names}` filled in, a text in each
    language, all else as it is; a missing key is a defect (`KeyError`)."""

    def say(key: str, **values: str | Text) -> Text:
        text = _read(file)[key]
        return Text(**{one: getattr(text, one).format(**_in(values, one)) for one in LANGUAGES}) if values else text

    return say


@cache
def _read(file: Path) -> Mapping[str, Text]:
    entries = tomllib.loads(file.read_text("utf-8"))
    return {key: Text(**languages) for key, languages in entries.items()}


def _in(values: Mapping[str, str | Text], language: str) -> Mapping[str, str]:
    return {name: getattr(value, language) if isinstance(value, Text) else value for name, value in values.items()}


say = saying(Path(__file__).with_name("texts.toml"))
"""What the house itself says."""


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
