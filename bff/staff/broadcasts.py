"""/staff/broadcasts/{id}: one broadcast to read, and its counts alone for htmx."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.choices import names_of
from bff.staff.figures import REWRITABLE, STOPPABLE, UNSENT, Figures, with_figures
from bff.staff.pages import STOP_POLLING
from bff.staff.visit import Visit, Visiting, broadcast_of
from bff.staff.words import day, knows, moment, word
from notifications import broadcasts as mail
from notifications.broadcasts import Broadcast, Plan, State, correcting, series
from notifications.broadcasts.agreeing import Weighed, weigh
from notifications.broadcasts.settled import Risk
from notifications.broadcasts.told import told_on
from notifications.jobs import day_in_japan


@get("/broadcasts/{broadcast:str}", act="broadcasts_read")
async def read(visit: Visiting, broadcast: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    """`done`: what the visitor has just done, told once."""
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        figures = await with_figures(conn, visit, found, await names_of(conn, visit))
        history = await mail.history(conn, visit.official.ward, found.id)
        beside = await looked_at(conn, visit, found)
    told = word("done", done) if knows("done", done) else ""
    return visit.show("broadcast.html", history=history, told=told, **beside, **shown(visit, figures))


@get("/broadcasts/{broadcast:str}/counts", act="broadcasts_read")
async def counts(visit: Visiting, broadcast: FromPath[str], seen: FromQuery[str] = "") -> Response[str]:
    """Only the part that moves; what is said aloud, the actions and the history come along when `seen` is old."""
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        figures = await with_figures(conn, visit, found, await names_of(conn, visit))
        is_news = figures.seen != seen
        history = await mail.history(conn, visit.official.ward, found.id) if is_news else ()
    status = 200 if figures.every else STOP_POLLING
    return visit.show("counts_part.html", status, is_news=is_news, history=history, **shown(visit, figures))


async def looked_at(conn: AsyncConnection, visit: Visit, found: Broadcast) -> dict[str, object]:
    """What an official weighs: who has agreed, how many must, what is to be corrected. Ward door."""
    weighed = await weigh(conn, found, visit.now, visit.house.bitmaps) if found.state in UNSENT else None
    return {
        "read": told_on(found, day_in_japan(found.sent_at or found.plan.begins_at or visit.now)),
        "approvers": await mail.approvers(conn, found.id, found.version),
        "needed": max(found.approvals_needed, weighed.needed) if weighed else found.approvals_needed,
        "risk": _risk_in_words(weighed) if weighed else "",
        "correction": await correcting.waiting(conn, found.id),
        "agreement": await correcting.agreement(conn, found),
        "rounds": [(one, series.says_the_same(one, found)) for one in await series.following(conn, found)],
        "next_at": await series.next_at(conn, found),
        "plan": plan_in_words(found.plan),
    }


def _risk_in_words(weighed: Weighed) -> str:
    key = "class_none" if weighed.risk is Risk.CLASS and not weighed.needed else str(weighed.risk)
    return word("risk", key, needed=weighed.needed)


def plan_in_words(plan: Plan) -> tuple[str, ...]:
    begins = word("plan", "at", at=moment(plan.begins_at)) if plan.begins_at else word("plan", "at_once")
    rounds = plan.every and plan.until and word("plan", str(plan.every), until=day(plan.until))
    minutes = plan.pause_minutes
    stages = word("plan", "stages", percent=plan.first_percent, pause=word("pause", str(minutes))) if minutes else ""
    return tuple(one for one in (begins, rounds, stages) if one)


def shown(visit: Visit, figures: Figures) -> dict[str, object]:
    """What every page about one broadcast shows, and which actions it offers."""
    broadcast = figures.broadcast
    is_own = broadcast.author == visit.by.id
    is_of_us = broadcast.school == visit.official.school
    waits = broadcast.state is State.AWAITING_APPROVAL
    may_approve = visit.may("broadcasts_approve") and waits and not is_own
    is_out = broadcast.sent_at is not None and broadcast.recalled_at is None
    return {
        "broadcast": broadcast,
        "figures": figures,
        "audience": figures.audience,
        "may_edit": visit.may("broadcasts_write") and is_of_us and broadcast.state in REWRITABLE,
        "may_ask": visit.may("broadcasts_ask") and is_of_us and broadcast.state is State.DRAFT,
        "may_approve": may_approve and not figures.has_agreed,
        "may_send_back": may_approve,
        "has_agreed": waits and figures.has_agreed,
        "waits_for_another": waits and not may_approve,
        "may_stop": visit.may("broadcasts_stop") and broadcast.state in STOPPABLE,
        "may_correct": visit.may("broadcasts_correct") and is_of_us and is_out,
        "may_agree": visit.may("broadcasts_approve") and is_out,
        "may_recall": visit.may("broadcasts_stop") and is_out,
    }


HANDLERS = (read, counts)
