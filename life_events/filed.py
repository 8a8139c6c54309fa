"""Which moment counts as the filing, when a form was completed on a phone and reached us later."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from life_events.law import Law

GRACE = "hours_completed_counts"


class Filed(Struct, frozen=True):
    """`at`: the moment that counts, as far as anybody has told us. `by`: because of which of the two moments."""

    at: datetime
    by: Literal["completed", "arrived"]


def filed(law: Law, completed: datetime, arrived: datetime) -> Filed:
    """デジタル手続法6条3項 [C]: arrival counts, unless the ward honours what was completed within so many hours before.

    A moment of completion that lies after the arrival was told by a wrong clock and counts for nothing."""
    grace = timedelta(hours=grace_hours(law, arrived))
    if timedelta(0) <= arrived - completed <= grace:
        return Filed(completed, "completed")
    return Filed(arrived, "arrived")


def grace_hours(law: Law, at: datetime) -> int:
    return law.number(GRACE, at.date())
