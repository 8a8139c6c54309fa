"""What is done to a version of a ward's words: written, asked for, agreed to by another, called off, undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration import amendments
from bff.administration.amendments import By, Version
from bff.administration.shelf import day_of
from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.staff.catalogue import BACK, PUBLISH, WRITE, fault_of, spec_of, version_of, version_page
from bff.staff.catalogue_form import MOST_PAPERS, Reading, filled, papers_shown, told_wrong
from bff.staff.catalogue_shown import term_name
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import table, word
from life_events import Procedure, WrongData
from life_events.amending import TEXTS, shipped, terms_of, try_out
from notifications.jobs import JAPAN


@get("/admin/catalogue/{procedure:str}/new", act=WRITE)
async def before_writing(visit: Visiting, procedure: FromPath[str]) -> Response[str]:
    spec = spec_of(visit, procedure)
    typed = filled(shipped(visit.house.shelf.catalogue, visit.official.ward, spec.id))
    return _form(visit, spec, typed.but(key=str(visit.house.new_id())))


@post("/admin/catalogue/{procedure:str}/new", act=WRITE)
async def write(visit: Visiting, procedure: FromPath[str], typed: Sent) -> Response[Any]:
    return await _write(visit, spec_of(visit, procedure), identified(typed.one("key")), typed)


@get("/admin/versions/{version:str}/edit", act=WRITE)
async def before_correcting(visit: Visiting, version: FromPath[str]) -> Response[str]:
    found = await version_of(visit, version)
    if found.state != "draft":
        raise NotHere
    spec = spec_of(visit, found.procedure)
    whole = shipped(visit.house.shelf.with_version(found), visit.official.ward, spec.id)
    starts = found.starts_at.astimezone(JAPAN).strftime("%Y-%m-%dT%H:%M") if found.starts_at else ""
    return _form(visit, spec, filled(whole).but(key=str(found.id), note=found.note, starts_at=starts))


@post("/admin/versions/{version:str}/ask", act=PUBLISH)
async def ask(visit: Visiting, version: FromPath[str], typed: Sent) -> Response[Any]:
    """Nothing of it is changed while it waits, so that what was looked over is what is published."""
    found = await version_of(visit, version)
    if found.state != "draft" or (fault := fault_of(visit, found)):
        return await version_page(visit, found, status=409, wrong=fault if found.state == "draft" else "")
    async with visit.door() as conn:
        if await amendments.turn(conn, found, "draft", "asked"):
            await second_person.ask(
                conn,
                id=visit.house.new_id(),
                by=visit.official,
                act=PUBLISH,
                about=str(found.id),
                about_name=named(visit, found),
                reason=found.note,
                now=visit.now,
                what={"version": str(found.id), "made_by": str(found.made_by)},
            )
            await visit.note(conn, PUBLISH, outcome="asked", about=named(visit, found), reason=found.note)
    return _done(found, "asked")


@post("/admin/versions/{version:str}/take-back", act=WRITE)
async def take_back(visit: Visiting, version: FromPath[str], typed: Sent) -> Response[Any]:
    """A draft again, to be corrected: what was asked for waits no more."""
    found = await version_of(visit, version)
    async with visit.door() as conn:
        if await amendments.turn(conn, found, "asked", "draft"):
            await second_person.take_back(conn, visit.official.ward, act=PUBLISH, about=str(found.id))
            await visit.note(conn, WRITE, about=named(visit, found))
    return _done(found, "taken_back")


@post("/admin/versions/{version:str}/drop", act=WRITE)
async def drop(visit: Visiting, version: FromPath[str], typed: Sent) -> Response[Any]:
    found = await version_of(visit, version)
    async with visit.door() as conn:
        if await amendments.drop(conn, found):
            await visit.note(conn, WRITE, about=f"{named(visit, found)}（{word('catalogue', 'dropped')}）")
    return Redirect(f"/staff/admin/catalogue/{found.procedure}?done=dropped", status_code=303)


@post("/admin/versions/{version:str}/call-off", act=BACK)
async def call_off(visit: Visiting, version: FromPath[str], typed: Sent) -> Response[Any]:
    """What has not begun does not begin."""
    found = await version_of(visit, version)
    if not found.is_ahead(visit.now):
        return await version_page(visit, found, status=409)
    async with visit.door() as conn:
        if await amendments.turn(conn, found, "published", "called_off"):
            await visit.note(conn, BACK, about=named(visit, found), reason=word("catalogue_state", "called_off"))
    visit.house.shelf.forget()
    return _done(found, "called_off")


@post("/admin/catalogue/{procedure:str}/back", act=BACK)
async def go_back(visit: Visiting, procedure: FromPath[str], typed: Sent) -> Response[Any]:
    """By one and at once: what is wrong is stopped, and what comes back had its second person."""
    spec = spec_of(visit, procedure)
    async with visit.door() as conn:
        versions = await amendments.of_procedure(conn, visit.official.ward, spec.id)
        holds = amendments.holding(versions, visit.now)
        if holds is None or holds.said.is_empty or str(holds.id) != typed.one("holds"):
            return Redirect(f"/staff/admin/catalogue/{spec.id}?done=over", status_code=303)
        before, by = amendments.before(versions, holds), By(visit.official.id, visit.official.name)
        note = word("catalogue", "went_back")
        await amendments.go_back(conn, visit.house.new_id(), holds, before, note=note, by=by, now=visit.now)
        await visit.note(conn, BACK, about=named(visit, holds), reason=note)
    visit.house.shelf.forget()
    return Redirect(f"/staff/admin/catalogue/{spec.id}?done=went_back", status_code=303)


async def agreed_to_publish(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; who wrote a version never publishes it, whoever asked."""
    found = await amendments.one(conn, visit.official.ward, UUID(asked.what["version"]))
    if found is None or found.made_by == visit.official.id or fault_of(visit, found):
        raise second_person.Over
    if not await amendments.publish(conn, found, by=By(visit.official.id, visit.official.name), now=visit.now):
        raise second_person.Over
    visit.house.shelf.forget()


