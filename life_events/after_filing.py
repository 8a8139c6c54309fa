"""What the law says of an application once it is filed: when an answer is usual, and until when it may be contested."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from life_events.catalogue import AppealBody, Catalogue
from life_events.dates import next_open_day


class Appeal(Struct, frozen=True):
    """A 審査請求 against a decision. `until`: the last day; `latest`: the one that no late knowledge moves.

    `perhaps`: the next day on which offices are open, when they are closed on `until`: whether that is in time is not
    confirmed. `suit_until`: 取消訴訟; None: only after the ruling on the objection.
    """

    until: date
    latest: date
    perhaps: date | None
    suit_until: date | None
    body: AppealBody


def appeal_of(catalogue: Catalogue, procedure: str, *, decided: date, learnt: date) -> Appeal | None:
    """行政不服審査法18条, 行政事件訴訟法14条: all terms begin on the day after.

    None: the decision is no disposition that we know of.
    """
    body = catalogue.appeals.get(procedure)
    if body is None or not catalogue.law.in_force("appeal_months", decided):
        return None
    law = catalogue.law
    latest = law.last_day_of_months("appeal_latest_months", decided)
    until = min(law.last_day_of_months("appeal_months", learnt), latest)
    open_again = next_open_day(until, law.closed)
    suit = min(law.last_day_of_months("suit_months", learnt), latest) if body.suit == "direct" else None
    return Appeal(until, latest, open_again if open_again != until else None, suit, body)


def expected_by(
    catalogue: Catalogue,
    procedure: str,
    *,
    arrived: date,
    hers: Sequence[tuple[date, date]] = (),
    days: int | None = None,
) -> date | None:
    """標準処理期間 (行政手続法6条) after the day it arrived; days while it was with her (`hers`, from and to) do not
    count.

    `days`: what the ward has set itself. None: none is published.
    """
    usual = days if days is not None else catalogue.procedures[procedure].result.standard_days
    if usual is None:
        return None
    waited = sum((until - since).days for since, until in hers)
    return arrived + timedelta(days=usual + waited)
