"""How surely we know who asks: identity proofing and authentication, each 1 to 3, and when (DS-511, levels IAL, AAL).

What each act needs is configuration (`levels.toml`), since a ward confirms it procedure by procedure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec

from bff.errors import StepUpNeeded
from bff.texts import say

LEVELS = Path(__file__).parent / "levels.toml"


@dataclass(frozen=True)
class Assurance:
    """What a session rests on. `identity` (身元確認) and `authentication` (当人認証) are 1 to 3; `at`: when she last
    proved it; `method` is `card`, `passkey` or `desk_code`."""

    identity: int
    authentication: int
    at: datetime
    method: str


class Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an act needs; `minutes`: how old the proof may be, None as long as the session lives."""

    identity: int = 1
    authentication: int = 1
    minutes: int | None = None

    def is_met(self, by: Assurance, now: datetime) -> bool:
        fresh = self.minutes is None or now - by.at <= timedelta(minutes=self.minutes)
        return by.identity >= self.identity and by.authentication >= self.authentication and fresh


class Sensitive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    facts: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


class WardLevels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    procedures: dict[str, Need] = {}


class Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `levels.toml`."""

    acts: dict[str, Need]
    logins: dict[str, Need]
    procedures: dict[str, Need]
    wards: dict[str, WardLevels]
    sensitive: Sensitive
    proofs: dict[str, int]

    def to_submit(self, procedure: str, login: str, ward: str | None) -> Need:
        """What sending `procedure` to `ward` needs; `login` as its file in the catalogue names it."""
        by_ward = self.wards[ward].procedures if ward in self.wards else {}
        for said in (by_ward, self.procedures):
            if procedure in said:
                return said[procedure]
        return self.logins.get(login, self.acts["submit"])


@cache
def levels(file: Path = LEVELS) -> Levels:
    """Raises `msgspec.ValidationError` when the file has not this shape."""
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Levels)


def needs() -> Mapping[str, Need]:
    """By the name of the act."""
    return levels().acts


def held(by: Assurance, act: str, now: datetime) -> None:
    """Raises `StepUpNeeded` when the session does not reach what `act` needs."""
    meet(needs()[act], by, act, now)


def meet(need: Need, by: Assurance, act: str, now: datetime) -> None:
    """As `held`, for a need that is no act's of its own."""
    if not need.is_met(by, now):
        raise StepUpNeeded(say("step_up_needed"), act, card_only=is_for_card_alone(need, by))


def has_card(by: Assurance) -> bool:
    """Whether she is known by a card: who came by a desk's code is known less surely, and has none to sign with."""
    return by.identity >= levels().logins["signature"].identity


def is_for_card_alone(need: Need, by: Assurance) -> bool:
    """Whether no passkey can help: she must have been known more surely, or prove it with more."""
    return need.identity > by.identity or need.authentication > levels().proofs["passkey"]
