"""What is wrong with what was typed, each with the input to go to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bff.staff.words import word


@dataclass(frozen=True)
class Mistake:
    """`field` is the id of the input to go to; empty when none is to blame. `called`: its name, else by [field]."""

    field: str
    text: str
    called: str = ""

    @property
    def label(self) -> str:
        """A field of a row of the audience is called as in every other row."""
        if self.called:
            return self.called
        return word("field", re.sub(r"^s[0-9]+_|-[0-9a-f-]{36}$", "", self.field)) if self.field else ""


class Mistakes(Exception):
    """What was typed is nothing we can keep; nothing was stored."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*(mistake.text for mistake in mistakes))
        self.mistakes = mistakes
