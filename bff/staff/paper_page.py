"""/staff/paper/{id}: the picture beside the form; typed, looked over, signed off, or thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.paper import filing, people, shown, store
from bff.paper.filing import Looked, NotFiled
from bff.paper.intake import Draft, Intake
from bff.paper.people import Match
from bff.staff.cases import actor
from bff.staff.draft_form import Mistake
from bff.staff.looking import look, reason_in
from bff.staff.pages import STOP_POLLING
from bff.staff.paper import PATH, by, name_of, wrong_day
from bff.staff.paper_form import BEFORE, OfForm, draft_in, forbidden, form_of, lines, mistakes, read_back, received_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word

WORK: Final = "paper_work"
NEVER_KEPT: Final = {"Cache-Control": "no-store"}


@get("/paper/{intake:str}", act="paper_read")
async def page(visit: Visiting, intake: FromPath[str], done: FromQuery[str] = "") -> Response[Any]:
    """Who has it in hand works on it; everybody else sees how it stands, and nothing that is written on it."""
    kept = await intake_of(visit, intake)
    if kept.filed_at is not None:
        return Redirect(f"/staff/cases/{kept.application}" if kept.application else PATH, status_code=303)
    told = word("paper_done", done) if knows("paper_done", done) else ""
    if kept.claimed_by != visit.official.id or not visit.may(WORK):
        return _before(visit, kept, told=told)
    return await _work(visit, kept, told=told)


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
            return _changed(visit, Typed())
        await visit.note(conn, WORK, about=f"{kept.number}（{word('paper_act', 'taken_up')}）", reason=reason)
    return Redirect(f"{PATH}/{kept.id}", status_code=303)


@get("/paper/{intake:str}/state", act=WORK)
async def state(visit: Visiting, intake: FromPath[str]) -> Response[str]:
    """Asked again and again while it is read; the page is shown anew when it has been."""
    kept = await intake_of(visit, intake)
    if kept.reading == "waiting":
        return visit.show("paper_waiting_part.html", kept=kept)
    answer = visit.show("paper_waiting_part.html", STOP_POLLING, kept=kept)
    answer.headers["HX-Refresh"] = "true"
    return answer


@post("/paper/{intake:str}/draft", act=WORK)
async def draft(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """Each change by itself, and the button; nothing is judged but what must not be kept."""
    kept = await _mine(visit, intake, typed)
    if kept is None:
        return _changed(visit, typed)
    saved = await _saved(visit, kept, typed)
    if isinstance(saved, Intake):
        return Redirect(f"{PATH}/{kept.id}?done=saved", status_code=303)
    return saved


@post("/paper/{intake:str}/keep", act=WORK)
async def keep(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """The same while she types: a line of words comes back, with the version to go on from."""
    kept = await _mine(visit, intake, typed)
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


@post("/paper/{intake:str}/check", act=WORK)
async def check(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """All that stands there held against the form, and whose it is looked for; nothing is filed yet."""
    kept = await _mine(visit, intake, typed)
    if kept is None:
        return _changed(visit, typed)
    saved = await _saved(visit, kept, typed)
    if not isinstance(saved, Intake):
        return saved
    looked, said = _looked(visit, saved)
    if not looked.is_whole or looked.who is None:
        return await _work(visit, saved, mistakes(looked.form, looked.wrong, looked.unseen) or _no_one())
    async with visit.house.db.house() as conn:
        match = await people.find(visit.house.for_paper, conn, saved.ward, looked.who)
        if match.resident is not None:
            await _noted(visit, conn, match, saved)
    return _confirm(visit, saved, looked, said, match)


@post("/paper/{intake:str}/file", act=WORK)
async def sign_off(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """A person says that it stands on the paper so; only now it is a case."""
    kept = await _mine(visit, intake, typed)
    if kept is None:
        return _changed(visit, typed)
    looked, said = _looked(visit, kept)
    if not looked.is_whole:
        return await _work(visit, kept, mistakes(looked.form, looked.wrong, looked.unseen) or _no_one())
    kind = typed.one("whose")
    if typed.one("compared") != "yes":
        async with visit.house.db.house() as conn:
            assert looked.who is not None
            match = await people.find(visit.house.for_paper, conn, kept.ward, looked.who)
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
            return _changed(visit, typed)
        return await _work(visit, kept, (Mistake("", word("paper_mistake", why.why)),))
    return Redirect(f"{PATH}?done=filed", status_code=303)


@post("/paper/{intake:str}/read", act=WORK)
async def read_again(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    kept = await _mine(visit, intake, typed)
    if kept is None:
        return _changed(visit, typed)
    async with visit.door() as conn:
        if not await store.read_again(conn, kept):
            return _changed(visit, typed)
    return Redirect(f"{PATH}/{kept.id}", status_code=303)


@post("/paper/{intake:str}/throw-away", act=WORK)
async def throw_away(visit: Visiting, intake: FromPath[str], typed: Sent) -> Response[Any]:
    """With its pictures: a wrong paper, or the same twice. The paper itself lies with the ward."""
    kept = await _mine(visit, intake, typed)
    if kept is None:
        return _changed(visit, typed)
    reason, wrong = reason_in(typed)
    if wrong:
        return await _work(visit, kept, wrong)
    async with visit.door() as conn:
        if not await store.throw_away(conn, kept):
            return _changed(visit, typed)
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


async def intake_of(visit: Visit, said: str) -> Intake:
    """Of the visitor's own ward; raises `NotHere`."""
    try:
        id = UUID(said)
    except ValueError as error:
        raise NotHere from error
    async with visit.door() as conn:
        found = await store.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


