"""What the bench asks of the process that measures refreshes, and what it is told: a line of JSON each."""

from __future__ import annotations

import msgspec


class Setting(msgspec.Struct, frozen=True):
    """The first line. `url` of the sources; `keys`: a folder with ours.pem, ours_key.pem and root.pem for mutual TLS;
    `processor`: the one to keep to."""

    url: str
    keys: str | None = None
    processor: int | None = None


class Run(msgspec.Struct, frozen=True):
    """Each further line. `rate`: refreshes a second; `within`: seconds after which a refresh ends at the latest;
    `under`: what the exchange speaks over (`infra/measure/unders.py`)."""

    sources: int
    rate: float
    seconds: float
    within: float = 8.0
    under: str = "house"


class Measured(msgspec.Struct, frozen=True):
    """Milliseconds. `over_*`: beyond the slowest source of a refresh; `first_p95`: until something could be shown;
    `cut_p99`: until the end of those whose slowest source took longer than they may last; `cpu`: of the process, a
    refresh. `unanswered`: share of calls; `memory_mb`: the most the process has had."""

    refreshes: int
    over_p50: float
    over_p95: float
    over_p99: float
    first_p95: float
    cut_p99: float
    cpu: float
    unanswered: float
    memory_mb: float
