"""What an application is: a frozen value with its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

State = Literal["waiting", "queued", "received", "checking", "sent_back", "decided", "rejected", "withdrawn"]
Channel = Literal["online", "paper"]
FINAL: Final[frozenset[State]] = frozenset({"decided", "rejected", "withdrawn"})
IN_HAND: Final[frozenset[State]] = frozenset({"waiting", "queued", "received", "checking"})
"""It is on its way or the ward has it; the same step is not sent a second time meanwhile."""
UNDELIVERED: Final[frozenset[State]] = frozenset({"waiting", "queued"})
"""Kept here, and nobody beyond the house has it; `waiting`: for somebody else's part of it."""
ANSWERS: Final = "answers"
"""The kind under which answers are sealed with the resident's key."""


@dataclass(frozen=True)
class Returned:
    """A field that is sent back, and why; who writes only Japanese says the same in all three."""

    field: str
    ja: str
    easy: str
    en: str


@dataclass(frozen=True)
class Event:
    """One line of the history; `note` is the ward's own sentence, `fields` what it wants corrected."""

    at: datetime
    state: State
    note: str | None
    fields: tuple[Returned, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A photograph of one of the procedure's papers. `digest`: SHA-256 of the file as it is kept."""

    paper: str
    digest: bytes


@dataclass(frozen=True)
class Application:
    """An application as its resident sees it.

    `completed_at` is when she pressed send on her device, `accepted_at` when the house kept it.
    `ward_number` is the ward's own number, None until the ward has answered. `digest`: SHA-256 of its canonical bytes,
    None from before they were kept. `corrected`: the prefilled fields that she found wrong. `known_as`: the pseudonym
    under which the ward was given it, when that is not what she goes by today (bff/accounts/merging.py).
    `mandate`: on which another sent it for her; None: she sent it herself. `papers`: photographed, in her order.
    `clock_ahead`: seconds by which her device's clock was ahead of ours, which `completed_at` was put right by; None:
    it was not. `corrects`: the filing that was sent back
    and that this one corrects, `chain` the first of them; `corrected_by`: the one that corrects this. `before`: the
    history of the former ones. `standard_days`: what its ward has set here; None: the catalogue's, if any.
    `received_on`: the day of the ward's stamp, of what came on paper (`channel`).
    """

    id: UUID
    resident: UUID
    ward: str
    procedure: str
    subject: str | None
    version: str
    receipt_number: str
    state: State
    ward_number: str | None
    completed_at: datetime
    accepted_at: datetime
    digest: bytes | None
    corrected: tuple[str, ...]
    history: tuple[Event, ...]
    known_as: str | None = None
    mandate: UUID | None = None
    papers: tuple[Paper, ...] = ()
    clock_ahead: int | None = None
    corrects: UUID | None = None
    chain: UUID | None = None
    standard_days: int | None = None
    corrected_by: UUID | None = None
    before: tuple[Event, ...] = ()
    channel: Channel = "online"
    received_on: date | None = None

    @property
    def returned(self) -> tuple[Returned, ...]:
        """What is to be corrected now."""
        is_hers = self.state == "sent_back" and self.corrected_by is None and self.history
        return self.history[-1].fields if is_hers else ()

    @property
    def settled(self) -> bool:
        """Whether nothing more is expected from the ward."""
        return self.state in FINAL
