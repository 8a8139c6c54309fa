"""/staff/cases/bulk: the plain ones decided together; first a preview, then each for itself with what came of it."""

from __future__ import annotations

from typing import Final

from litestar import Response, post

from bff.cases import deciding
from bff.cases.case import DECIDE, Case
from bff.cases.deciding import Changed, Decision, SomebodyElses
from bff.staff.cases import actor, case_of, row_of
from bff.staff.looking import reason_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import word

MOST: Final = 40


@post("/cases/bulk", act=DECIDE)
async def preview(visit: Visiting, typed: Sent) -> Response[str]:
    rows = [(one, why_not(visit, one)) for one in await _picked(visit, typed)]
    return _page(visit, rows, left=len(_said(typed)[MOST:]))


@post("/cases/bulk/decide", act=DECIDE)
async def decide(visit: Visiting, typed: Sent) -> Response[str]:
    """One that cannot be decided hinders no other."""
    picked = await _picked(visit, typed)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return _page(visit, [(one, why_not(visit, one)) for one in picked], wrong=mistakes[0].text, reason=reason)
    outcomes = [(one, await _one(visit, one, reason)) for one in picked]
    return visit.show("cases_bulk_done.html", rows=[(row_of(visit, one), said) for one, said in outcomes])


def why_not(visit: Visit, one: Case) -> str:
    """'' when it is plain: by the procedure's rule, and nothing about it wants a look."""
    rule, checked = visit.house.for_cases.catalogue.desk_of(one.procedure), one.checked
    wants_a_look = one.risks or (checked and (checked.differs or checked.silent or checked.rule not in ("due", "open")))
    faults = (
        ("not_open", one.state != "open"),
        ("somebody_elses", one.claimed_by not in (None, visit.official.id)),
        ("not_plain", not rule.plain or rule.second),
        ("not_checked", checked is None),
        ("sampled", one.sampled),
        ("wants_a_look", wants_a_look),
    )
    return next((word("bulk_not", code) for code, there in faults if there), "")


async def _one(visit: Visit, one: Case, reason: str) -> str:
    if why := why_not(visit, one):
        return why
    catalogue = visit.house.for_cases.catalogue
    try:
        async with visit.house.db.house() as conn:
            await deciding.decide(conn, catalogue, one, Decision("decided", ""), by=actor(visit), now=visit.now)
            await visit.note(conn, DECIDE, about=one.receipt_number, reason=reason)
    except (Changed, SomebodyElses):
        return word("bulk_not", "changed")
    return word("bulk_not", "decided")


async def _picked(visit: Visit, typed: Typed) -> list[Case]:
    """As `id version`, each as it was when the list was shown; another ward's is not there."""
    found = []
    for said in _said(typed)[:MOST]:
        id, _, version = said.partition(" ")
        try:
            found.append(await case_of(visit, id, version))
        except NotHere:
            continue
    return found


def _said(typed: Typed) -> list[str]:
    return list(dict.fromkeys(typed.every("case")))


def _page(
    visit: Visit, rows: list[tuple[Case, str]], *, left: int = 0, wrong: str = "", reason: str = ""
) -> Response[str]:
    shown = [(row_of(visit, one), why) for one, why in rows]
    values = {"rows": shown, "ready": any(not why for _, why in shown), "left": left, "most": MOST}
    return visit.show("cases_bulk.html", 422 if wrong else 200, **values, wrong=wrong, reason=reason)


HANDLERS = (preview, decide)
