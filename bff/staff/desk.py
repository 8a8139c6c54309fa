"""/staff/desk: a case worker registers somebody without a card and hands her a one-time code, shown once."""

from __future__ import annotations

import secrets
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.accounts import desk
from bff.accounts.desk import By, Registration
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.staff.desk_form import Wanted, wanted
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, table, word

PURPOSE = "desk_registration"
NEVER_KEPT = {"Cache-Control": "no-store"}


@get("/desk", act="desk_register")
async def registrations(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """The ward's newest; numbers and cases alone, since names stand in the papers of the case."""
    async with visit.door() as conn:
        found = await desk.newest(conn, visit.official.ward)
    told = word("desk_done", done) if knows("desk_done", done) else ""
    return visit.show("desk.html", registrations=found, told=told)


@get("/desk/new", act="desk_register")
async def before_registering(visit: Visiting, number: FromQuery[str] = "") -> Response[str]:
    """`number`: of who was registered before and comes for another code."""
    return _form(visit, Typed({"key": (str(visit.house.new_id()),), "number": (number[:40],)}))


@post("/desk/new", act="desk_register")
async def register(visit: Visiting, typed: Sent) -> Response[Any]:
    wish, mistakes = wanted(typed)
    if wish is None:
        return _form(visit, typed, mistakes)
    made = await _registered(visit, wish)
    if made is None:
        return _form(visit, typed, (Mistake("number", word("desk_mistake", "number_unknown")),))
    return Redirect(f"/staff/desk/{made.id}", status_code=303)


@get("/desk/{registration:str}", act="desk_register")
async def before_giving(visit: Visiting, registration: FromPath[str]) -> Response[str]:
    return _page(visit, await _registration_of(visit, registration))


@post("/desk/{registration:str}/give", act="desk_register")
async def give(visit: Visiting, registration: FromPath[str], typed: Sent) -> Response[str]:
    """The answer itself holds the code; reloaded it tells that it was given already."""
    kept = await _registration_of(visit, registration)
    async with visit.door() as conn:
        code = await desk.give(
            conn, kept, chance=secrets.token_bytes, rules=visit.house.account_rules, now=visit.house.clock()
        )
    return _page(visit, await _registration_of(visit, registration), code=str(code) if code else None)


@post("/desk/{registration:str}/agree", act="desk_register")
async def agree(visit: Visiting, registration: FromPath[str], typed: Sent) -> Response[Any]:
    kept = await _registration_of(visit, registration)
    async with visit.door() as conn:
        agreed = await desk.agree(conn, kept, _by(visit), visit.house.clock())
    if not agreed:
        raise NotHere
    return Redirect(f"/staff/desk/{kept.id}", status_code=303)


@post("/desk/{registration:str}/withdraw", act="desk_register")
async def withdraw(visit: Visiting, registration: FromPath[str], typed: Sent) -> Response[Any]:
    kept = await _registration_of(visit, registration)
    async with visit.door() as conn:
        await desk.withdraw(conn, kept, visit.house.clock())
    return Redirect("/staff/desk?done=withdrawn", status_code=303)


async def _registered(visit: Visit, wish: Wanted) -> Registration | None:
    house, by, now = visit.house, _by(visit), visit.house.clock()
    async with house.db.house() as conn:
        if wish.number:
            made = await desk.again(
                conn, wish.id, number=wish.number, checked=wish.checked, by=by, rules=house.account_rules, now=now
            )
        else:
            made = await desk.register(
                conn,
                wish.id,
                basics=wish.basics,
                checked=wish.checked,
                by=by,
                rules=house.account_rules,
                wards=[(ward.code, ward.name.ja) for ward in house.catalogue.wards.values()],
                keys=house.keys,
                pairwise=house.pairwise.current,
                new_id=house.new_id,
                now=now,
            )
        if made is not None:
            looker = Looker("official", by.id, by.ward)
            look = Look(made.resident, looker, "account", PURPOSE, PURPOSE, wish.checked.case)
            await looks.note(conn, look, now=now, new_id=house.new_id)
    return made


async def _registration_of(visit: Visit, said: str) -> Registration:
    """Of the visitor's ward; raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await desk.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


def _form(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = ()) -> Response[str]:
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    values = {"typed": typed, "mistakes": mistakes, "wrong": wrong, "ways": table("desk_checked")}
    return visit.show("desk_new.html", 422 if mistakes else 200, **values)


def _page(visit: Visit, kept: Registration, code: str | None = None) -> Response[str]:
    page = visit.show("desk_code.html", kept=kept, state=kept.state(visit.house.clock()), code=code)
    page.headers.update(NEVER_KEPT)
    return page


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.name, visit.official.ward)


HANDLERS = (registrations, before_registering, register, before_giving, give, agree, withdraw)
