"""/staff/disclosures: what is the ward's of one person, upon a legal request; one official asks, another checks it.

What is not known to be the ward's stays out. She sees the look in her own list, with the number of the request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts import closing
from bff.identity import second_person
from bff.identity.residents import resident_of
from bff.identity.second_person import Asked, Over
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.staff.desk_form import LONGEST_CASE
from bff.staff.mistakes import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from bff.takeout import gathering
from bff.takeout.packing import packed
from life_events import contains_individual_number

DISCLOSE: Final = "records_disclose"
PURPOSE: Final = "disclosure"


@get("/disclosures", act=DISCLOSE)
async def disclosures(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, Typed({}), done=done)


@post("/disclosures", act=DISCLOSE)
async def ask(visit: Visiting, typed: Sent) -> Response[Any]:
    who, case, note = (typed.one(name).strip() for name in ("who", "case_number", "note"))
    found = [Mistake(name, text) for name, text in _mistakes(who, case)]
    if mistakes := (*found, *mistakes_in(note)):
        return await _page(visit, typed, mistakes)
    async with visit.house.db.house() as conn:
        resident = await closing.meant(conn, visit.official.ward, who, visit.house.pairwise)
        known = resident and await resident_of(conn, resident, visit.house.keys)
    if known is None or not known:
        return await _page(visit, typed, (Mistake("who", word("disclosure_mistake", "unknown")),))
    async with visit.door() as conn:
        asked = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=DISCLOSE,
            about=str(known.id),
            about_name=case,
            reason=note,
            now=visit.now,
            what={"who": who},
        )
        if asked:
            await visit.note(conn, DISCLOSE, about=case, reason="asked")
    return Redirect(f"/staff/disclosures?done={'asked' if asked else 'already'}", status_code=303)


async def agreed_to_disclose(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """Raises `Over` when her account is gone by now."""
    if await resident_of(conn, UUID(asked.about), visit.house.keys) is None:
        raise Over


async def said_of_disclosure(visit: Visit, asked: Asked) -> Sequence[tuple[str, str]]:
    """Whom it is about, so that the paper in the second person's hand is held against it. A look, with its row."""
    async with visit.house.db.house() as conn:
        known = await resident_of(conn, UUID(asked.about), visit.house.keys)
        if known is not None:
            await looks.note(conn, _look(visit, known.id, "account", asked), now=visit.now, new_id=visit.house.new_id)
    name = known.basics.name if known else word("disclosure_mistake", "unknown")
    return [(word("second_said", "typed"), asked.what["who"]), (word("second_said", "about"), name)]


@post("/disclosures/{ask:str}/data.zip", act=DISCLOSE)
async def take(visit: Visiting, ask: FromPath[str], typed: Sent) -> Response[Any]:
    """Theirs alone who asked, and only once another has agreed; each time it is taken stands in her list."""
    asked = await _agreed(visit, ask)
    async with visit.house.db.house() as conn:
        who = await resident_of(conn, UUID(asked.about), visit.house.keys)
        if who is None:
            raise NotHere
        await looks.note(conn, _look(visit, who.id, "everything", asked), now=visit.now, new_id=visit.house.new_id)
        await visit.note(conn, DISCLOSE, about=asked.about_name, reason="taken")
        gathered = await gathering.gather(conn, who, visit.house.keys, ward=visit.official.ward)
    made = await asyncio.to_thread(packed, gathered, name=who.basics.name, language="ja", now=visit.now)
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="kurashimado-disclosure-{visit.now:%Y-%m-%d}.zip"',
    }
    return Response(made, media_type="application/zip", headers=headers, status_code=200)


def _look(visit: Visit, resident: UUID, what: str, asked: Asked) -> Look:
    by = Looker("official", visit.official.id, visit.official.ward)
    return Look(resident, by, what, PURPOSE, PURPOSE, asked.about_name)


async def _agreed(visit: Visit, said: str) -> Asked:
    id = identified(said)
    async with visit.door() as conn:
        mine = await second_person.asked_by(conn, visit.official, DISCLOSE, visit.now)
    found = next((one for one, state in mine if one.id == id and state == "agreed"), None)
    if found is None:
        raise NotHere
    return found


def _mistakes(who: str, case: str) -> list[tuple[str, str]]:
    found = []
    if not who or len(who) > LONGEST_CASE or not who.isascii():
        found.append(("who", word("disclosure_mistake", "who")))
    if not case or len(case) > LONGEST_CASE or "\x00" in case:
        found.append(("case_number", word("desk_mistake", "case_number_empty")))
    elif contains_individual_number(case):
        found.append(("case_number", word("desk_mistake", "number")))
    return found


async def _page(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = (), done: str = "") -> Response[str]:
    async with visit.door() as conn:
        mine = await second_person.asked_by(conn, visit.official, DISCLOSE, visit.now)
    told = word("disclosure_done", done) if knows("disclosure_done", done) else ""
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    status = 422 if mistakes else 200
    return visit.show("disclosures.html", status, mine=mine, typed=typed, mistakes=mistakes, wrong=wrong, told=told)


HANDLERS = (disclosures, ask, take)
