"""Applications as the ward's old system keeps them: received once per key, moved by hand or by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from infra.sandbox.services import Subject
from infra.sandbox.settings import TOKYO, Clock


class State(StrEnum):
    RECEIVED = "received"
    CHECKING = "checking"
    SENT_BACK = "sent_back"
    DECIDED = "decided"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


FOLLOWS: Final[Mapping[State, State]] = {State.RECEIVED: State.CHECKING, State.CHECKING: State.DECIDED}
DECIDED_NOTE: Final = "決定しました。通知書を郵送します。"


@dataclass(frozen=True, kw_only=True)
class Application:
    """`at` is when `state` began. `by_hand` ends the automatic moves."""

    number: str
    ward: str
    key: str
    procedure: str
    version: str
    subject: Subject
    answers: Mapping[str, object]
    completed_at: datetime
    receipt_number: str
    received_at: datetime
    state: State
    at: datetime
    note: str | None = None
    by_hand: bool = False
    digest: str | None = None
    corrected: tuple[str, ...] = ()
    on_behalf: Mapping[str, str] | None = None
    signature: Mapping[str, object] | None = None
    attachments: tuple[Mapping[str, object], ...] = ()
    parts: tuple[Mapping[str, object], ...] = ()
    fields: tuple[Mapping[str, str], ...] = ()
    """What is sent back: `field` and `message` of each."""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What an applicant hands in."""

    key: str
    procedure: str
    version: str
    subject: Subject
    answers: Mapping[str, object]
    completed_at: datetime
    receipt_number: str
    digest: str | None = None
    corrected: tuple[str, ...] = ()
    on_behalf: Mapping[str, str] | None = None
    signature: Mapping[str, object] | None = None
    attachments: tuple[Mapping[str, object], ...] = ()
    parts: tuple[Mapping[str, object], ...] = ()


class KeyTaken(Exception):
    """The key stands for another person's or another procedure's application."""


class Applications:
    """`pace` is in seconds between automatic moves received → checking → decided; 0 means none."""

    def __init__(self, pace: float, clock: Clock) -> None:
        self._pace = timedelta(seconds=pace)
        self._clock = clock
        self._by_number: dict[str, Application] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def receive(self, ward: str, filing: Filing) -> tuple[Application, bool]:
        """The application under this key, and whether it is new. Raises KeyTaken."""
        if known := self._numbers.get((ward, filing.key)):
            application = self.look(known)
            if (application.subject.id, application.procedure) != (filing.subject.id, filing.procedure):
                raise KeyTaken
            return application, False
        now = self._clock.now()
        application = Application(
            number=self._next_number(ward, now),
            ward=ward,
            received_at=now,
            state=State.RECEIVED,
            at=now,
            **vars(filing),
        )
        self._numbers[ward, filing.key] = application.number
        self._by_number[application.number] = application
        return application, True

    def look(self, number: str) -> Application:
        """The application as it stands now. Raises KeyError."""
        application = self._by_number[number]
        while self._is_due(application):
            after = FOLLOWS[application.state]
            note = DECIDED_NOTE if after is State.DECIDED else None
            application = replace(application, state=after, at=application.at + self._pace, note=note)
        self._by_number[number] = application
        return application

    def move(self, number: str, state: State, note: str | None, fields: Sequence[str] = ()) -> Application:
        """By an official's hand; any state may follow any other. `fields` are sent back for `note`. Raises KeyError."""
        back = tuple({"field": one, "message": note or "ご確認ください。"} for one in fields)
        back = back if state is State.SENT_BACK else ()
        moved = replace(self.look(number), state=state, at=self._clock.now(), note=note, fields=back, by_hand=True)
        self._by_number[number] = moved
        return moved

    def take_back(self, ward: str, key: str, subject: str, note: str) -> tuple[str, str | None]:
        """What comes of her withdrawal, and the number; what was decided stays decided."""
        number = self._numbers.get((ward, key))
        if number is None or self.look(number).subject.id != subject:
            return "unknown", None
        if self.look(number).state in (State.DECIDED, State.REJECTED):
            return "settled", number
        self.move(number, State.WITHDRAWN, note)
        return "withdrawn", number

    def newest_first(self) -> list[Application]:
        return [self.look(number) for number in reversed(self._by_number)]

    def _is_due(self, application: Application) -> bool:
        if not self._pace or application.by_hand or application.state not in FOLLOWS:
            return False
        return application.at + self._pace <= self._clock.now()

    def _next_number(self, ward: str, now: datetime) -> str:
        """Counted per ward and year, as 131032-2026-000001."""
        head = f"{ward}-{now.astimezone(TOKYO).year}"
        self._counts[head] = self._counts.get(head, 0) + 1
        return f"{head}-{self._counts[head]:06d}"
