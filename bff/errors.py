"""The three kinds of error: a silent source is a value, a refusal is raised here, anything else is a defect."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import msgspec

from life_events import Text

NOT_JSON: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What `msgspec.json.decode` raises at bytes from outside: no JSON or another shape, no UTF-8, nested without end."""


@dataclass(frozen=True)
class FieldRefused:
    """One field of an input that was not accepted; `code` is stable, `message` is for people."""

    field: str
    code: str
    message: Text


@dataclass(eq=False)
class Refusal(Exception):
    """A person is refused and is told why; one table at each door turns it into an answer."""

    message: Text

    def __str__(self) -> str:
        return self.message.ja


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session has ended."""


class AccountClosed(Refusal):
    """The ward has closed her account: nobody is let in any more."""


class NotFound(Refusal):
    """There is no such thing *for this person*; whether it exists for another is not told."""


class Denied(Refusal):
    """The person is known but may not do this."""


@dataclass(eq=False)
class StepUpNeeded(Refusal):
    """She is known, but not as surely as this act (`act`, of `bff.identity.levels`) needs: she proves it once more.

    `card_only`: a passkey would not be enough."""

    act: str = ""
    card_only: bool = False


@dataclass(eq=False)
class FieldsRefused(Refusal):
    """Some fields were not accepted; nothing was stored."""

    fields: tuple[FieldRefused, ...] = field(default=())


class StepClosed(Refusal):
    """The procedure is not open for this person today."""


class EndpointRefused(Refusal):
    """The push endpoint is not at a push service we send to."""


@dataclass(eq=False)
class TooManyTries(Refusal):
    """Tried too often: nothing was done, nothing is lost; in `retry_after` seconds it may be tried again."""

    retry_after: int = 1


class Crowded(TooManyTries):
    """Not she but all together ask more than this process can bear, and what she asked for can wait."""
