"""Applications as Mynaportal keeps them: an unchangeable package, and the states it went through."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import rfc8785

from infra.sandbox.settings import TOKYO, Clock

State = Literal["arrived", "under_review", "correction_needed", "completed", "rejected", "withdrawn"]
OVER: Final = ("completed", "rejected", "withdrawn")


class Impossible(Exception):
    """It is over, or the key was used for something else: `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Step:
    state: State
    at: datetime
    note: str | None = None


@dataclass
class Filed:
    """`applicant` is her pseudonym at Mynaportal; `package` is what the municipality fetches."""

    key: str
    applicant: str
    package: Mapping[str, object]
    history: list[Step] = field(default_factory=list)

    @property
    def number(self) -> str:
        return str(self.package["receipt_number"])

    @property
    def ward(self) -> str:
        return str(self.package["ward"])

    @property
    def now(self) -> Step:
        return self.history[-1]

    @property
    def sha256(self) -> str:
        """Over the canonical JSON of the package (RFC 8785)."""
        return hashlib.sha256(rfc8785.dumps(dict(self.package))).hexdigest()  # type: ignore[arg-type]


class Filings:
    """In the order in which they arrived."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._filed: dict[str, Filed] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._moves: dict[str, tuple[str, State]] = {}

    def take(self, key: str, applicant: str, package: Mapping[str, object]) -> tuple[Filed, bool]:
        """What stands under the key, and whether it is new; raises Impossible(key_taken)."""
        known = self._keys.get((applicant, key))
        if known:
            filed = self._filed[known]
            if any(filed.package[name] != value for name, value in package.items()):
                raise Impossible("key_taken")
            return filed, False
        now = self._now()
        number = f"{package['ward']}{now:%Y%m%d}{len(self._filed) + 1:06d}"
        whole = {"receipt_number": number, **package, "submitted_at": now.isoformat()}
        filed = Filed(key, applicant, whole, [Step("arrived", now)])
        self._filed[number] = filed
        self._keys[applicant, key] = number
        return filed, True

    def find(self, number: str) -> Filed | None:
        return self._filed.get(number)

    def of_ward(self, ward: str) -> list[Filed]:
        return [one for one in self._filed.values() if one.ward == ward]

    def move(self, filed: Filed, state: State, note: str | None, key: str | None = None) -> Step:
        """Under the same key it moves once. Raises Impossible(key_taken, not_possible)."""
        if key in self._moves:
            if self._moves[key] != (filed.number, state):
                raise Impossible("key_taken")
            return next(step for step in reversed(filed.history) if step.state == state)
        if filed.now.state in OVER:
            raise Impossible("not_possible")
        step = Step(state, self._now(), note)
        filed.history.append(step)
        if key:
            self._moves[key] = (filed.number, state)
        return step

    def _now(self) -> datetime:
        return self._clock.now().astimezone(TOKYO)
