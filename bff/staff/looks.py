"""/staff/looks: which official of this ward looked at what, and why; for auditors, whose own look is noted first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from litestar import Response, get, post

from bff.exchange import message_log
from bff.exchange.texts import look_text, purpose_text, role_text, what_text
from bff.identity.staff import Official
from bff.ledger import listing
from bff.ledger.listing import NAMED_FIRST
from bff.staff.looking import look, reason_in
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent
from bff.staff.visit import Visit, Visiting

MOST: Final = 200
SHORT: Final = 8


@dataclass(frozen=True)
class Row:
    """`whose` tells two residents apart and says no more of them; '—' is a list of many."""

    at: datetime
    who: str
    role: str
    whose: str
    what: str
    purpose: str
    case: str
    outcome: str
    is_refused: bool


@get("/looks", act="looks_read")
async def before_looking(visit: Visiting) -> Response[str]:
    return _page(visit)


@post("/looks", act="looks_read")
async def looked(visit: Visiting, typed: Sent) -> Response[str]:
    reason, mistakes = reason_in(typed)
    if mistakes:
        return _page(visit, mistakes, reason)
    async with visit.house.db.house() as conn:
        await look(conn, visit, None, what="looks", purpose="audit", basis="safeguards", reason=reason)
        found = await message_log.looks(conn, f"official/{visit.official.ward}", first=MOST)
    known = await listing.offices(visit.house.db, [row for _, row in found])
    rows = [
        Row(
            at=row.at,
            who=_who(known.get(row.user_id or "")),
            role=_role(known.get(row.user_id or "")),
            whose=str(resident)[:SHORT] if resident else "—",
            what=what_text(row.service).ja,
            purpose=purpose_text(row.purpose).ja,
            case=row.issue or "",
            outcome=look_text(row.outcome).ja if row.is_refused else "",
            is_refused=row.is_refused,
        )
        for resident, row in found
    ]
    return _page(visit, (), reason, rows)


def _page(
    visit: Visit, mistakes: tuple[Mistake, ...] = (), reason: str = "", rows: list[Row] | None = None
) -> Response[str]:
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    status = 422 if mistakes else 200
    return visit.show("looks.html", status, mistakes=mistakes, wrong=wrong, reason=reason, rows=rows, most=MOST)


def _who(official: Official | None) -> str:
    return f"{official.department} {official.name}" if official else "—"


def _role(official: Official | None) -> str:
    roles = official.roles if official else frozenset()
    return role_text(next((one for one in NAMED_FIRST if one in roles), "unknown")).ja


HANDLERS = (before_looking, looked)
