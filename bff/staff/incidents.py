"""/staff/incidents: what went wrong, written by whoever runs the services, read by everybody at /status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff import incidents
from bff.functions import FUNCTIONS
from bff.staff.mistakes import Mistake
from bff.staff.outage_form import moment_in, text_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word
from life_events.terms import Text

ACT: Final = "incidents_write"
DEGREES: Final = ("partly", "down")


@dataclass(frozen=True)
class Wanted:
    """An incident that may be kept."""

    began: datetime
    degree: str
    functions: tuple[str, ...]
    text: Text


@get("/incidents", act="services_read")
async def shown(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """`done`: what the visitor has just done, told once."""
    return await _page(visit, Typed(), told=word("incident_done", done) if knows("incident_done", done) else "")


@post("/incidents", act=ACT)
async def begin(visit: Visiting, typed: Sent) -> Response[Any]:
    wanted, mistakes = wanted_in(typed, visit.now)
    if wanted is None:
        return await _page(visit, typed, mistakes)
    async with visit.house.db.house() as conn:  # of no ward, so no ward's door sees it
        await incidents.begin(
            conn,
            began=wanted.began,
            degree=wanted.degree,
            functions=wanted.functions,
            text=wanted.text,
            official=visit.official.id,
            official_name=visit.official.name,
        )
    async with visit.door() as conn:
        await visit.note(conn, ACT, about=wanted.text.ja)
    return Redirect("/staff/incidents?done=begun", status_code=303)


@post("/incidents/{incident:int}/end", act=ACT)
async def end(visit: Visiting, incident: FromPath[int], typed: Sent) -> Response[Any]:
    """A second time changes nothing."""
    async with visit.house.db.house() as conn:
        found = await incidents.one(conn, incident)
        is_new = found is not None and await incidents.end(conn, incident, visit.now)
    if found is None:
        raise NotHere
    if is_new:
        async with visit.door() as conn:
            await visit.note(conn, ACT, about=f"{found.text.ja}（{word('incident', 'over')}）")
    return Redirect("/staff/incidents?done=ended", status_code=303)


def wanted_in(typed: Typed, now: datetime) -> tuple[Wanted | None, tuple[Mistake, ...]]:
    """The incident, or what is wrong with it; the time is Tokyo's."""
    found: list[Mistake] = []
    began = moment_in(typed, "began", found)
    if began is not None and began > now:
        found.append(Mistake("began", word("mistake", "incident_future")))
    functions = tuple(one for one in FUNCTIONS if one in typed.every("functions"))
    if not functions:
        found.append(Mistake("functions", word("mistake", "incident_functions")))
    degree = typed.one("degree")
    if degree not in DEGREES:
        found.append(Mistake("degree", word("mistake", "incident_degree")))
    text = {language: text_in(typed, f"text_{language}", found) for language in ("ja", "easy", "en")}
    if found or began is None:
        return None, tuple(found)
    return Wanted(began, degree, functions, Text(**text)), ()


async def _page(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = (), told: str = "") -> Response[str]:
    async with visit.house.db.house() as conn:
        known = await incidents.of_late(conn, visit.now)
    wrong: Mapping[str, str] = {mistake.field: mistake.text for mistake in mistakes}
    given = {"functions": FUNCTIONS, "degrees": DEGREES, "may_write": visit.may(ACT), "told": told}
    status = 422 if mistakes else 200
    return visit.show("incidents.html", status, incidents=known, typed=typed, mistakes=mistakes, wrong=wrong, **given)


HANDLERS = (shown, begin, end)
