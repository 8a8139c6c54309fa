"""What this room says: `texts.toml`, and notices made of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bff.texts import handed_over, saying
from life_events import Text, day
from notifications.notice import Kind as NoticeKind
from notifications.notice import Notice

say = saying(Path(__file__).with_name("texts.toml"))


def on(value: date) -> Text:
    """A day as people write it."""
    return day(value)


def notice(what: str, key: str, ward: str, now: datetime, *, about: str = "/family", **values: str | Text) -> Notice:
    """The same `key` makes the same notice, so that a repeated job tells nothing twice."""
    return Notice(
        id=uuid5(NAMESPACE_URL, f"family:{what}:{key}"),
        ward=ward,
        kind=NoticeKind.STATUS,
        sender=handed_over(say("sender")),
        title=handed_over(say(f"notice_{what}_title", **values)),
        body=handed_over(say(f"notice_{what}_body", **values)),
        sent_at=now,
        about=about,
    )
