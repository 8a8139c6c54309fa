"""A notice that is out: taken back at once by one, corrected by two."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.staff_log import Outcome
from bff.staff.broadcasts import looked_at, shown
from bff.staff.choices import names_of
from bff.staff.draft_form import text_of, texts_typed
from bff.staff.figures import with_figures
from bff.staff.mistakes import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.refusals import done, refusal, worth_keeping
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, broadcast_of, identified
from bff.staff.words import word
from notifications.broadcasts import Broadcast, Changed, DraftRefused, Refused, correcting, series
from notifications.broadcasts.correcting import Correction


@get("/broadcasts/{broadcast:str}/correct", act="broadcasts_correct")
async def before_correcting(visit: Visiting, broadcast: FromPath[str]) -> Response[str]:
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
    return await _page(visit, kept, "correct.html", _opened(kept))


@post("/broadcasts/{broadcast:str}/correct", act="broadcasts_correct")
async def correct(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    """Another agrees before anybody reads it."""
    note = typed.one("note").strip()
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
    if mistakes := mistakes_in(note):
        return await _page(visit, kept, "correct.html", typed, mistakes)
    if not typed.one("revision").isdecimal():
        wrong = (Mistake("", word("mistake", "version")),)
        return await _page(visit, kept, "correct.html", typed.but(revision=str(kept.revision)), wrong)
    try:
        async with visit.door() as conn:
            await correcting.propose(
                conn,
                id=visit.house.new_id(),
                broadcast=kept.id,
                revision=int(typed.one("revision")[:9]),
                title=text_of(typed, "title"),
                body=text_of(typed, "body"),
                why=note,
                **visit.act,
            )
            await visit.note(conn, "broadcasts_correct", outcome="asked", about=kept.title.ja, reason=note)
    except DraftRefused as error:
        found = tuple(Mistake(f"{fault.field}_ja", fault.text.ja) for fault in error.faults)
        return await _page(visit, kept, "correct.html", typed, found)
    except Changed as error:
        return await _overtaken(visit, kept, typed, error)
    except Refused as error:
        return await refusal(visit, error, broadcast=kept, typed=typed)
    return done(kept.id, "correction_asked")


@post("/broadcasts/{broadcast:str}/correction", act="broadcasts_approve")
async def decide(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    """`do`: agree or refuse, of the correction that was shown."""
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
        asked = await correcting.of_id(conn, kept.id, identified(typed.one("correction")))
    if asked is None:
        raise NotHere
    agreed = typed.one("do") == "agree"
    try:
        async with visit.house.db.house() as conn:
            by, now, defer = visit.by, visit.now, visit.house.defer
            became = await correcting.decide(conn, defer, correction=asked.id, by=by, agreed=agreed, now=now)
            outcome: Outcome = "done" if agreed else "refused"
            await visit.note(conn, "broadcasts_correct", outcome=outcome, about=kept.title.ja, reason=asked.why)
    except Refused as error:
        return await refusal(visit, error, broadcast=kept, typed=typed)
    if not agreed:
        return done(kept.id, "correction_refused")
    return done(kept.id, "corrected" if became.revision > asked.revision else "correction_agreed_first")


@get("/broadcasts/{broadcast:str}/recall", act="broadcasts_stop")
async def before_recalling(visit: Visiting, broadcast: FromPath[str]) -> Response[str]:
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
    return await _page(visit, kept, "recall.html", Typed())


@post("/broadcasts/{broadcast:str}/recall", act="broadcasts_stop")
async def recall(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    note = typed.one("note").strip()
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
        comes_round = await series.next_at(conn, kept)
    if mistakes := mistakes_in(note):
        return await _page(visit, kept, "recall.html", typed, mistakes)
    ends = typed.one("series") != "go_on"
    what = ("recalled_and_ended" if ends else "recalled_goes_on") if comes_round else "recalled"
    try:
        async with visit.house.db.house() as conn:
            defer = visit.house.defer
            await correcting.recall(conn, defer, broadcast=kept.id, note=note, ends_series=ends, **visit.act)
            await visit.note(conn, "broadcasts_stop", about=word("done", what), reason=note)
    except Refused as error:
        return await refusal(visit, error, broadcast=kept, typed=typed)
    return done(kept.id, what)


def _opened(kept: Broadcast) -> Typed:
    return Typed().but(revision=str(kept.revision), **texts_typed(kept.title, kept.body))


async def _overtaken(visit: Visit, kept: Broadcast, typed: Typed, error: Changed) -> Response[str]:
    """What was typed, with what it says now beside it; where another correction waits, why that comes first."""
    async with visit.door() as conn:
        now = await broadcast_of(conn, visit, str(kept.id))
        since = await correcting.since(conn, kept.id, int(typed.one("revision")[:9]))
        waits = await correcting.waiting(conn, kept.id)
    if waits or not since:
        return await refusal(visit, error, broadcast=now, typed=typed)
    return await _page(visit, now, "correct.html", typed.but(revision=str(now.revision)), overtaken=since)


async def _page(
    visit: Visit,
    kept: Broadcast,
    template: str,
    typed: Typed,
    mistakes: tuple[Mistake, ...] = (),
    overtaken: tuple[Correction, ...] = (),
) -> Response[str]:
    async with visit.door() as conn:
        beside = await _beside(conn, visit, kept)
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    status = 409 if overtaken else 422 if mistakes else 200
    values = {"overtaken": overtaken, "typed": typed, "mistakes": mistakes, "wrong": wrong, "note": typed.one("note")}
    return visit.show(template, status, kept=worth_keeping(typed) if mistakes else (), **values, **beside)


async def _beside(conn: AsyncConnection, visit: Visit, kept: Broadcast) -> dict[str, object]:
    figures = await with_figures(conn, visit, kept, await names_of(conn, visit))
    return {**await looked_at(conn, visit, kept), **shown(visit, figures)}


HANDLERS = (before_correcting, correct, decide, before_recalling, recall)
