"""What operators count of the exchange. A process counts its own calls alone: add the processes up.

What was not asked (switched off, no turn in time, left alone after failures) is counted apart from what was asked and
failed, so that a share of failures is one of services and not of ourselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import Counter, Gauge, Histogram

from bff.exchange.lane import Lane

_OWN = " (of this process)"

OUTCOMES = Counter(
    "kurashimado_exchange_outcomes_total",
    "Calls that were made to a service, by how they ended: answered, or why not" + _OWN,
    ["service", "outcome"],
)
NOT_ASKED = Counter(
    "kurashimado_exchange_not_asked_total",
    "Calls that were not made: switched_off, planned_outage, busy, resting, or refused by ourselves" + _OWN,
    ["source", "why"],
)
SECONDS = Histogram(
    "kurashimado_exchange_seconds",
    "From the turn of a call to its end, every attempt counted in, answered or not" + _OWN,
    ["source"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10),
)
RETRIES = Counter("kurashimado_exchange_retries_total", "Attempts after the first of a call" + _OWN, ["source"])
HEDGED = Counter("kurashimado_exchange_hedged_total", "Second questions while the first was open" + _OWN, ["source"])
SHARED = Counter(
    "kurashimado_exchange_shared_total", "Calls that were answered by one already under way" + _OWN, ["source"]
)
UNDER_WAY = Gauge("kurashimado_exchange_under_way", "Calls that have their turn now" + _OWN, ["service"])
QUEUED = Gauge("kurashimado_exchange_queued", "Calls that wait for their turn now" + _OWN, ["service"])
BREAKER = Gauge(
    "kurashimado_exchange_breaker",
    "0 closed, 1 half open: one call may try, 2 open: left alone; each process finds out for itself" + _OWN,
    ["service"],
)


def show(lanes: Mapping[str, Lane]) -> None:
    """Sets what is told as it stands, not as it adds up; when the counters are read."""
    for service, lane in lanes.items():
        UNDER_WAY.labels(service).set(lane.under_way)
        QUEUED.labels(service).set(lane.queued)
        BREAKER.labels(service).set(int(lane.breaker.state))