async def _mine(visit: Visit, said: str, typed: Typed) -> Intake | None:
    """In the visitor's hands, and as it was when the page was shown; None: it is not any more."""
    kept = await intake_of(visit, said)
    as_shown = typed.one("version") == str(kept.version)
    return kept if kept.claimed_by == visit.official.id and kept.filed_at is None and as_shown else None


async def _saved(visit: Visit, kept: Intake, typed: Typed) -> Intake | Response[Any]:
    """What was typed, kept; or the page with what cannot be kept."""
    form = form_of(visit, kept)
    wanted, received = draft_in(form, typed), received_in(typed, kept)
    names = {id: field.label.ja for id, field in form.fields.items()}
    wrong: list[Mistake] = [
        OfForm(f"{BEFORE}{id}", word("paper_mistake", "number"), names[id]) for id in forbidden(wanted)
    ]
    if received is None or wrong_day(visit, received) is not None:
        wrong.append(wrong_day(visit, received) or Mistake("received_on", word("paper_mistake", "received_on")))
    if wrong or received is None:
        return await _work(visit, kept, tuple(wrong), unsaved=wanted)
    async with visit.door() as conn:
        if not await store.keep_draft(conn, kept, wanted, received, visit.house.for_paper.keys, visit.now):
            return _changed(visit, typed)
        again = await store.one(conn, kept.ward, kept.id)
    assert again is not None
    return again


def _looked(visit: Visit, kept: Intake) -> tuple[Looked, Draft]:
    keys = visit.house.for_paper.keys
    said = store.draft_of(kept, keys) or Draft()
    return filing.look_over(visit.house.for_paper, kept, said, store.result_of(kept, keys)), said


async def _noted(visit: Visit, conn: Any, match: Match, kept: Intake) -> None:
    await look(
        conn, visit, match.resident, what="account", purpose="paper_intake", basis="application", reason=kept.number
    )


def _no_one() -> tuple[Mistake, ...]:
    return (Mistake("", word("paper_mistake", "who")),)


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


def _changed(visit: Visit, typed: Typed) -> Response[str]:
    """Somebody else has it, or another window was quicker; what was typed stands on the page."""
    kept = [
        (name.removeprefix(BEFORE), "、".join(typed.every(name))) for name in typed.values if name.startswith(BEFORE)
    ]
    title, text = word("paper_mistake", "changed_title"), word("paper_mistake", "changed")
    told = [one for one in kept if one[1]]
    return visit.show("refused.html", 409, title=title, text=text, broadcast=None, faults=[], kept=told)


async def _work(
    visit: Visit, kept: Intake, wrong: Sequence[Mistake] = (), *, unsaved: Draft | None = None, told: str = ""
) -> Response[str]:
    house = visit.house.for_paper
    async with visit.door() as conn:
        found = {number: await store.page(conn, kept, number, house.keys) for number in range(1, kept.pages + 1)}
    pages = {number: one.body for number, one in found.items() if one is not None}
    result = store.result_of(kept, house.keys)
    small = await asyncio.to_thread(lambda: {number: shown.small(body) for number, body in pages.items()})
    pieces = await asyncio.to_thread(shown.pieces, pages, result) if result else {}
    form = form_of(visit, kept)
    sections = lines(form, unsaved or store.draft_of(kept, house.keys), result, pieces)
    answer = visit.show(
        "paper.html",
        422 if wrong else 200,
        kept=kept,
        name=name_of(visit, kept.procedure),
        sections=sections,
        pages=small,
        fits=result is None or result.fits,
        doubtful=sum(line.is_doubtful for _, held in sections for line in held),
        mistakes=wrong,
        wrong={one.field: one.text for one in wrong},
        told=told,
    )
    answer.headers.update(NEVER_KEPT)
    return answer


HANDLERS = (page, take_up, state, draft, keep, check, sign_off, read_again, throw_away, picture)
