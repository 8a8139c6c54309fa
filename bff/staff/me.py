"""/staff/me: an official's own sessions and passkeys."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.identity import staff_people
from bff.identity.passkeys import Owner, keeping
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word


@get("/me", act="own_account")
async def me(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, done=done)


@post("/me/sessions/{session:str}/end", act="own_account")
async def end_session(visit: Visiting, session: FromPath[str], typed: Sent) -> Response[Any]:
    """One that is not this one: for that there is the button to log out."""
    wanted = identified(session)
    async with visit.house.db.house() as conn:
        if wanted != visit.at_work.session and await staff_people.end_session(conn, visit.official.id, wanted):
            await visit.note(conn, "people_end_session", about=visit.official.name)
    return Redirect("/staff/me?done=session_ended", status_code=303)


@post("/me/passkeys/{passkey:str}/remove", act="own_account")
async def remove_passkey(visit: Visiting, passkey: FromPath[str], typed: Sent) -> Response[Any]:
    """Never the last one: who has none could not come in again."""
    owner, wanted = Owner("staff", visit.official.id), identified(passkey)
    async with visit.house.db.house() as conn:
        held = await keeping.listed(conn, owner)
        gone = next((one for one in held if one.id == wanted), None)
        if gone is None:
            raise NotHere
        if len(held) > 1:
            await keeping.revoke(conn, owner, wanted)
            await visit.note(conn, "passkey_remove", about=gone.name)
    if len(held) == 1:
        return await _page(visit, 409, mistake=word("passkey", "last"))
    return Redirect("/staff/me?done=passkey_removed", status_code=303)


async def _page(visit: Visit, status: int = 200, *, done: str = "", mistake: str = "") -> Response[str]:
    house = visit.house
    async with house.db.house() as conn:
        sessions = await staff_people.sessions_of(
            conn, visit.official.id, now=visit.now, lifetimes=house.staff_lifetimes
        )
        passkeys = await keeping.listed(conn, Owner("staff", visit.official.id))
    told = word("people_done", done) if knows("people_done", done) else ""
    return visit.show("me.html", status, sessions=sessions, passkeys=passkeys, told=told, mistake=mistake)


HANDLERS = (me, end_session, remove_passkey)
