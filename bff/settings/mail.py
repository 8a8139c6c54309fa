"""How long the mail room keeps what it was given."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bff.settings.reading import Get, SettingsRefused
from notifications.post.forgetting import Kept

COUNTED: Final = 100
"""Days that the counting job goes back: what it counts must still be there."""
LONGEST: Final = 3_660


def read_mail_kept(get: Get) -> Kept:
    """Raises `SettingsRefused`."""
    return Kept(_days(get, "NOTICES_KEPT_DAYS", "400"), _days(get, "PUSHES_KEPT_DAYS", "150"))


def _days(get: Get, name: str, default: str) -> timedelta:
    told = get(name, default)
    if not told.isdecimal() or not COUNTED <= int(told) <= LONGEST:
        raise SettingsRefused(f"KURASHIMADO_{name} is {COUNTED} to {LONGEST}")
    return timedelta(days=int(told))
