"""What a ward's or a school's audience may be asked for today, each by the name people know it by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.audience_form import MARKED, OF_SCHOOL, Choices
from bff.staff.audience_words import Names, mark_in_words
from bff.staff.visit import Visit
from bff.staff.words import word
from life_events import EVENTS
from notifications.audience.known import marks_of
from notifications.broadcasts import lists
from notifications.notice import Language

CARE: Final = ("support1", "support2", "care1", "care2", "care3", "care4", "care5")
MOST: Final = 500
"""Of one kind; more than anybody would tick."""


async def choices_of(conn: AsyncConnection, visit: Visit) -> Choices:
    """Ward door."""
    school = visit.official.school
    kinds = [kind for kind in MARKED if school is None or kind in OF_SCHOOL]
    known = await marks_of(conn, visit.official.ward)
    found = {kind: _of_kind(kind, known) for kind in kinds}
    if school is None:
        found["care"] = [(f"care:{level}", word("care", level)) for level in CARE]
        names = {one.id: one.name.ja for one in visit.house.catalogue.bundles}
        found["event"] = [(f"event:{one}", names[one]) for one in EVENTS]
        kept = await lists.of_ward(conn, visit.official.ward, visit.today)
        found["list"] = [(f"list:{one.id}", one.name) for one in kept]
    return found


def languages() -> list[tuple[str, str]]:
    return [(str(one), word("language", one)) for one in Language]


async def names_of(conn: AsyncConnection, visit: Visit) -> Names:
    """Of marks that do not say themselves what they are. Ward door."""
    events = {f"event:{one.id}": one.name.ja for one in visit.house.catalogue.bundles}
    if visit.official.school is not None:
        return events
    kept = await lists.of_ward(conn, visit.official.ward, visit.today)
    return events | {f"list:{one.id}": one.name for one in kept}


def _of_kind(kind: str, known: Iterable[str]) -> list[tuple[str, str]]:
    return [(mark, mark_in_words(mark, {})) for mark in known if mark.startswith(f"{kind}:")][:MOST]
