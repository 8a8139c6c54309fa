"""Her wishes about being told, checked before they are kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import time
from pathlib import Path
from typing import Final

from bff.errors import FieldRefused, FieldsRefused
from bff.texts import saying
from notifications.wishes import store
from notifications.wishes.wish import QuietHours, Wishes

say = saying(Path(__file__).with_name("texts.toml"))
_WHAT: Final = re.compile(r"(sender|topic):[\w:.\-]{1,200}")


def wishes_from(
    quiet_from: time | None,
    quiet_until: time | None,
    digest_at: time | None,
    mutes: Collection[str],
    by_event: bool = False,
) -> Wishes:
    """Raises `FieldsRefused`: half of the quiet hours, none that last, or what nobody can be muted as."""
    if (quiet_from is None) != (quiet_until is None):
        raise _refused("quiet_until", "half")
    if quiet_from is not None and quiet_from == quiet_until:
        raise _refused("quiet_until", "same")
    if len(mutes) > store.MOST_MUTES or any(_WHAT.fullmatch(one) is None for one in mutes):
        raise _refused("mutes", "mutes")
    quiet = (
        None if quiet_from is None or quiet_until is None else QuietHours(_minutes(quiet_from), _minutes(quiet_until))
    )
    return Wishes(quiet, digest_at and _minutes(digest_at), frozenset(mutes), by_event)


def _minutes(clock: time) -> time:
    """A clock on the wall, of no zone and without seconds."""
    return clock.replace(second=0, microsecond=0, tzinfo=None)


def _refused(field: str, code: str) -> FieldsRefused:
    why = say(f"wishes_{code}")
    return FieldsRefused(why, (FieldRefused(field, code, why),))
