"""What a case is: an application in the hands of the ward's officials, with nothing in it that she wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from bff.applications.application import Channel

State = Literal["open", "second", "back", "closed"]
Outcome = Literal["decided", "rejected", "withdrawn", "corrected"]
Handover = Literal["none", "waiting", "handed", "failed"]
DECIDE: Final = "cases_decide"
"""The act for which a second person is asked."""
SOON: Final = 3
"""Days before the due day from which a case presses."""
WEIGHTS: Final = {
    "overdue": 100,
    "soon": 50,
    "differs": 8,
    "silent": 4,
    "again": 4,
    "on_behalf": 3,
    "corrected": 2,
    "paper": 0,
}


class Checked(msgspec.Struct, frozen=True):
    """What the register said, by field ids and codes alone. `rule`: how the plan sees the step today.

    `against`: why the rule alone may not say yes, as `code` or `code:field`; empty: it may.
    """

    at: datetime
    differs: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    rule: str = ""
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """`version` grows with every act, so that none is done on what has changed meanwhile."""

    application: UUID
    resident: UUID
    ward: str
    procedure: str
    receipt_number: str
    arrived_at: datetime
    due: date | None
    state: State
    version: int
    claimed_by: UUID | None
    claimed_name: str | None
    risks: tuple[str, ...]
    checked: Checked | None
    sampled: bool
    outcome: Outcome | None
    closed_at: datetime | None
    decided_by: str | None
    automatic: bool
    handover: Handover
    handover_number: str | None
    handover_tries: int
    handover_fault: str | None
    handover_at: datetime | None
    channel: Channel

    def pressing(self, today: date) -> tuple[str, ...]:
        """Codes of all that makes it press, the weightiest first; each is explained on the page."""
        found = list(self.risks)
        if self.due is not None and self.state in ("open", "second"):
            left = (self.due - today).days
            found += ["overdue"] if left < 0 else ["soon"] if left <= SOON else []
        return tuple(sorted(found, key=lambda code: -WEIGHTS.get(code, 1)))

    def weight(self, today: date) -> int:
        return sum(WEIGHTS.get(code, 1) for code in self.pressing(today))
