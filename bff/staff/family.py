"""/staff/family: parents in another home and legal guardians who ask to be confirmed, and protected people.

Nothing is looked up: the official has the papers before him and types the ward's own number of the person.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.family import confirming, protecting
from bff.family.confirming import Found
from bff.family.kinds import kinds
from bff.family.official import By, NotConfirmed, leaves_a_row, look, no_number
from bff.family.people import digest_of
from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.ledger import looks
from bff.staff.typed import Sent, Typed
from bff.staff.visit import Visit, Visiting, identified
from bff.staff.words import day, knows, word

GUARDIAN: Final = "guardians_confirm"


@dataclass(frozen=True)
class Kept:
    """What was typed into one of the forms of the page, by the form's name; the others stand empty."""

    form: str
    typed: Typed

    def of(self, form: str, field: str) -> str:
        return self.typed.one(field) if form == self.form else ""


NOTHING: Final = Kept("", Typed())


@get("/family", act="mandates_confirm")
async def requests(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """Who asks, as what and about whom in their own words; nothing of that person is shown."""
    told = word("family_done", done) if knows("family_done", done) else ""
    return await _page(visit, NOTHING, told=told)


@post("/family/{mandate:str}/confirm", act="mandates_confirm")
async def confirm(visit: Visiting, mandate: FromPath[str], typed: Sent) -> Response[Any]:
    """A parent at once; a legal guardian once another official has agreed (`/staff/second`)."""
    kept = Kept(f"confirm-{mandate}", typed)
    if typed.one("papers") != "seen":
        return await _page(visit, kept, wrong="papers")
    return await _act(visit, kept, _confirmed(visit, identified(mandate), typed))


@post("/family/{mandate:str}/end", act="mandates_confirm")
async def end(visit: Visiting, mandate: FromPath[str], typed: Sent) -> Response[Any]:
    return await _act(
        visit, Kept(f"end-{mandate}", typed), _ended(visit, identified(mandate), typed.one("case_number"))
    )


@post("/family/protect", act="mandates_confirm")
async def protect(visit: Visiting, typed: Sent) -> Response[Any]:
    """支援措置: whoever is protected is found by a parent in another home no more."""
    return await _act(visit, Kept("protect", typed), _protected(visit, typed))


async def _confirmed(visit: Visit, mandate: UUID, typed: Typed) -> str:
    house, by, until = visit.house.for_family, _by(visit), _day(typed, "until")
    async with leaves_a_row(house, by, typed.one("case_number")) as case, house.db.house() as conn:
        if until is None and typed.one("until").strip():
            raise NotConfirmed("last_day")
        person = digest_of(house.person_secret, by.ward, no_number(typed.one("person")))
        found = await confirming.find(conn, house, by, mandate, person, until)
        await looks.note(conn, look(by, found.holder.id, case), now=visit.now, new_id=house.new_id)
        if found.asked.rules.officials > 1:
            return await _asks_another(visit, conn, found, case, {"person": person.hex(), "until": typed.one("until")})
        await confirming.register(conn, house, by, found, case)
        await visit.note(conn, "mandates_confirm", about=str(mandate), reason=case)
        return "confirmed"


async def _asks_another(visit: Visit, conn: AsyncConnection, found: Found, case: str, what: dict[str, str]) -> str:
    """What waits names nobody: whom it is about is found again by whoever reads it."""
    is_new = await second_person.ask(
        conn,
        id=visit.house.new_id(),
        by=visit.official,
        act=GUARDIAN,
        about=str(found.asked.id),
        about_name=found.asked.rules.name.ja,
        reason=case,
        now=visit.now,
        what=what,
    )
    if is_new:
        await visit.note(conn, GUARDIAN, outcome="asked", about=str(found.asked.id), reason=case)
    return "second_asked" if is_new else "second_waits"


async def agreed_to_guardian(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second official's yes does; raises `NotConfirmed` when it does not hold any more."""
    house = visit.house.for_family
    async with leaves_a_row(house, _by(visit), asked.reason) as case:
        found = await _found_again(visit, conn, asked)
        await looks.note(conn, look(_by(visit), found.holder.id, case), now=visit.now, new_id=house.new_id)
        first = By(asked.asked_by, visit.official.ward)
        await confirming.register(conn, house, first, found, case)


async def said_of_guardian(visit: Visit, asked: Asked) -> Sequence[tuple[str, str]]:
    """What the second official reads before saying yes: who, for whom, until when. A look at her, with its row."""
    house = visit.house.for_family
    async with house.db.house() as conn:
        try:
            found = await _found_again(visit, conn, asked)
        except NotConfirmed as refused:
            return ((word("second_said", "now"), word("family_refused", refused.code)),)
        await looks.note(conn, look(_by(visit), found.holder.id, asked.reason), now=visit.now, new_id=house.new_id)
    said = {"acts": found.asker.basics.name, "about": found.member.name, "until": day(found.ends_on)}
    return [(word("second_said", one), value) for one, value in said.items()]


async def _found_again(visit: Visit, conn: AsyncConnection, asked: Asked) -> Found:
    until = asked.what["until"].strip()
    person, last = bytes.fromhex(asked.what["person"]), date.fromisoformat(until) if until else None
    return await confirming.find(conn, visit.house.for_family, _by(visit), UUID(asked.about), person, last)


async def _ended(visit: Visit, mandate: UUID, number: str) -> str:
    await confirming.decline(visit.house.for_family, _by(visit), mandate, number)
    return "declined"


async def _protected(visit: Visit, typed: Typed) -> str:
    person, number = typed.one("person"), typed.one("case_number")
    await protecting.protect(visit.house.for_family, _by(visit), person, number, _day(typed, "until"))
    return "protected"


async def _act(visit: Visit, kept: Kept, act: Awaitable[str]) -> Response[Any]:
    try:
        done = await act
    except NotConfirmed as refused:
        shown = NOTHING if refused.code == "number" else kept  # a 個人番号 is not shown back
        return await _page(visit, shown, wrong=refused.code)
    return Redirect(f"/staff/family?done={done}", status_code=303)


async def _page(visit: Visit, kept: Kept, *, told: str = "", wrong: str = "") -> Response[str]:
    """`wrong`: a key under [family_refused]."""
    rows = await confirming.of_ward(visit.house.for_family, _by(visit))
    async with visit.door() as conn:
        asked = await second_person.waiting(conn, visit.official.ward, visit.now)
    waits = {one.about for one in asked if one.act == GUARDIAN}
    names = {id: kind.name.ja for id, kind in kinds().items()}
    status, fault = (422, word("family_refused", wrong)) if wrong else (200, "")
    told_of = {"rows": rows, "names": names, "waits": waits}
    return visit.show("family.html", status, told=told, wrong=fault, kept=kept.of, **told_of)


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.ward)


def _day(typed: Typed, field: str) -> date | None:
    try:
        return date.fromisoformat(typed.one(field).strip())
    except ValueError:
        return None


HANDLERS = (requests, confirm, end, protect)
