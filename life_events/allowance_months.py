"""児童手当: in which month a claim counts as made, and from which month it is paid."""

from datetime import date

from msgspec import Struct

from life_events.dates import months_after
from life_events.law import Law


class ClaimMonths(Struct, frozen=True):
    """Both are the first day of a month."""

    treated_as: date
    first_paid: date


def claim_months(law: Law, event: date, filed: date) -> ClaimMonths:
    """児童手当法8条2項・3項: paid from the month after the claim.

    A claim within 15 days, counted from the day after the event, is treated as made in the month of the event
    (15日特例). The event is the birth, on a move the 転出予定日 told to the old ward, or the end of public service.
    """
    in_time = filed <= law.last_day("child_allowance_claim", event)
    treated_as = (event if in_time else filed).replace(day=1)
    return ClaimMonths(treated_as, months_after(treated_as, 1))


def written(month: date) -> str:
    """YYYY-MM, as ward records tell months."""
    return f"{month:%Y-%m}"
