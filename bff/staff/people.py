"""/staff/people: the officials of the ward, their sessions and passkeys; roles are given by the realm, never here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import second_person, staff, staff_people
from bff.identity.passkeys import Owner, Passkey, keeping
from bff.identity.second_person import Asked
from bff.identity.staff_people import Colleague
from bff.staff.reasons import mistakes_in
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

PATH: Final = "/staff/people"
RESET: Final = "people_reset_passkey"
MAY_ENROL_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Person:
    """A colleague with the passkeys that open the second door for them."""

    colleague: Colleague
    passkeys: Sequence[Passkey]

    @property
    def is_at_work(self) -> bool:
        return bool(self.colleague.sessions)


@get("/people", act="people_read")
async def people(visit: Visiting) -> Response[str]:
    async with visit.door() as conn:
        found = await staff_people.of_ward(
            conn, visit.official.ward, now=visit.now, lifetimes=visit.house.staff_lifetimes
        )
    return visit.show("people.html", people=[await _with_passkeys(visit, one) for one in found])


@get("/people/{official:str}", act="people_read")
async def person(visit: Visiting, official: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, await _person(visit, official), done=done)


@post("/people/{official:str}/sessions/{session:str}/end", act="people_end_session")
async def end_session(visit: Visiting, official: FromPath[str], session: FromPath[str], typed: Sent) -> Response[Any]:
    found = await _person(visit, official)
    who = found.colleague.official
    async with visit.door() as conn:
        if await staff_people.end_session(conn, who.id, identified(session)):
            await visit.note(conn, "people_end_session", about=who.name)
    return Redirect(f"{PATH}/{who.id}?done=session_ended", status_code=303)


@get("/people/{official:str}/reset", act=RESET)
async def before_resetting(visit: Visiting, official: FromPath[str]) -> Response[str]:
    return await _reset_page(visit, await _person(visit, official))


@post("/people/{official:str}/reset", act=RESET)
async def ask_to_reset(visit: Visiting, official: FromPath[str], typed: Sent) -> Response[Any]:
    """Done at once where the table of acts asks for no second person."""
    found, note = await _person(visit, official), typed.one("note").strip()
    who = found.colleague.official
    if mistakes := mistakes_in(note):
        return await _reset_page(visit, found, 422, mistakes=mistakes, note=note)
    if not visit.house.acts.needs_two(RESET):
        async with visit.house.db.house() as conn:
            await reset(visit, conn, who.id)
            await visit.note(conn, RESET, about=who.name, reason=note)
        return Redirect(f"{PATH}/{who.id}?done=reset", status_code=303)
    async with visit.door() as conn:
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=RESET,
            about=str(who.id),
            about_name=who.name,
            reason=note,
            now=visit.now,
        )
        if is_new:
            await visit.note(conn, RESET, outcome="asked", about=who.name, reason=note)
    return Redirect(f"{PATH}/{who.id}?done={'reset_asked' if is_new else 'reset_waits'}", status_code=303)


async def agreed_to_reset(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; `conn` is the house's."""
    await reset(visit, conn, UUID(asked.about))


async def reset(visit: Visit, conn: AsyncConnection, official: UUID) -> None:
    """House door: no passkey of theirs opens anything, nobody stays in, and for a day a new one may be enrolled."""
    owner = Owner("staff", official)
    for passkey in await keeping.listed(conn, owner):
        await keeping.revoke(conn, owner, passkey.id)
    await staff_people.end_sessions(conn, official)
    await staff.may_enrol(conn, official, visit.now + MAY_ENROL_FOR)


async def _page(visit: Visit, found: Person, *, done: str = "") -> Response[str]:
    told = word("people_done", done) if knows("people_done", done) else ""
    async with visit.door() as conn:
        waits = [one for one in await second_person.waiting(conn, visit.official.ward, visit.now) if one.act == RESET]
    is_waiting = any(one.about == str(found.colleague.official.id) for one in waits)
    return visit.show("person.html", person=found, told=told, is_waiting=is_waiting)


async def _reset_page(visit: Visit, found: Person, status: int = 200, **values: Any) -> Response[str]:
    mistakes = values.get("mistakes", ())
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    two = visit.house.acts.needs_two(RESET)
    return visit.show(
        "person_reset.html", status, person=found, two=two, wrong=wrong, **{"mistakes": (), "note": ""} | values
    )


async def _person(visit: Visit, said: str) -> Person:
    """Raises `NotHere`, also for another ward's."""
    async with visit.door() as conn:
        found = await staff_people.one(
            conn, visit.official.ward, identified(said), now=visit.now, lifetimes=visit.house.staff_lifetimes
        )
    if found is None:
        raise NotHere
    return await _with_passkeys(visit, found)


async def _with_passkeys(visit: Visit, colleague: Colleague) -> Person:
    async with visit.house.db.house() as conn:  # of one official whom the ward's own door has shown
        return Person(colleague, await keeping.listed(conn, Owner("staff", colleague.official.id)))


HANDLERS = (people, person, end_session, before_resetting, ask_to_reset)
