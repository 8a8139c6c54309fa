"""/staff/admin/onboarding: a ward on its way to being open: prepared, tried out by a few, opened by two."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts import desk
from bff.administration import stages
from bff.administration.stages import Stage
from bff.applications.promise import promise_what_waits
from bff.applications.whose import whose
from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.staff.mistakes import Mistake
from bff.staff.onboarding_items import BY_WORD, checklist
from bff.staff.reasons import mistakes_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

PREPARE: Final = "wards_prepare"
STAGE: Final = "wards_stage"
PATH: Final = "/staff/admin/onboarding"
BY_TWO: Final[frozenset[tuple[Stage, Stage]]] = frozenset({("trial", "live"), ("live", "preparing"), ("live", "trial")})
BY_ONE: Final[frozenset[tuple[Stage, Stage]]] = frozenset({("preparing", "trial"), ("trial", "preparing")})


@get("/admin/onboarding", act="admin_read")
async def onboarding(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, told=word("onboarding_done", done) if knows("onboarding_done", done) else "")


@post("/admin/onboarding/ticks/{item:str}", act=PREPARE)
async def tick(visit: Visiting, item: FromPath[str], typed: Sent) -> Response[Any]:
    """Somebody's word that it is done, or not any more; with what they rest it upon."""
    if item not in BY_WORD:
        raise NotHere
    note, ticked = typed.one("note").strip(), typed.one("do") != "untick"
    if mistakes := mistakes_in(note):
        return await _page(visit, tuple(Mistake(f"note-{item}", one.text, word("field", "note")) for one in mistakes))
    async with visit.door() as conn:
        by = visit.official.name
        await stages.tick(conn, visit.official.ward, item, ticked=ticked, note=note, by_name=by, now=visit.now)
        about = f"{word('onboarding_item', item)}（{word('onboarding', 'ticked' if ticked else 'unticked')}）"
        await visit.note(conn, PREPARE, about=about, reason=note)
    return _done("ticked")


@post("/admin/onboarding/testers", act=PREPARE)
async def let_try(visit: Visiting, typed: Sent) -> Response[Any]:
    """By the number of her registration at this ward's desk, or the receipt number of an application of hers."""
    number, ward = typed.one("number").strip(), visit.official.ward
    async with visit.house.db.house() as conn:
        registered = {one.number: one.resident for one in await desk.newest(conn, ward)}
        found = registered.get(number) or (await whose(conn, ward, [number])).get(number)
        if found is not None:
            await stages.let_try(conn, ward, found, number=number, by_name=visit.official.name, now=visit.now)
            await visit.note(conn, PREPARE, about=word("onboarding", "tester"), reason=number)
    if found is None:
        return await _page(visit, (Mistake("number", word("mistake", "onboarding_tester")),), typed)
    visit.house.shelf.forget()
    return _done("tester")


@post("/admin/onboarding/testers/{resident:str}/end", act=PREPARE)
async def let_try_no_more(visit: Visiting, resident: FromPath[str], typed: Sent) -> Response[Any]:
    async with visit.door() as conn:
        if not await stages.let_try_no_more(conn, visit.official.ward, identified(resident)):
            raise NotHere
        await visit.note(conn, PREPARE, about=word("onboarding", "tester_gone"))
    visit.house.shelf.forget()
    return _done("tester_gone")


@post("/admin/onboarding/stage/{to:str}", act=PREPARE)
async def turn(visit: Visiting, to: FromPath[str], typed: Sent) -> Response[Any]:
    """Between preparing and trying out by one; what opens or closes a ward to its residents by two."""
    found = await checklist(visit)
    way: Any = (found.standing.stage, to)
    if way in BY_ONE:
        return await _turned(visit, way[0], way[1])
    if way not in BY_TWO:
        raise NotHere
    if to == "live" and not found.is_whole:
        return await _page(visit, (Mistake("", word("mistake", "onboarding_open")),))
    note = typed.one("note").strip()
    if mistakes := mistakes_in(note):
        return await _page(visit, tuple(Mistake("note-stage", one.text, word("field", "note")) for one in mistakes))
    if not visit.may(STAGE):
        raise NotHere
    return await _ask(visit, way[0], way[1], note)


async def ready_to_turn(visit: Visit, asked: Asked) -> None:
    """A ward is not opened with an item undone since it was asked for; raises `Over`."""
    if asked.what["to"] == "live" and not (await checklist(visit)).is_whole:
        raise second_person.Over


async def agreed_to_turn(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; a yes to what was asked of another stage does nothing. What was sent before
    the ward was shut goes on its way when it is opened, however long that took."""
    ward, to = visit.official.ward, asked.what["to"]
    by, agreed = asked.asked_by_name, visit.official.name
    before = asked.what["from"]
    if not await stages.turn(conn, ward, to, before=before, by_name=by, agreed_by_name=agreed, now=visit.now):
        raise second_person.Over
    if to == "live":
        await promise_what_waits(conn, ward)
    visit.house.shelf.forget()


async def _turned(visit: Visit, before: Stage, to: Stage) -> Response[Any]:
    ward, by = visit.official.ward, visit.official.name
    async with visit.house.db.house() as conn:
        is_turned = await stages.turn(conn, ward, to, before=before, by_name=by, agreed_by_name=None, now=visit.now)
        if is_turned:
            await visit.note(conn, PREPARE, about=word("onboarding_stage", to))
    if not is_turned:
        return await _page(visit, (Mistake("", word("mistake", "onboarding_turned")),), status=409)
    visit.house.shelf.forget()
    return _done("turned")


async def _ask(visit: Visit, before: Stage, to: Stage, note: str) -> Response[Any]:
    async with visit.door() as conn:
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=STAGE,
            about=to,
            about_name=f"{visit.ward_name}（{word('onboarding_stage', to)}）",
            reason=note,
            now=visit.now,
            what={"from": before, "to": to},
        )
        if is_new:
            await visit.note(conn, STAGE, outcome="asked", about=word("onboarding_stage", to), reason=note)
    return _done("asked")


async def _page(
    visit: Visit, mistakes: tuple[Mistake, ...] = (), typed: Typed | None = None, told: str = "", status: int = 422
) -> Response[str]:
    return visit.show(
        "onboarding.html",
        status if mistakes else 200,
        found=await checklist(visit),
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        typed=typed or Typed(),
        told=told,
        may=visit.may(PREPARE),
        may_turn=visit.may(STAGE),
    )


def _done(what: str) -> Response[Any]:
    return Redirect(f"{PATH}?done={what}", status_code=303)


HANDLERS = (onboarding, tick, let_try, let_try_no_more, turn)
