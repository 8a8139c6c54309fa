"""No official looks at a resident's data without a case or a reason, and every look is noted before it is answered."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from litestar import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.visit import Visit
from bff.staff.words import word
from life_events import contains_individual_number
from notifications.texts import text_of

REASON: Final = "reason"
LONGEST_REASON: Final = 200


def reason_in(typed: Typed) -> tuple[str, tuple[Mistake, ...]]:
    """The case or reason of the form's field, and what is wrong with it; nothing is looked at while something is."""
    reason = typed.one(REASON).strip()
    if not reason:
        return reason, (Mistake(REASON, word("mistake", "reason_empty")),)
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        return reason, (Mistake(REASON, word("mistake", "reason_long")),)
    if contains_individual_number(reason):
        return reason, (Mistake(REASON, text_of("refused", "note_number").ja),)
    return reason, ()


async def look(
    conn: AsyncConnection,
    visit: Visit,
    resident: UUID | None,
    *,
    what: str,
    purpose: str,
    basis: str,
    reason: str,
    allowed: bool = True,
) -> None:
    """Through the house's door, before anything is shown; `resident` None: at a list of many people's."""
    by = Looker("official", visit.official.id, visit.official.ward)
    seen = Look(resident, by, what, purpose, basis, reason, allowed)
    await looks.note(conn, seen, now=visit.now, new_id=visit.house.new_id)


def denied(visit: Visit, why: str) -> Response[str]:
    """`why`: a key under [refused]."""
    title, text = word("refused", "denied_title"), word("refused", why)
    return visit.show("refused.html", 403, title=title, text=text, broadcast=None, faults=[], kept=())
