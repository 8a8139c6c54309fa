"""/staff/admin/catalogue: a ward's own words, papers, fees and days of a procedure, and how each version stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from bff.administration import amendments
from bff.administration.amendments import Version
from bff.administration.shelf import day_of
from bff.identity import second_person
from bff.staff.catalogue_form import told_wrong
from bff.staff.catalogue_shown import differing, preview
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from life_events import Procedure, WrongData
from life_events.amending import shipped, try_out

PUBLISH: Final = "catalogue_publish"
WRITE: Final = "catalogue_write"
BACK: Final = "catalogue_back"
LONGEST_QUESTION: Final = 50


@get("/admin/catalogue", act="catalogue_read")
async def procedures(visit: Visiting, q: FromQuery[str] = "", done: FromQuery[str] = "") -> Response[str]:
    """Those with something under way or the ward's own come first."""
    async with visit.door() as conn:
        kept = await amendments.of_ward(conn, visit.official.ward)
    asked = q.strip()[:LONGEST_QUESTION]
    found = [
        one for one in visit.house.shelf.catalogue.procedures.values() if asked in f"{one.name.ja}{one.kana}{one.id}"
    ]
    rows = [(one, [version for version in kept if version.procedure == one.id]) for one in found]
    rows.sort(key=lambda row: (not row[1], row[0].kana))
    shown = [(one, _standing(versions, visit.now)) for one, versions in rows]
    return visit.show("catalogue.html", rows=shown, q=asked, told=_told(done))


@get("/admin/catalogue/{procedure:str}", act="catalogue_read")
async def procedure(visit: Visiting, procedure: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    """What holds in the ward, what is ahead, and everything that was."""
    spec = spec_of(visit, procedure)
    async with visit.door() as conn:
        versions = await amendments.of_procedure(conn, visit.official.ward, procedure)
    holds = amendments.holding(versions, visit.now)
    before = amendments.before(versions, holds) if holds else None
    catalogue, ward = visit.house.shelf, visit.official.ward
    return visit.show(
        "catalogue_procedure.html",
        procedure=spec,
        versions=versions,
        holds=holds,
        before=before,
        own=differing(shipped(catalogue.shipped, ward, spec.id), shipped(catalogue.catalogue, ward, spec.id)),
        may_write=visit.may(WRITE),
        may_go_back=visit.may(BACK),
        told=_told(done),
    )


@get("/admin/versions/{version:str}", act="catalogue_read")
async def look_over(
    visit: Visiting, version: FromPath[str], who: FromQuery[str] = "", lang: FromQuery[str] = "ja"
) -> Response[str]:
    return await version_page(visit, await version_of(visit, version), who=who, language=lang)


async def version_page(
    visit: Visit, found: Version, *, who: str = "", language: str = "ja", status: int = 200, wrong: str = ""
) -> Response[str]:
    """Beside what holds on the day on which it begins, and on the home of made-up people."""
    ward, shelf = visit.official.ward, visit.house.shelf
    spec = spec_of(visit, found.procedure)
    at = max(visit.now, found.starts_at or visit.now)
    after, today = shelf.with_version(found), day_of(at)
    seen = preview(after, shelf.catalogue, ward, spec.id, today, who)
    async with visit.door() as conn:
        waits = any(one.about == str(found.id) for one in await second_person.waiting(conn, ward, visit.now))
    return visit.show(
        "catalogue_version.html",
        status,
        version=found,
        procedure=spec,
        rows=differing(shipped(shelf.catalogue, ward, spec.id), shipped(after, ward, spec.id)),
        seen=seen,
        today=today,
        wrong=wrong,
        language=language if knows("language", language) else "ja",
        waits=waits,
        may_write=visit.may(WRITE),
        may_ask=visit.may(PUBLISH),
        may_go_back=visit.may(BACK),
    )


def _standing(versions: Sequence[Version], now: datetime) -> dict[str, int | bool]:
    """`holds`: whether the ward's own words hold; how many wait, are drafts and are ahead."""
    held = amendments.holding(versions, now)
    return {
        "holds": held is not None and not held.said.is_empty,
        "ahead": sum(one.is_ahead(now) for one in versions),
        "asked": sum(one.state == "asked" for one in versions),
        "draft": sum(one.state == "draft" for one in versions),
    }


def fault_of(visit: Visit, found: Version) -> str:
    """Whether it fits the catalogue still, as the files are checked when they are loaded."""
    try:
        day = day_of(max(visit.now, found.starts_at or visit.now))
        try_out(visit.house.shelf.shipped, found.ward, found.procedure, found.said, day)
    except WrongData as wrong:
        return told_wrong(wrong.fault).text
    return ""


def spec_of(visit: Visit, procedure: str) -> Procedure:
    found = visit.house.shelf.shipped.procedures.get(procedure)
    if found is None:
        raise NotHere
    return found


async def version_of(visit: Visit, said: str) -> Version:
    id = identified(said)
    async with visit.door() as conn:
        found = await amendments.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


def _told(done: str) -> str:
    return word("catalogue_done", done) if knows("catalogue_done", done) else ""


HANDLERS = (procedures, procedure, look_over)
