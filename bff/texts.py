"""What the house itself says to people: `texts.toml`, read once, in the languages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from life_events import Text
from life_events.terms import OTHERS
from notifications.words import Text as Words

LANGUAGES = ("ja", "easy", "en")
"""What is whole: in these a text is always told."""
Saying = Callable[..., Text]


def saying(file: Path) -> Saying:
    """What the room beside whose texts `file` is says: `say(key, name=…)`, its `{names}` filled in, a text in each
    language, all else as it is; a missing key is a defect (`KeyError`)."""

    def say(key: str, **values: str | Text) -> Text:
        text = _read(file)[key]
        return text.changed(lambda language, said: said.format(**_in(values, language))) if values else text

    return say


@cache
def _read(file: Path) -> Mapping[str, Text]:
    entries = tomllib.loads(file.read_text("utf-8"))
    return msgspec.convert(entries, dict[str, Text])


def _in(values: Mapping[str, str | Text], language: str) -> Mapping[str, str]:
    return {name: value.in_language(language) if isinstance(value, Text) else value for name, value in values.items()}


def told(text: Text) -> dict[str, str]:
    """By the names of its fields, in every language it is told in."""
    return {name: said for name in (*LANGUAGES, *OTHERS.values()) if (said := getattr(text, name))}


def handed_over(text: Text) -> Words:
    """In the mail room's words: it never meets the study, so a text is handed over here."""
    return Words(**told(text))


def taken_back(words: Words) -> Text:
    return Text(**words.told())


def on_the_wire(text: Text) -> dict[str, str]:
    """For an answer outside of GraphQL: as the app's `Text`, in every language it is told in."""
    return {camel(name): said for name, said in told(text).items()}


def beside(name: str, text: Text) -> Text:
    """Somebody's name, and as what, in brackets as each language writes them."""
    full = ("ja", "easy", "zh-Hans", "zh-Hant")
    return text.changed(lambda language, said: f"{name}（{said}）" if language in full else f"{name} ({said})")


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(one.title() for one in rest)


say = saying(Path(__file__).with_name("texts.toml"))
"""What the house itself says."""


def device_text(kind: str) -> Text:
    """A device in plain words, from its codes (`iphone/safari`, see `bff.identity.known_devices`)."""
    machine, _, browser = kind.partition("/")
    if not machine and not browser:
        return say("device_unknown")
    named = _DEVICE_NAMES.get(browser, "")
    where = say(f"device_{machine}") if machine else say("device_unknown")
    return where.changed(lambda _, machine: _joined(machine, named))


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
