from __future__ import annotations

from dataclasses import dataclass

from notifications.texts import text_of
from notifications.words import Text


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people, told only from `floor` on, so that no one can be singled out. `exact` None: fewer."""

    exact: int | None
    floor: int

    @classmethod
    def of(cls, count: int, floor: int = 5) -> Headcount:
        return cls(count if count >= floor else None, floor)

    @property
    def text(self) -> Text:
        if self.exact is None:
            return text_of("headcount", "under", count=self.floor)
        return text_of("headcount", "exact", count=self.exact)
