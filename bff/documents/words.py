"""What this room says: `texts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from life_events import Text
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText


@cache
def _all() -> Mapping[str, Text]:
    entries = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
    return {key: Text(**languages) for key, languages in entries.items()}


def say(key: str, **values: str) -> Text:
    found = _all()[key]
    return Text(ja=found.ja.format(**values), easy=found.easy.format(**values), en=found.en.format(**values))


def notice(what: str, key: str, ward: str, now: datetime, **values: str) -> Notice:
    """The same `key` makes the same notice, so that a repeated job tells nothing twice."""
    return Notice(
        id=uuid5(NAMESPACE_URL, f"documents:{what}:{key}"),
        ward=ward,
        kind=Kind.STATUS,
        sender=_handed_over(say("sender")),
        title=_handed_over(say(f"notice_{what}_title", **values)),
        body=_handed_over(say(f"notice_{what}_body", **values)),
        sent_at=now,
        about="/documents",
    )


def _handed_over(text: Text) -> NoticeText:
    return NoticeText(ja=text.ja, easy=text.easy, en=text.en)
