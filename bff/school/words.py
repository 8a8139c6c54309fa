"""What this room says: `texts.toml`."""

from __future__ import annotations

from pathlib import Path

from bff.texts import saying
from life_events import Text
from notifications.words import Text as Words

say = saying(Path(__file__).with_name("texts.toml"))


def handed(text: Text) -> Words:
    """As the mail room's own kind of text."""
    return Words(ja=text.ja, easy=text.easy, en=text.en)
