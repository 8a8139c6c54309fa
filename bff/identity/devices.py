"""What a browser says it is, made short enough to be recognised in a list."""

from __future__ import annotations

import re
from typing import Final

# The first that fits: browsers name each other in their user agents, the more special one first.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
UNKNOWN: Final = "不明な端末"


def device_name(user_agent: str) -> str:
    """`Windows・Edge`; nothing of what it says is shown as it stands."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"{mark}[A-Za-z]*/", user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return "・".join(filter(None, (system, browser))) or UNKNOWN
