"""The paper that a case came on, for who works on the case and says why."""

from __future__ import annotations

import asyncio

from litestar import Response, post
from litestar.params import FromPath

from bff.paper import store
from bff.paper.shown import shown
from bff.staff.cases import case_of
from bff.staff.looking import look, reason_in
from bff.staff.paper_work import NEVER_KEPT
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visiting


@post("/cases/{case:str}/paper", act="cases_work")
async def scan(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[str]:
    """Its pictures, as long as they are kept; the look is noted first."""
    found = await case_of(visit, case)
    reason, wrong = reason_in(typed)
    if wrong:
        raise NotHere
    keys = visit.house.for_paper.keys
    async with visit.door() as conn:
        kept = await store.of_application(conn, visit.official.ward, found.application)
        if kept is None:
            raise NotHere
        pages = [await store.page(conn, kept, number, keys) for number in range(1, kept.pages + 1)]
    bodies = {number: one.body for number, one in enumerate(pages, 1) if one is not None}
    async with visit.house.db.house() as conn:
        resident = found.resident
        await look(conn, visit, resident, what="paper", purpose="examination", basis="application", reason=reason)
    seen = await asyncio.to_thread(shown, bodies, None)
    answer = visit.show("paper_scan.html", case=found, kept=kept, pictures=list(seen.pages.values()))
    answer.headers.update(NEVER_KEPT)
    return answer


HANDLERS = (scan,)
