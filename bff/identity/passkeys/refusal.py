"""Why a passkey was not accepted."""

from __future__ import annotations

from dataclasses import dataclass

from bff.errors import Refusal
from bff.texts import say


@dataclass(eq=False)
class PasskeyRefused(Refusal):
    """`code` is for the device (`expired`, `unknown`, `refused`, `bound_already`, `too_many`), `detail` for the log."""

    code: str = "refused"
    detail: str = ""


def refused(code: str, detail: str) -> PasskeyRefused:
    """With the words for `code`."""
    return PasskeyRefused(say(f"passkey_{code}"), code, detail)
