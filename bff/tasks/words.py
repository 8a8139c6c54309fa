"""What this room says: `texts.toml`, and notices made of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bff.home.words import handed_over
from life_events import Text
from notifications.notice import Kind as NoticeKind
from notifications.notice import Notice

LANGUAGES = ("ja", "easy", "en")


@cache
def _all() -> Mapping[str, Text]:
    entries = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
    return {key: Text(**languages) for key, languages in entries.items()}


def say(key: str, **values: str | Text) -> Text:
    """The text under `key`, its `{names}` filled in, each in its own language."""
    return Text(**{one: getattr(_all()[key], one).format(**_in(values, one)) for one in LANGUAGES})


def _in(values: Mapping[str, str | Text], language: str) -> Mapping[str, str]:
    return {name: getattr(value, language) if isinstance(value, Text) else value for name, value in values.items()}


def notice(what: str, key: str, ward: str, now: datetime, *, about: str, **values: str | Text) -> Notice:
    """The same `key` makes the same notice, so that a repeated job tells nothing twice."""
    return Notice(
        id=uuid5(NAMESPACE_URL, f"tasks:{what}:{key}"),
        ward=ward,
        kind=NoticeKind.STATUS,
        sender=handed_over(say("sender")),
        title=handed_over(say(f"notice_{what}_title", **values)),
        body=handed_over(say(f"notice_{what}_body", **values)),
        sent_at=now,
        about=about,
    )
