"""What operators count of pushes: how each ended, and how long after the sending a phone's push service had it."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import datetime

from prometheus_client import Counter, Histogram

from notifications.notice import Notice
from notifications.parcel import Fate, Outcome

PUSHES = Counter("kurashimado_pushes_total", "Pushes by kind of notice and what became of them", ["kind", "fate"])
DELAY = Histogram(
    "kurashimado_push_delay_seconds",
    "From the sending of a notice until a push service had it",
    ["kind"],
    buckets=(1, 5, 15, 30, 60, 120, 300, 600, 1800, 7200),
)


def note(notice: Notice, outcomes: Iterable[Outcome], heard: datetime) -> None:
    kind = notice.kind.value
    for fate, count in Tally(outcome.fate for outcome in outcomes).items():
        PUSHES.labels(kind, fate.value).inc(count)
        if fate is Fate.ACCEPTED:
            late, delay = (heard - notice.sent_at).total_seconds(), DELAY.labels(kind)
            for _ in range(count):
                delay.observe(late)
