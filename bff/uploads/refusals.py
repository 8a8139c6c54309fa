"""Why a file is not taken, in her words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bff.errors import Refusal
from bff.texts import say

Why = Literal["kind", "empty", "broken", "too_large", "too_many", "active", "locked", "number", "virus", "no_scanner"]


@dataclass(eq=False)
class UploadRefused(Refusal):
    """`why` is stable; nothing was kept."""

    why: Why = "kind"


def refused(why: Why) -> UploadRefused:
    return UploadRefused(say(f"upload_{why}"), why)
