"""What this room says: `texts.toml`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bff.texts import handed_over, saying
from notifications.notice import Kind, Notice

say = saying(Path(__file__).with_name("texts.toml"))


def notice(what: str, key: str, ward: str, now: datetime, **values: str) -> Notice:
    """The same `key` makes the same notice, so that a repeated job tells nothing twice."""
    return Notice(
        id=uuid5(NAMESPACE_URL, f"documents:{what}:{key}"),
        ward=ward,
        kind=Kind.STATUS,
        sender=handed_over(say("sender")),
        title=handed_over(say(f"notice_{what}_title", **values)),
        body=handed_over(say(f"notice_{what}_body", **values)),
        sent_at=now,
        about="/documents",
    )
