"""What a part is that was asked of somebody: whose, which paper, until when, and how it stands. Rows are in `store`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from bff.identity.residents import Resident
from bff.tasks.papers import Paper, papers

State = Literal["asked", "done", "declined", "expired", "taken_back", "left_out"]
HOLDS: Final = frozenset({"asked", "declined", "expired"})
"""An application waits for these: what was declined or ran out waits for her choice."""
ASKED: Final = "part.asked"
WRITTEN: Final = "part.written"
REASON: Final = "part.reason"
"""The kinds under which it is sealed with the resident's key."""


@dataclass(frozen=True)
class Task:
    """`application` None: asked before she sent it. `ends_on` is the last day. `settled_at`: when it left `asked`."""

    id: UUID
    resident: UUID
    ward: str
    procedure: str
    subject: str | None
    part: str
    paper: str
    application: UUID | None
    state: State
    asked: bytes
    written: bytes | None
    reason: bytes | None
    ends_on: date
    made_at: datetime
    opened_at: datetime | None
    settled_at: datetime | None

    @property
    def step(self) -> str:
        return f"{self.procedure}:{self.subject}" if self.subject else self.procedure

    @property
    def form(self) -> Paper:
        return papers()[self.paper]

    def is_open(self, today: date) -> bool:
        """Whether its link still opens anything."""
        return self.state == "asked" and today <= self.ends_on


class Asked(msgspec.Struct, frozen=True):
    """As she knows it: whom she asked, and the code of the link, so that she can send it once more."""

    to: str
    code: str


@dataclass(frozen=True)
class Hers:
    """A task as the resident who asked sees it."""

    task: Task
    resident: Resident

    @property
    def asked(self) -> Asked:
        return msgspec.json.decode(self.resident.key.open(ASKED, self.task.asked), type=Asked)

    @property
    def reason(self) -> str | None:
        return self.resident.key.open(REASON, self.task.reason).decode() if self.task.reason is not None else None

    @property
    def written(self) -> dict[str, str]:
        if self.task.written is None:
            return {}
        return msgspec.json.decode(self.resident.key.open(WRITTEN, self.task.written), type=dict[str, str])
