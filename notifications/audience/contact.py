from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notifications.words import Language


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the address book. `ward` is None: lives outside of the 23 wards, no audience holds her. `marks`: what
    her ward's audiences may ask for, such as `school:<id>` or `town:<code>`, her own and her children's alike."""

    resident: UUID
    ward: str | None
    language: Language
    children_births: frozenset[date]
    marks: frozenset[str] = frozenset()
