"""The words of a broadcast: who writes it, what it is, the states it goes through and why someone is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from notifications.audience import Audience
from notifications.broadcasts.likeness import Like
from notifications.broadcasts.plan import AT_ONCE, Plan
from notifications.fitness import DraftFault
from notifications.notice import Kind
from notifications.texts import text_of
from notifications.words import Text

EDITOR = "editor"
APPROVER = "approver"
SCHOOL = "school"
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Official:
    """`ward`: six-digit code; `roles`: some of EDITOR, APPROVER and SCHOOL, who writes for her own `school` alone."""

    id: str
    name: str
    ward: str
    roles: frozenset[str]
    school: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """`sender`: who the residents see, such as 港区."""

    kind: Kind
    sender: Text
    title: Text
    body: Text
    audience: Audience
    act_by: date | None = None
    about: str | None = None
    topic: str = "other"
    plan: Plan = AT_ONCE


class State(StrEnum):
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`school`: whose words they are; None: the ward's. `version` grows with every rewriting, `revision` with every
    correction of what was sent. `note`: of the last sending back or stopping. `series`: the first of those that come
    round with it. `trial`: goes to those alone who try out what its author sends."""

    id: UUID
    ward: str
    school: str | None
    state: State
    version: int
    kind: Kind
    sender: Text
    title: Text
    body: Text
    act_by: date | None
    about: str | None
    audience: Audience
    author: str
    author_name: str
    approver: str | None
    approver_name: str | None
    written_at: datetime
    sent_at: datetime | None
    note: str | None
    topic: str = "other"
    plan: Plan = AT_ONCE
    series: UUID | None = None
    approvals_needed: int = 1
    trial: bool = False
    revision: int = 1
    recalled_at: datetime | None = None


class Refused(Exception):
    """An official is told why not."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    @property
    def text(self) -> Text:
        return text_of("refused", self.key)


class Denied(Refused):
    """`code`: other_ward, other_school, own_broadcast, twice or role."""

    @property
    def code(self) -> str:
        return self.key


class WrongState(Refused):
    """Not possible in the state it is in now."""

    def __init__(self, state: State) -> None:
        super().__init__("state")
        self.state = state


class Changed(Refused):
    """It was rewritten after the approver read it."""

    def __init__(self) -> None:
        super().__init__("changed")


class NotThere(Refused):
    """This ward has no such broadcast."""

    def __init__(self) -> None:
        super().__init__("not_there")


class NoteMissing(Refused):
    """Sending back and stopping need a reason of 1 to LONGEST_NOTE characters."""

    def __init__(self) -> None:
        super().__init__("note")


class NoteRefused(Refused):
    """The reason holds what no text may hold."""

    def __init__(self) -> None:
        super().__init__("note_number")


class Alike(Refused):
    """Much the same was told a short while ago; not refused to who knows it (`knowingly`)."""

    def __init__(self, like: Like) -> None:
        super().__init__("alike")
        self.like = like


class TooFew(Refused):
    """So few that whoever is told could be singled out."""

    def __init__(self) -> None:
        super().__init__("too_few")


class DraftRefused(Refused):
    def __init__(self, faults: tuple[DraftFault, ...]) -> None:
        super().__init__("draft")
        self.faults = faults
