"""What this room says: `texts.toml`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bff.texts import saying
from life_events import Text
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText

say = saying(Path(__file__).with_name("texts.toml"))


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
