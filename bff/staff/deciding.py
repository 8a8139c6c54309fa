"""What officials decide about a written broadcast: ask for approval, approve, send back, stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.broadcasts import shown
from bff.staff.draft_form import Mistake, Mistakes, version_of
from bff.staff.figures import STOPPABLE, with_figures
from bff.staff.reasons import mistakes_in
from bff.staff.refusals import done, refusal
from bff.staff.typed import Sent, Typed
from bff.staff.visit import Visit, Visiting, broadcast_of
from bff.staff.words import word
from notifications import broadcast as mail
from notifications.broadcast import Broadcast, Denied, Refused, State, WrongState

AS_ACT = {
    "asked": "broadcasts_ask",
    "approved": "broadcasts_approve",
    "sent_back": "broadcasts_approve",
    "stopped": "broadcasts_stop",
}
Act = Callable[[AsyncConnection, UUID], Awaitable[object]]


@post("/broadcasts/{broadcast:str}/ask", act="broadcasts_ask")
async def ask(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    return await _act(
        visit,
        broadcast,
        typed,
        "asked",
        lambda conn, id: mail.ask_approval(conn, broadcast=id, **visit.act),
    )


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
            await act(conn, kept.id)
            await visit.note(conn, AS_ACT[what], about=word("done", what), reason=typed.one("note").strip())
    except Refused as error:
        return await refusal(visit, error, broadcast=kept, typed=typed)
    return done(kept.id, what)


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
        figures = await with_figures(conn, visit, kept)
    if (error := forbidden(visit, kept)) is not None:
        return await refusal(visit, error, broadcast=kept, typed=Typed({"note": (note,)}))
    status = 422 if mistakes else 200
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    return visit.show(template, status, mistakes=mistakes, wrong=wrong, note=note, **shown(visit, figures))


def _approving(visit: Visit, broadcast: Broadcast) -> Refused | None:
    if broadcast.author == visit.by.id:
        return Denied("own_broadcast")
    return None if broadcast.state is State.AWAITING_APPROVAL else WrongState(broadcast.state)


def _stopping(_: Visit, broadcast: Broadcast) -> Refused | None:
    return None if broadcast.state in STOPPABLE else WrongState(broadcast.state)


HANDLERS = (ask, before_approving, approve, before_sending_back, send_back, before_stopping, stop)
