"""/staff/closures: the account of somebody who has died is closed, asked by one official and decided by another."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.accounts import closing
from bff.accounts.closing import Closure
from bff.accounts.desk import By
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.staff.desk_form import LONGEST_CASE
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from life_events import contains_individual_number

PURPOSE = "account_closure"
KEPT_DAYS, MOST_DAYS = 1825, 36500


@get("/closures", act="closures_ask")
async def closures(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, Typed({"kept_days": (str(KEPT_DAYS),)}), done=done)


@post("/closures", act="closures_ask")
async def ask(visit: Visiting, typed: Sent) -> Response[Any]:
    who, case, days = (typed.one(name).strip() for name in ("who", "case_number", "kept_days"))
    found = [Mistake(name, text) for name, text in _mistakes(who, case, days)]
    if not found:
        by, now = _by(visit), visit.house.clock()
        async with visit.house.db.house() as conn:
            resident = await closing.meant(conn, by.ward, who, visit.house.pairwise)
            asked = resident and await closing.ask(
                conn, visit.house.new_id(), resident, case=case, kept_days=int(days), by=by, now=now
            )
            if asked:
                look = Look(asked.resident, Looker("official", by.id, by.ward), "account", PURPOSE, PURPOSE, case)
                await looks.note(conn, look, now=now, new_id=visit.house.new_id)
                await visit.note(conn, "closures_ask", about=str(asked.id), reason=case)
        if asked:
            return _done("asked")
        found = [Mistake("who", word("closure_mistake", "already" if resident else "unknown"))]
    return await _page(visit, typed, tuple(found))


@post("/closures/{closure:str}/decide", act="closures_decide")
async def decide(visit: Visiting, closure: FromPath[str], typed: Sent) -> Response[Any]:
    kept, agreed = await _closure_of(visit, closure), typed.one("do") == "close"
    async with visit.house.db.house() as conn:
        done = await closing.decide(conn, kept, by=_by(visit), agreed=agreed, now=visit.house.clock())
        if done:
            reason = "closed" if agreed else "refused"
            await visit.note(conn, "closures_decide", about=str(kept.id), reason=reason)
    return _done(("closed" if agreed else "refused") if done else "not_yours")


@post("/closures/{closure:str}/reopen", act="closures_decide")
async def reopen(visit: Visiting, closure: FromPath[str], typed: Sent) -> Response[Any]:
    kept, why = await _closure_of(visit, closure), typed.one("why").strip()[:LONGEST_CASE]
    if not why or contains_individual_number(why):
        return _done("why")
    async with visit.house.db.house() as conn:
        done = await closing.reopen(conn, kept, by=_by(visit), why=why, now=visit.house.clock())
        if done:
            await visit.note(conn, "closures_decide", about=str(kept.id), reason=why)
    return _done("reopened" if done else "not_yours")


def _mistakes(who: str, case: str, days: str) -> list[tuple[str, str]]:
    found = []
    if not who or len(who) > LONGEST_CASE or not who.isascii():
        found.append(("who", word("closure_mistake", "who")))
    if not case or len(case) > LONGEST_CASE or "\x00" in case:
        found.append(("case_number", word("desk_mistake", "case_number_empty")))
    elif contains_individual_number(case):
        found.append(("case_number", word("desk_mistake", "number")))
    if not (days.isascii() and days.isdecimal() and len(days) <= len(str(MOST_DAYS)) and 1 <= int(days) <= MOST_DAYS):
        found.append(("kept_days", word("closure_mistake", "days")))
    return found


async def _page(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = (), done: str = "") -> Response[str]:
    async with visit.door() as conn:
        found = await closing.newest(conn, visit.official.ward)
    told = word("closure_done", done) if knows("closure_done", done) else ""
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    status = 422 if mistakes else 200
    return visit.show("closures.html", status, closures=found, typed=typed, mistakes=mistakes, wrong=wrong, told=told)


async def _closure_of(visit: Visit, said: str) -> Closure:
    """Of the visitor's ward; raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await closing.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.name, visit.official.ward)


def _done(what: str) -> Response[Any]:
    return Redirect(f"/staff/closures?done={what}", status_code=303)


HANDLERS = (closures, ask, decide, reopen)
