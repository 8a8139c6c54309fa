"""/staff/broadcasts/{id}: one broadcast to read, and its counts alone for htmx."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from bff.staff.figures import REWRITABLE, STOPPABLE, Figures, in_words, with_figures
from bff.staff.pages import STOP_POLLING
from bff.staff.visit import Visit, Visiting, broadcast_of
from bff.staff.words import knows, word
from notifications import broadcast as mail
from notifications.broadcast import State


@get("/broadcasts/{broadcast:str}", act="broadcasts_read")
async def read(visit: Visiting, broadcast: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    """`done`: what the visitor has just done, told once."""
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        figures = await with_figures(conn, visit, found)
        history = await mail.history(conn, visit.official.ward, found.id)
    told = word("done", done) if knows("done", done) else ""
    return visit.show("broadcast.html", history=history, told=told, **shown(visit, figures))


@get("/broadcasts/{broadcast:str}/counts", act="broadcasts_read")
async def counts(visit: Visiting, broadcast: FromPath[str], seen: FromQuery[str] = "") -> Response[str]:
    """Only the part that moves; what is said aloud, the actions and the history come along when `seen` is old."""
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        figures = await with_figures(conn, visit, found)
        is_news = figures.seen != seen
        history = await mail.history(conn, visit.official.ward, found.id) if is_news else ()
    status = 200 if figures.every else STOP_POLLING
    return visit.show("counts_part.html", status, is_news=is_news, history=history, **shown(visit, figures))


def shown(visit: Visit, figures: Figures) -> dict[str, object]:
    """What every page about one broadcast shows, and which actions it offers."""
    broadcast = figures.broadcast
    is_own = broadcast.author == visit.by.id
    is_of_us = broadcast.audience.school == visit.official.school
    waits = broadcast.state is State.AWAITING_APPROVAL
    return {
        "broadcast": broadcast,
        "figures": figures,
        "audience": in_words(visit, broadcast.audience),
        "may_edit": visit.may("broadcasts_write") and is_of_us and broadcast.state in REWRITABLE,
        "may_ask": visit.may("broadcasts_ask") and is_of_us and broadcast.state is State.DRAFT,
        "may_approve": visit.may("broadcasts_approve") and waits and not is_own,
        "waits_for_another": waits and not (visit.may("broadcasts_approve") and not is_own),
        "may_stop": visit.may("broadcasts_stop") and broadcast.state in STOPPABLE,
    }


HANDLERS = (read, counts)
