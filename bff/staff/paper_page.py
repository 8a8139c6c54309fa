"""/staff/paper/{id}: the picture beside the form; typed, kept, taken up by a colleague, or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.paper import store
from bff.paper.intake import Intake
from bff.staff.looking import look, reason_in
from bff.staff.mistakes import Mistake
from bff.staff.pages import STOP_POLLING
from bff.staff.paper import PATH, by, name_of, wrong_day
from bff.staff.paper_form import draft_in, forbidden, form_of, received_in
from bff.staff.paper_work import NEVER_KEPT, WORK, changed, intake_of, mine, saved, work
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word


@get("/paper/{intake:str}", act="paper_read")
async def page(
    visit: Visiting, intake: FromPath[str], done: FromQuery[str] = "", write: FromQuery[str] = ""
) -> Response[Any]:
    """Who has it in hand works on it; everybody else sees how it stands, and nothing that is written on it."""
    kept = await intake_of(visit, intake)
    if kept.filed_at is not None:
        return Redirect(f"/staff/cases/{kept.application}" if kept.application else PATH, status_code=303)
    told = word("paper_done", done) if knows("paper_done", done) else ""
    if kept.claimed_by != visit.official.id or not visit.may(WORK):
        return _before(visit, kept, told=told)
    return await work(visit, kept, told=told, writes=write == "yes")


@post("/paper/{intake:str}/open", act=WORK)
async def take_up(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """A colleague's, with all that was typed; the look is noted first."""
    kept = await intake_of(visit, intake)
    reason, wrong = reason_in(typed)
    if wrong:
        return _before(visit, kept, wrong, reason)
    async with visit.house.db.house() as conn:
        await look(conn, visit, None, what="paper", purpose="paper_intake", basis="application", reason=reason)
    async with visit.door() as conn:
        if not await store.take_up(conn, kept, by(visit), visit.now):
            return changed(visit, Typed())
        await visit.note(conn, WORK, about=f"{kept.number}（{word('paper_act', 'taken_up')}）", reason=reason)
    return Redirect(f"{PATH}/{kept.id}", status_code=303)


@get("/paper/{intake:str}/state", act=WORK)
async def state(visit: Visiting, intake: FromPath[str], write: FromQuery[str] = "") -> Response[str]:
    """Asked again and again while it is read. The page is shown anew when it has been, unless somebody writes on it."""
    kept = await intake_of(visit, intake)
    if kept.reading == "waiting":
        return visit.show("paper_waiting_part.html", kept=kept, writes=write == "yes")
    answer = visit.show("paper_waiting_part.html", STOP_POLLING, kept=kept, writes=True)
    if write != "yes":
        answer.headers["HX-Refresh"] = "true"
    return answer


@post("/paper/{intake:str}/draft", act=WORK)
async def draft(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """Each change by itself, and the button; nothing is judged but what must not be kept."""
    kept = await mine(visit, intake, typed)
    if kept is None:
        return changed(visit, typed)
    now = await saved(visit, kept, typed)
    if isinstance(now, Intake):
        return Redirect(f"{PATH}/{kept.id}?done=saved", status_code=303)
    return now


@post("/paper/{intake:str}/keep", act=WORK)
async def keep(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """The same while she types: a line of words comes back, with the version to go on from."""
    kept = await mine(visit, intake, typed)
    if kept is None:
        return visit.show("paper_kept_part.html", kept=None, version=typed.one("version"), why="changed")
    wanted, received = draft_in(form_of(visit, kept), typed), received_in(typed, kept)
    if forbidden(wanted) or received is None or wrong_day(visit, received) is not None:
        return visit.show("paper_kept_part.html", kept=None, version=kept.version, why="not_kept")
    async with visit.door() as conn:
        ok = await store.keep_draft(conn, kept, wanted, received, visit.house.for_paper.keys, visit.now)
    if not ok:
        return visit.show("paper_kept_part.html", kept=None, version=typed.one("version"), why="changed")
    return visit.show("paper_kept_part.html", kept=visit.now, version=kept.version + 1, why="")


@post("/paper/{intake:str}/read", act=WORK)
async def read_again(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    kept = await mine(visit, intake, typed)
    if kept is None or kept.why == store.NUMBER:
        return changed(visit, typed)
    async with visit.door() as conn:
        if not await store.read_again(conn, kept):
            return changed(visit, typed)
    return Redirect(f"{PATH}/{kept.id}", status_code=303)


@post("/paper/{intake:str}/throw-away", act=WORK)
async def throw_away(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """With its pictures: a wrong paper, or the same twice. The paper itself lies with the ward."""
    kept = await mine(visit, intake, typed)
    if kept is None:
        return changed(visit, typed)
    reason, wrong = reason_in(typed)
    if wrong:
        return await work(visit, kept, wrong)
    async with visit.door() as conn:
        if not await store.throw_away(conn, kept):
            return changed(visit, typed)
        await visit.note(conn, WORK, about=f"{kept.number}（{word('paper_act', 'thrown')}）", reason=reason)
    return Redirect(f"{PATH}?done=thrown", status_code=303)


@get("/paper/{intake:str}/pages/{number:int}", act=WORK)
async def picture(visit: Visiting, intake: FromPath[str], number: FromPath[int]) -> Response[Any]:
    """A page as large as it is kept, for who has it in hand."""
    kept = await intake_of(visit, intake)
    if kept.claimed_by != visit.official.id or kept.filed_at is not None:
        raise NotHere
    async with visit.door() as conn:
        found = await store.page(conn, kept, number, visit.house.for_paper.keys)
    if found is None:
        raise NotHere
    return Response(found.body, media_type=found.media_type, headers=NEVER_KEPT)


def _before(
    visit: Visit, kept: Intake, wrong: Sequence[Mistake] = (), reason: str = "", told: str = ""
) -> Response[str]:
    return visit.show(
        "paper_before.html",
        422 if wrong else 200,
        kept=kept,
        name=name_of(visit, kept.procedure),
        mistakes=wrong,
        wrong={one.field: one.text for one in wrong},
        reason=reason,
        told=told,
    )


HANDLERS = (page, take_up, state, draft, keep, read_again, throw_away, picture)
