"""/staff/second: what another official has asked for and a second person agrees to or refuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.cases.case import DECIDE
from bff.family.official import NotConfirmed
from bff.identity import second_person
from bff.identity.second_person import Asked, NotYours, Over
from bff.identity.staff_log import Outcome
from bff.staff import (
    banners,
    case_page,
    catalogue,
    catalogue_deeds,
    disclosures,
    facilities,
    family,
    onboarding,
    payments,
    people,
    reach,
    switching,
)
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

Does = Callable[[Visit, AsyncConnection, Asked], Awaitable[None]]
Says = Callable[[Visit, Asked], Awaitable[Sequence[tuple[str, str]]]]
DOES: Final[Mapping[str, Does]] = {
    people.RESET: people.agreed_to_reset,
    switching.PLAN: switching.agreed_to_plan,
    payments.REFUND: payments.agreed_to_refund,
    family.GUARDIAN: family.agreed_to_guardian,
    DECIDE: case_page.agreed_to_decide,
    facilities.PUBLISH: facilities.agreed_to_publish,
    reach.LETTERS: reach.agreed_to_letters,
    disclosures.DISCLOSE: disclosures.agreed_to_disclose,
    catalogue.PUBLISH: catalogue_deeds.agreed_to_publish,
    onboarding.STAGE: onboarding.agreed_to_turn,
    banners.PUT: banners.agreed_to_put,
    banners.PUT_EVERYWHERE: banners.agreed_to_put,
}
"""What the second person's yes does, in the house's own transaction with the row that says who agreed."""
READY: Final[Mapping[str, Callable[[Visit, Asked], Awaitable[None]]]] = {onboarding.STAGE: onboarding.ready_to_turn}
"""What is looked at before that transaction, on connections of its own; raises `Over`."""
REFUSES: Final[Mapping[str, Does]] = {
    DECIDE: case_page.refused_to_decide,
    catalogue.PUBLISH: catalogue_deeds.refused_to_publish,
}
"""What the second person's no does besides."""
SAYS: Final[Mapping[str, Says]] = {
    family.GUARDIAN: family.said_of_guardian,
    banners.PUT: banners.said_of_banner,
    banners.PUT_EVERYWHERE: banners.said_of_banner,
    disclosures.DISCLOSE: disclosures.said_of_disclosure,
}
"""What is told of it besides, (name, value), to who asked and to whose role may agree: names are not kept with it."""


@get("/second", act="second_person")
async def waiting(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, told=word("second_done", done) if knows("second_done", done) else "")


async def _page(visit: Visit, *, told: str = "", wrong: str = "") -> Response[str]:
    async with visit.door() as conn:
        found = await second_person.waiting(conn, visit.official.ward, visit.now)
    rows = [(one, _may(visit, one), one.asked_by == visit.official.id, await _said(visit, one)) for one in found]
    return visit.show("second.html", 409 if wrong else 200, rows=rows, told=told, wrong=wrong)


async def waiting_for(visit: Visit, conn: AsyncConnection) -> int:
    """How many the visitor may decide."""
    if not visit.may("second_person"):
        return 0
    return sum(_may(visit, one) for one in await second_person.waiting(conn, visit.official.ward, visit.now))


async def _said(visit: Visit, asked: Asked) -> Sequence[tuple[str, str]]:
    is_theirs = asked.asked_by == visit.official.id or _may(visit, asked)
    return await SAYS[asked.act](visit, asked) if is_theirs and asked.act in SAYS else ()


@post("/second/{ask:str}/agree", act="second_person")
async def agree(visit: Visiting, ask: FromPath[str], typed: Sent) -> Response[Any]:
    return await _decide(visit, ask, agreed=True)


@post("/second/{ask:str}/refuse", act="second_person")
async def refuse(visit: Visiting, ask: FromPath[str], typed: Sent) -> Response[Any]:
    return await _decide(visit, ask, agreed=False)


async def _decide(visit: Visit, said: str, *, agreed: bool) -> Response[Any]:
    asked = await _asked(visit, said)
    if not _may(visit, asked):
        async with visit.door() as conn:
            await visit.note(conn, asked.act, outcome="refused", about=asked.about_name)
        return _denied(visit, asked)
    try:
        await _decided(visit, asked, agreed=agreed)
    except NotYours:  # pragma: no cover - `_may` has judged it; the database refuses it too
        return _denied(visit, asked)
    except NotConfirmed as over:
        return await _page(visit, wrong=word("family_refused", over.code))
    except Over:
        return await _page(visit, wrong=word("second_done", "over"))
    return Redirect(f"/staff/second?done={'agreed' if agreed else 'refused'}", status_code=303)


async def _decided(visit: Visit, asked: Asked, *, agreed: bool) -> None:
    """All or nothing; raises `NotYours`, `Over`, and `NotConfirmed` where what was asked for does not hold any more."""
    if agreed and asked.act in READY:
        await READY[asked.act](visit, asked)
    async with visit.house.db.house() as conn:
        if not await second_person.decide(conn, asked, by=visit.official, agreed=agreed, now=visit.now):
            raise Over
        if agreed:
            await DOES[asked.act](visit, conn, asked)
        elif asked.act in REFUSES:
            await REFUSES[asked.act](visit, conn, asked)
        outcome: Outcome = "done" if agreed else "refused"
        about = f"{asked.about_name}（{asked.asked_by_name}）"
        await visit.note(conn, asked.act, outcome=outcome, about=about, reason=asked.reason)


async def _asked(visit: Visit, said: str) -> Asked:
    """Raises `NotHere`, also for another ward's and for what was decided already."""
    id = identified(said)
    async with visit.door() as conn:
        found = await second_person.one(conn, visit.official.ward, id, visit.now)
    if found is None or found.act not in DOES:
        raise NotHere
    return found


def _may(visit: Visit, asked: Asked) -> bool:
    """By role and by person: neither who asked, nor whom it is about."""
    is_another = visit.official.id not in (asked.asked_by,) and str(visit.official.id) != asked.about
    return is_another and visit.house.acts.may_be_second(visit.official, asked.act)


def _denied(visit: Visit, asked: Asked) -> Response[str]:
    own = visit.official.id == asked.asked_by or str(visit.official.id) == asked.about
    roles = "、".join(word("role", role) for role in visit.house.acts.table[asked.act].others)
    text = word("refused", "own_ask") if own else word("refused", "role", act=word("act", asked.act), roles=roles)
    title = word("refused", "denied_title")
    return visit.show("refused.html", 403, title=title, text=text, broadcast=None, faults=[], kept=())


HANDLERS = (waiting, agree, refuse)
