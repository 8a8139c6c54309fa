"""What officials decide about a written broadcast: ask for approval, approve, send back, stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import staff_log
from bff.staff.broadcasts import looked_at, shown
from bff.staff.choices import names_of
from bff.staff.draft_form import version_of
from bff.staff.figures import STOPPABLE, UNSENT, with_figures
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.reasons import mistakes_in
from bff.staff.refusals import done, refusal
from bff.staff.typed import Sent, Typed
from bff.staff.visit import Visit, Visiting, broadcast_of, identified
from bff.staff.words import word
from notifications import broadcasts as mail
from notifications.broadcasts import Alike, Broadcast, Denied, Refused, State, WrongState, trying

AS_ACT = {
    "asked": "broadcasts_ask",
    "approved": "broadcasts_approve",
    "sent_back": "broadcasts_approve",
    "stopped": "broadcasts_stop",
}
BECOMES = {"asked": State.AWAITING_APPROVAL, "sent_back": State.SENT_BACK, "stopped": State.STOPPED}
A_MOMENT = timedelta(minutes=1)
MOST_SEEN = 20
MOST_TRIES = 10
"""An hour, of one official."""
Act = Callable[[AsyncConnection, UUID], Awaitable[Broadcast]]


@post("/broadcasts/{broadcast:str}/ask", act="broadcasts_ask")
async def ask(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    """`knowingly`: like ones that the page has shown."""
    seen = frozenset(identified(said) for said in typed.every("knowingly")[:MOST_SEEN])
    return await _act(
        visit,
        broadcast,
        typed,
        "asked",
        lambda conn, id: mail.ask_approval(conn, visit.house.defer, broadcast=id, knowingly=seen, **visit.act),
    )


@post("/broadcasts/{broadcast:str}/try", act="broadcasts_try")
async def try_out(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    """To those alone who have agreed to get what is tried out, marked as such; it stays in the state it is in. They
    have not agreed to be written to without end."""
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
    if kept.state not in UNSENT:
        return await refusal(visit, WrongState(kept.state), broadcast=kept, typed=typed)
    async with visit.house.db.house() as conn:
        official, since = visit.official, visit.now - timedelta(hours=1)
        if await staff_log.times(conn, official.ward, official.id, "broadcasts_try", since) >= MOST_TRIES:
            return _not_tried(visit, kept, "many_tries", 429)
        told = await trying.try_out(conn, visit.house.defer, kept, new_id=visit.house.new_id, now=visit.now)
        if told:
            await visit.note(conn, "broadcasts_try", about=f"{kept.title.ja}（{told}人）")
    if told:
        return done(kept.id, "tried")
    return _not_tried(visit, kept, "no_testers", 409)


def _not_tried(visit: Visit, kept: Broadcast, why: str, status: int) -> Response[str]:
    title, text = word("refused", f"{why}_title"), word("refused", why, most=MOST_TRIES)
    return visit.show("refused.html", status, title=title, text=text, broadcast=kept, faults=[], kept=())


@get("/broadcasts/{broadcast:str}/approve", act="broadcasts_approve")
async def before_approving(visit: Visiting, broadcast: FromPath[str]) -> Response[str]:
    """The last look: size, text and version, of which exactly this version can then be sent."""
    return await _step(visit, broadcast, "approve.html", _approving)


@post("/broadcasts/{broadcast:str}/approve", act="broadcasts_approve")
async def approve(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    try:
        version = version_of(typed)
    except Mistakes as error:
        return await _step(visit, broadcast, "approve.html", _approving, mistakes=error.mistakes)
    return await _act(
        visit,
        broadcast,
        typed,
        "approved",
        lambda conn, id: mail.approve(conn, visit.house.defer, broadcast=id, version=version, **visit.act),
    )


@get("/broadcasts/{broadcast:str}/send-back", act="broadcasts_approve")
async def before_sending_back(visit: Visiting, broadcast: FromPath[str]) -> Response[str]:
    return await _step(visit, broadcast, "send_back.html", _approving)


@post("/broadcasts/{broadcast:str}/send-back", act="broadcasts_approve")
async def send_back(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    note = typed.one("note").strip()
    if mistakes := mistakes_in(note):
        return await _step(visit, broadcast, "send_back.html", _approving, mistakes=mistakes, note=note)
    return await _act(
        visit,
        broadcast,
        typed,
        "sent_back",
        lambda conn, id: mail.send_back(conn, broadcast=id, note=note, **visit.act),
    )


@get("/broadcasts/{broadcast:str}/stop", act="broadcasts_stop")
async def before_stopping(visit: Visiting, broadcast: FromPath[str]) -> Response[str]:
    return await _step(visit, broadcast, "stop.html", _stopping)


@post("/broadcasts/{broadcast:str}/stop", act="broadcasts_stop")
async def stop(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    note = typed.one("note").strip()
    if mistakes := mistakes_in(note):
        return await _step(visit, broadcast, "stop.html", _stopping, mistakes=mistakes, note=note)
    return await _act(
        visit,
        broadcast,
        typed,
        "stopped",
        lambda conn, id: mail.stop(conn, broadcast=id, note=note, **visit.act),
    )


async def _act(visit: Visit, said: str, typed: Typed, what: str, act: Act) -> Response[Any]:
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, said)
    try:
        async with visit.door() as conn:
            became = await act(conn, kept.id)
            await visit.note(conn, AS_ACT[what], about=word("done", what), reason=typed.one("note").strip())
    except Alike as alike:
        return visit.show("alike.html", 409, broadcast=kept, like=alike.like, seen=typed.every("knowingly"))
    except Refused as error:
        if isinstance(error, WrongState) and await _did(visit, kept.id, what, typed):
            return done(kept.id, what)
        return await refusal(visit, error, broadcast=kept, typed=typed)
    return done(kept.id, _came_to(what, became))


async def _did(visit: Visit, id: UUID, what: str, typed: Typed) -> bool:
    """Whether the visitor has done just this a moment ago: a button pressed twice."""
    async with visit.door() as conn:
        last = (await mail.history(conn, visit.official.ward, id))[-1]
    note = typed.one("note").strip() or None
    is_same = (last.who, last.what, last.note) == (visit.by.id, BECOMES.get(what), note)
    return is_same and visit.now - last.at < A_MOMENT


def _came_to(what: str, became: Broadcast) -> str:
    """Under [done]: an approval may be the first of two, and asking may already be enough."""
    if what == "approved" and became.state is State.AWAITING_APPROVAL:
        return "approved_first"
    if became.state is State.APPROVED and became.plan.begins_at is not None:
        return "planned"
    return "approved" if became.state is State.APPROVED else what


async def _step(
    visit: Visit,
    said: str,
    template: str,
    forbidden: Callable[[Visit, Broadcast], Refused | None],
    *,
    mistakes: tuple[Mistake, ...] = (),
    note: str = "",
) -> Response[str]:
    """The page between wish and deed; whoever could not do the deed is told already here."""
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, said)
        figures = await with_figures(conn, visit, kept, await names_of(conn, visit))
        beside = await looked_at(conn, visit, kept)
    if (error := forbidden(visit, kept)) is not None:
        return await refusal(visit, error, broadcast=kept, typed=Typed({"note": (note,)}))
    status = 422 if mistakes else 200
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    return visit.show(template, status, mistakes=mistakes, wrong=wrong, note=note, **beside, **shown(visit, figures))


def _approving(visit: Visit, broadcast: Broadcast) -> Refused | None:
    if broadcast.author == visit.by.id:
        return Denied("own_broadcast")
    return None if broadcast.state is State.AWAITING_APPROVAL else WrongState(broadcast.state)


def _stopping(_: Visit, broadcast: Broadcast) -> Refused | None:
    return None if broadcast.state in STOPPABLE else WrongState(broadcast.state)


HANDLERS = (ask, try_out, before_approving, approve, before_sending_back, send_back, before_stopping, stop)
