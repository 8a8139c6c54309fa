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


@cache
def needs(file: Path = LEVELS) -> Mapping[str, Need]:
    """By the name of the act; raises `msgspec.ValidationError` when the file has not this shape."""
    return msgspec.convert(tomllib.loads(file.read_text("utf-8"))["acts"], dict[str, Need])


def held(by: Assurance, act: str, now: datetime) -> None:
    """Raises `StepUpNeeded` when the session does not reach what `act` needs."""
    if not needs()[act].is_met(by, now):
        raise StepUpNeeded(say("step_up_needed"), act)
