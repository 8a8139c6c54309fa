"""/staff/school/pupils/{pupil}: who hears of one child; somebody taken off, or brought back."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import hearing, store, taken_off
from bff.school.school import Pupil, School
from bff.staff.mistakes import Mistake
from bff.staff.school_desk import PATH, back_to, done_in_words, house_of, school_of
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import word
from life_events import contains_individual_number

LONGEST: Final = 200


@get("/school/pupils/{pupil:str}", act="school_read")
async def pupil_page(visit: Visiting, pupil: FromPath[str], done: FromQuery[str] = "") -> Response[Any]:
    return await _page(visit, identified(pupil), told=done_in_words(done))


@post("/school/pupils/{pupil:str}/off/{guardian:str}", act="school_roster")
async def take_off(visit: Visiting, pupil: FromPath[str], guardian: FromPath[str], typed: Sent) -> Response[Any]:
    """The reason stays with the school; she is told that she was taken off, and whom to ask."""
    house, whom, why = house_of(visit), identified(guardian), typed.one("why").strip()
    if mistakes := _mistakes(why, f"why-{whom}"):
        return await _page(visit, identified(pupil), mistakes=mistakes, typed=(whom, why))
    async with house.db.house() as conn:
        one, school = await _pupil(conn, visit, pupil)
        there = {each.resident: each for each in await store.guardians_of(conn, school, one.id)}
        if whom not in there:
            raise NotHere
        await taken_off.take_off(conn, house, school, one, there[whom], why=why, by=visit.official.name)
        about = word("school", "taken_off", child=one.named.name, name=there[whom].name)
        await visit.note(conn, "school_roster", about=about, reason=why)
    return back_to(f"{PATH}/pupils/{one.id}?done=taken_off")


@post("/school/pupils/{pupil:str}/back/{off:str}", act="school_roster")
async def bring_back(visit: Visiting, pupil: FromPath[str], off: FromPath[str], typed: Sent) -> Response[Any]:
    house = house_of(visit)
    async with house.db.house() as conn:
        one, school = await _pupil(conn, visit, pupil)
        found = await taken_off.bring_back(conn, school, one, identified(off))
        if found is None:
            raise NotHere
        await hearing.again(conn, found.resident)
        about = word("school", "brought_back", child=one.named.name, name=found.said.name)
        await visit.note(conn, "school_roster", about=about)
    return back_to(f"{PATH}/pupils/{one.id}?done=brought_back")


def _mistakes(why: str, field: str) -> tuple[Mistake, ...]:
    if not 0 < len(why) <= LONGEST:
        return (Mistake(field, word("school_mistake", "why_off")),)
    return (Mistake(field, word("school_mistake", "number")),) if contains_individual_number(why) else ()


async def _pupil(conn: AsyncConnection, visit: Visit, said: str | UUID) -> tuple[Pupil, School]:
    """Of the visitor's school; raises `NotHere`."""
    school = await school_of(conn, visit)
    found = await store.pupil(conn, said if isinstance(said, UUID) else identified(said), visit.house.keys)
    if found is None or (found[0].ward, found[0].school) != (school.ward, school.id):
        raise NotHere
    return found[0], school


async def _page(
    visit: Visit,
    id: UUID,
    *,
    told: str = "",
    mistakes: tuple[Mistake, ...] = (),
    typed: tuple[UUID | None, str] = (None, ""),
) -> Response[str]:
    async with visit.door() as conn:
        one, school = await _pupil(conn, visit, id)
        guardians = await store.guardians_of(conn, school, one.id)
        off = await taken_off.of_pupil(conn, school, one.id)
    return visit.show(
        "school_pupil.html",
        422 if mistakes else 200,
        one=one,
        guardians=guardians,
        off=off,
        told=told,
        typed=typed,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
    )


HANDLERS: Final = (pupil_page, take_off, bring_back)
