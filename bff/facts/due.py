"""Which sources a page that is opened asks: those whose facts are old, those that were silent and have rested."""

from __future__ import annotations

from datetime import datetime, timedelta

from bff.connectors.manifest import Manifest
from bff.exchange.silence import Why
from bff.facts.store import Held

HERS = (Why.NOT_ASKED, Why.STOPPED)
"""What she can change herself, by an address or a yes: nobody is asked, and each look at home looks at it again."""
_CLOSED = (Why.SWITCHED_OFF, Why.PLANNED_OUTAGE, Why.NOT_STARTED)


def is_due(
    held: Held | None, manifest: Manifest, now: datetime, *, floor: timedelta, is_closed: bool, anew: bool
) -> bool:
    """Whether the source is asked now. `anew`: she wishes it, so that only `floor` and a closed door hold it back."""
    if held is None or held.asked_at is None:
        return True
    rested = now - held.asked_at
    if rested < floor:
        return False
    why = held.gap.why if held.gap else None
    if why in _CLOSED:
        return not is_closed
    if anew or why in HERS:
        return True
    if why is not None:
        return rested >= timedelta(seconds=manifest.patience.rest)
    return held.told is None or now - held.told.at >= fresh_for(manifest)


def fresh_for(manifest: Manifest) -> timedelta:
    """How long nobody asks again for what was told."""
    return min(manifest.keep, timedelta(seconds=manifest.patience.fresh))


def shown_for(manifest: Manifest) -> timedelta:
    """How long what was told is shown, with its time, while the source is silent; then it is dropped."""
    return manifest.keep + timedelta(hours=manifest.stale_hours)
