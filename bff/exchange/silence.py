"""The one family of failures: a source was silent, and why."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why a source told nothing; each has a text for people in `texts.toml`."""

    TIMEOUT = "timeout"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    WRONG_ANSWER = "wrong_answer"
    NO_MATCH = "no_match"
    NOT_ASKED = "not_asked"
    STOPPED = "stopped"
    BUSY = "busy"
    RESTING = "resting"
    SWITCHED_OFF = "switched_off"
    PLANNED_OUTAGE = "planned_outage"
    NOT_STARTED = "not_started"


class Silent(Exception):
    """`source` (an id of a home source or `counter`) gave no answer that could be used.

    `until`: when it is to be open again, for a planned outage; None: nobody knows.
    """

    def __init__(self, source: str, why: Why, until: datetime | None = None) -> None:
        super().__init__(f"{source} is silent: {why}")
        self.source = source
        self.why = why
        self.until = until


class NoReading(Exception):
    """A call without a `Reading` or `Call`: a defect of ours, logged and never sent."""
