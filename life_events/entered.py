"""What she wrote herself in forms she sent, offered in later forms: under which name, and for how long."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct, field

from life_events.dates import months_after

MONTHS_KEPT: Final = 13
"""Whatever comes round once a year is still known the next time; nothing is kept for longer (ADR 0009)."""
EVENT_LASTS: Final = timedelta(days=90)
"""A term `event.…` belongs to one event (a move, a storm): in the next one it is another address."""


class EnteredValue(Struct, frozen=True):
    """`procedure`: in whose form she wrote it; `at`: when that was kept."""

    value: str | bool | tuple[str, ...]
    procedure: str
    at: datetime

    def is_kept(self, today: date) -> bool:
        """Whether it may still be known at all."""
        return months_after(self.at.date(), MONTHS_KEPT) > today


class Entered(Struct, frozen=True):
    """By the field's `term`; of another person as `subject.…:person`."""

    values: Mapping[str, EnteredValue] = field(default_factory=dict)

    def of(self, term: str, person: str | None, today: date) -> EnteredValue | None:
        id = term_id(term, person)
        found = self.values.get(id) if id else None
        if found is None or not found.is_kept(today):
            return None
        is_over = term.startswith("event.") and found.at.date() + EVENT_LASTS <= today
        return None if is_over else found

    def kept(self, today: date) -> "Entered":
        """Without what has been kept for long enough."""
        return Entered({id: value for id, value in self.values.items() if value.is_kept(today)})


def term_id(term: str, person: str | None) -> str | None:
    """Under which name a term is kept; None: it is about a person, and there is none."""
    if not term.startswith("subject."):
        return term
    return f"{term}:{person}" if person else None
