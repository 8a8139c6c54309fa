"""Audiences under a name: kept with a draft, used again, renamed and forgotten."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff import audience_form
from bff.staff.audience_words import audience_in_words
from bff.staff.choices import names_of
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.sized import size_of
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from life_events import contains_individual_number
from notifications.audience import Audience
from notifications.broadcasts import saved
from notifications.broadcasts.saved import LONGEST_NAME, NameTaken

ACT: Final = "broadcasts_write"


async def keeps(conn: AsyncConnection, visit: Visit, name: str, audience: Audience) -> None:
    """Nothing without a name. Ward door; raises `Mistakes`."""
    if not name:
        return
    if mistake := _wrong(name, "audience_name"):
        raise Mistakes(mistake)
    try:
        await saved.save(conn, id=visit.house.new_id(), by=visit.by, name=name, audience=audience, now=visit.now)
    except NameTaken as taken:
        raise Mistakes(Mistake("audience_name", word("mistake", "name_taken"))) from taken


async def uses(visit: Visit, said: str) -> Typed:
    """The rows of a saved audience; raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = next((one for one in await saved.all_of(conn, visit.by) if one.id == id), None)
    if found is None:
        raise NotHere
    return audience_form.typed_from(found.audience.rule, visit.official.school) or audience_form.blank()


@get("/audiences", act=ACT)
async def listed(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _list(visit, told=word("audience_done", done) if knows("audience_done", done) else "")


@post("/audiences/{audience:str}/rename", act=ACT)
async def rename(visit: Visiting, audience: FromPath[str], typed: Sent) -> Response[Any]:
    name, id = typed.one("name").strip(), identified(audience)
    if mistake := _wrong(name, f"name-{id}"):
        return await _list(visit, mistake=mistake, typed=name)
    try:
        async with visit.door() as conn:
            renamed = await saved.rename(conn, id=id, by=visit.by, name=name, now=visit.now)
    except NameTaken:
        return await _list(visit, mistake=Mistake(f"name-{id}", word("mistake", "name_taken")), typed=name)
    if not renamed:
        raise NotHere
    return Redirect("/staff/audiences?done=renamed", status_code=303)


@post("/audiences/{audience:str}/forget", act=ACT)
async def forget(visit: Visiting, audience: FromPath[str], typed: Sent) -> Response[Any]:
    async with visit.door() as conn:
        if not await saved.forget(conn, id=identified(audience), by=visit.by):
            raise NotHere
    return Redirect("/staff/audiences?done=forgotten", status_code=303)


async def _list(visit: Visit, *, told: str = "", mistake: Mistake | None = None, typed: str = "") -> Response[str]:
    async with visit.door() as conn:
        names = await names_of(conn, visit)
        rows = [
            (one, audience_in_words(one.audience, visit.ward_name, names), await size_of(conn, visit, one.audience))
            for one in await saved.all_of(conn, visit.by)
        ]
    mistakes = (mistake,) if mistake else ()
    wrong = {one.field: one.text for one in mistakes}
    values = {"rows": rows, "told": told, "mistakes": mistakes, "wrong": wrong, "typed": typed}
    return visit.show("audiences.html", 422 if mistake else 200, **values)


def _wrong(name: str, field: str) -> Mistake | None:
    if not 0 < len(name) <= LONGEST_NAME or "\x00" in name:
        return Mistake(field, word("mistake", "name", limit=LONGEST_NAME))
    if contains_individual_number(name):
        return Mistake(field, word("mistake", "number_in_name"))
    return None


HANDLERS = (listed, rename, forget)
