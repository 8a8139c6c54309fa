"""/staff/family: parents in another home and legal guardians who ask to be confirmed, and protected people.

Nothing is looked up: the official has the papers before him and types the ward's own number of the person.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.family import confirming
from bff.family.confirming import By, NotConfirmed
from bff.family.kinds import kinds
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word


@get("/family", act="mandates_confirm")
async def requests(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """Who asks, as what and about whom in their own words; nothing of that person is shown."""
    return await _page(visit, told=word("family_done", done) if knows("family_done", done) else "")


@post("/family/{mandate:str}/confirm", act="mandates_confirm")
async def confirm(visit: Visiting, mandate: FromPath[str], typed: Sent) -> Response[Any]:
    if typed.one("papers") != "seen":
        return await _page(visit, wrong=word("family_refused", "papers"))
    number, person, until = typed.one("case_number"), typed.one("person"), _day(typed, "until")
    house, by = visit.house.for_family, _by(visit)
    return await _act(visit, "confirmed", confirming.confirm(house, by, _id(mandate), person, number, until))


@post("/family/{mandate:str}/end", act="mandates_confirm")
async def end(visit: Visiting, mandate: FromPath[str], typed: Sent) -> Response[Any]:
    number = typed.one("case_number")
    return await _act(visit, "declined", confirming.decline(visit.house.for_family, _by(visit), _id(mandate), number))


@post("/family/protect", act="mandates_confirm")
async def protect(visit: Visiting, typed: Sent) -> Response[Any]:
    """支援措置: whoever is protected is found by a parent in another home no more."""
    until = _day(typed, "until")
    if until is None:
        return await _page(visit, wrong=word("family_refused", "until"))
    person, number = typed.one("person"), typed.one("case_number")
    return await _act(visit, "protected", confirming.protect(visit.house.for_family, _by(visit), person, number, until))


async def _act(visit: Visit, done: str, act: Awaitable[object]) -> Response[Any]:
    try:
        await act
    except NotConfirmed as refused:
        return await _page(visit, wrong=word("family_refused", refused.code))
    return Redirect(f"/staff/family?done={done}", status_code=303)


async def _page(visit: Visit, *, told: str = "", wrong: str = "") -> Response[str]:
    rows = await confirming.of_ward(visit.house.for_family, _by(visit))
    names = {id: kind.name.ja for id, kind in kinds().items()}
    return visit.show("family.html", 422 if wrong else 200, rows=rows, names=names, told=told, wrong=wrong)


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.ward)


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise NotHere from error


def _day(typed: Typed, field: str) -> date | None:
    try:
        return date.fromisoformat(typed.one(field).strip())
    except ValueError:
        return None


HANDLERS = (requests, confirm, end, protect)
