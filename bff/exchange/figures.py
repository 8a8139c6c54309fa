"""How a service has answered of late: one grouped query over the log, by its index, with nobody's data in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.silence import Why

HOUR: Final = timedelta(hours=1)
MOST: Final = 10_000
"""Of each service the newest calls of the hour, and no more than these, so that a busy hour is not slow to look at."""
FAILURES: Final = (Why.TIMEOUT, Why.UNAVAILABLE, Why.WRONG_ANSWER)
NOT_ASKED: Final = (Why.BUSY, Why.RESTING, Why.SWITCHED_OFF, Why.PLANNED_OUTAGE, Why.NOT_ASKED)

_OF_EACH: Final = text("""
    SELECT service, told.* FROM unnest(CAST(:services AS text[])) AS asked(service) CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE outcome = 'answered') AS answered,
            count(*) FILTER (WHERE outcome = ANY(:failures)) AS failed,
            count(*) FILTER (WHERE outcome = ANY(:not_asked)) AS not_asked,
            count(*) AS calls,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY took_ms) FILTER (WHERE outcome = 'answered') AS half,
            percentile_disc(0.95) WITHIN GROUP (ORDER BY took_ms) FILTER (WHERE outcome = 'answered') AS most,
            max(at) FILTER (WHERE outcome = 'answered') AS last_answer,
            min(at) FILTER (WHERE outcome = ANY(:failures) AND (last IS NULL OR at > last)) AS silent_since
        FROM (
            SELECT outcome, took_ms, at, max(at) FILTER (WHERE outcome = 'answered') OVER () AS last
            FROM (
                SELECT outcome, took_ms, at FROM exchange_log WHERE exchange_log.service = asked.service AND at > :since
                    AND outcome <> 'overtaken'
                ORDER BY at DESC LIMIT :most
            ) AS newest
        ) AS dated
    ) AS told
""")


@dataclass(frozen=True)
class Figures:
    """Calls of the last hour. `refused`: the service was asked and said no, or that it knows nobody of the kind.

    `p50_ms` and `p95_ms` are of answers, our own queue and retries counted in; None: there was none. `silent_since`:
    the first failure after the last answer. `is_all`: whether the hour had no more calls than were looked at.
    """

    answered: int = 0
    failed: int = 0
    refused: int = 0
    not_asked: int = 0
    p50_ms: int | None = None
    p95_ms: int | None = None
    last_answer: datetime | None = None
    silent_since: datetime | None = None
    is_all: bool = True

    @property
    def asked(self) -> int:
        return self.answered + self.failed + self.refused


async def of_last_hour(conn: AsyncConnection, services: Sequence[str], now: datetime) -> Mapping[str, Figures]:
    """By service; needs the house's door."""
    given = {
        "services": list(services),
        "failures": [str(why) for why in FAILURES],
        "not_asked": [str(why) for why in NOT_ASKED],
        "since": now - HOUR,
        "most": MOST,
    }
    return {row.service: _figures(row) for row in await conn.execute(_OF_EACH, given)}


def _figures(row: Any) -> Figures:
    return Figures(
        answered=row.answered,
        failed=row.failed,
        refused=row.calls - row.answered - row.failed - row.not_asked,
        not_asked=row.not_asked,
        p50_ms=row.half,
        p95_ms=row.most,
        last_answer=row.last_answer,
        silent_since=row.silent_since,
        is_all=row.calls < MOST,
    )
