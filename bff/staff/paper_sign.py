"""/staff/paper/{id}/check and /file: all that was typed held against the form, whose it is found, and signed off."""

from __future__ import annotations

from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.paper import filing, people, store
from bff.paper.filing import Looked, NotFiled
from bff.paper.intake import Draft, Intake
from bff.paper.people import Match, Who
from bff.staff.cases import actor
from bff.staff.looking import look
from bff.staff.mistakes import Mistake
from bff.staff.paper import PATH, name_of
from bff.staff.paper_form import mistakes, read_back
from bff.staff.paper_work import WORK, changed, mine, saved, work
from bff.staff.typed import Sent
from bff.staff.visit import Visit, Visiting
from bff.staff.words import word


@post("/paper/{intake:str}/check", act=WORK)
async def check(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """All that stands there held against the form, and whose it is looked for; nothing is filed yet."""
    kept = await mine(visit, intake, typed)
    if kept is None:
        return changed(visit, typed)
    now = await saved(visit, kept, typed)
    if not isinstance(now, Intake):
        return now
    looked, said = _looked(visit, now)
    if (wrong := _wrong(now, looked, said)) or looked.who is None:
        return await work(visit, now, wrong)
    async with visit.house.db.house() as conn:
        match = await _found(visit, conn, now, looked.who)
    return _confirm(visit, now, looked, said, match)


@post("/paper/{intake:str}/file", act=WORK)
async def sign_off(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """A person says that it stands on the paper so; only now it is a case."""
    kept = await mine(visit, intake, typed)
    if kept is None:
        return changed(visit, typed)
    looked, said = _looked(visit, kept)
    if wrong := _wrong(kept, looked, said):
        return await work(visit, kept, wrong)
    kind = typed.one("whose")
    if typed.one("compared") != "yes":
        async with visit.house.db.house() as conn:
            assert looked.who is not None
            match = await _found(visit, conn, kept, looked.who)
        return _confirm(visit, kept, looked, said, match, (Mistake("compared", word("paper_mistake", "compared")),))
    application = visit.house.new_id()
    try:
        async with visit.house.db.house() as conn:
            sent = await filing.file(
                visit.house.for_paper, conn, kept, looked, by=actor(visit), kind=kind, application=application
            )
            await visit.note(conn, WORK, about=f"{kept.number} {sent.receipt_number}")
    except NotFiled as why:
        if why.why == "changed":
            return changed(visit, typed)
        return await work(visit, kept, (Mistake("", word("paper_mistake", why.why)),))
    return Redirect(f"{PATH}?done=filed", status_code=303)


def _looked(visit: Visit, kept: Intake) -> tuple[Looked, Draft]:
    keys = visit.house.for_paper.keys
    said = store.draft_of(kept, keys) or Draft()
    return filing.look_over(visit.house.for_paper, kept, said, store.result_of(kept, keys)), said


async def _found(visit: Visit, conn: AsyncConnection, kept: Intake, who: Who) -> Match:
    """Whoever was come upon learns of it."""
    match = await people.find(visit.house.for_paper, conn, kept.ward, who)
    if match.resident is not None:
        whose, number = match.resident, kept.number
        await look(conn, visit, whose, what="account", purpose="paper_intake", basis="application", reason=number)
    return match


def _wrong(kept: Intake, looked: Looked, said: Draft) -> tuple[Mistake, ...]:
    """Why it is no case yet; empty: nothing stands in the way."""
    if kept.read is not None and not said.after_reading:
        return (Mistake("", word("paper_mistake", "read_meanwhile")),)
    if looked.is_whole:
        return ()
    return mistakes(looked.form, looked.wrong, looked.unseen) or (Mistake("", word("paper_mistake", "who")),)


def _confirm(
    visit: Visit, kept: Intake, looked: Looked, said: Draft, match: Match, wrong: tuple[Mistake, ...] = ()
) -> Response[str]:
    return visit.show(
        "paper_check.html",
        422 if wrong else 200,
        kept=kept,
        name=name_of(visit, kept.procedure),
        sections=read_back(looked.form, said),
        kind=match.kind,
        mistakes=wrong,
        wrong={one.field: one.text for one in wrong},
    )


HANDLERS = (check, sign_off)
