"""What this room says: `texts.toml`."""

from __future__ import annotations

from pathlib import Path

from bff.texts import saying

say = saying(Path(__file__).with_name("texts.toml"))