async def refused_to_publish(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    found = await amendments.one(conn, visit.official.ward, UUID(asked.what["version"]))
    if found is not None:
        await amendments.turn(conn, found, "asked", "draft")


async def _write(visit: Visit, spec: Procedure, id: UUID, typed: Typed) -> Response[Any]:
    catalogue, ward = visit.house.shelf.shipped, visit.official.ward
    reading = Reading(typed, shipped(catalogue, ward, spec.id), visit.now)
    wanted = reading.wanted(spec.ward_sets, terms_of(catalogue, spec))
    if wanted is None:
        return _form(visit, spec, typed, tuple(reading.mistakes))
    try:
        try_out(catalogue, ward, spec.id, wanted.said, day_of(wanted.starts_at or visit.now))
    except WrongData as wrong:
        return _form(visit, spec, typed, (told_wrong(wrong.fault),))
    by = By(visit.official.id, visit.official.name)
    async with visit.door() as conn:
        kept = await amendments.draft(
            conn, id, ward, spec.id, wanted.said, note=wanted.note, starts_at=wanted.starts_at, by=by, now=visit.now
        )
        if kept:
            await visit.note(conn, WRITE, about=spec.name.ja, reason=wanted.note)
    if not kept:
        return _form(visit, spec, typed, (Mistake("", word("mistake", "catalogue_gone")),))
    return Redirect(f"/staff/admin/versions/{id}?done=saved", status_code=303)


def _form(visit: Visit, spec: Procedure, typed: Typed, mistakes: tuple[Mistake, ...] = ()) -> Response[str]:
    catalogue = visit.house.shelf.shipped
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    terms = terms_of(catalogue, spec)
    return visit.show(
        "catalogue_edit.html",
        422 if mistakes else 200,
        procedure=spec,
        typed=typed,
        mistakes=mistakes,
        wrong=wrong,
        texts=TEXTS,
        papers=papers_shown(typed),
        most_papers=MOST_PAPERS,
        terms=[(id, term_name(id)) for id in terms],
        windows=[(id, term_name(id)) for id in spec.ward_sets if id not in terms],
        languages=table("language"),
    )


def named(visit: Visit, version: Version) -> str:
    return spec_of(visit, version.procedure).name.ja


def _done(found: Version, what: str) -> Response[Any]:
    return Redirect(f"/staff/admin/catalogue/{found.procedure}?done={what}", status_code=303)


HANDLERS = (before_writing, write, before_correcting, ask, take_back, drop, call_off, go_back)
