"""What an operator does to a service: switch it off with a reason, on again, plan that it is closed, call that off.

No second person is asked: who sees harm stops it at once. Every act is kept with who did it, and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from bff.exchange import switches
from bff.exchange.switches import By
from bff.staff.draft_form import Mistake
from bff.staff.outage_form import DEFAULTS, planned
from bff.staff.services import Service, service_of
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import word
from life_events import contains_individual_number
from notifications.texts import text_of

LONGEST_REASON = switches.LONGEST_REASON


@get("/services/{service:str}/off", act="services_switch")
async def before_switching_off(visit: Visiting, service: FromPath[str]) -> Response[str]:
    return await _page(visit, service, "service_off.html", note="")


@post("/services/{service:str}/off", act="services_switch")
async def switch_off(visit: Visiting, service: FromPath[str], typed: Sent) -> Response[Any]:
    note = typed.one("note").strip()
    if mistakes := _mistakes(note):
        return await _page(visit, service, "service_off.html", mistakes, note=note)
    found = await service_of(visit, service)
    if found.off is None:
        async with visit.door() as conn:
            await switches.switch_off(conn, service, found.ward, by=_by(visit), reason=note, now=visit.now)
    return _done(service, "off")


@post("/services/{service:str}/on", act="services_switch")
async def switch_on(visit: Visiting, service: FromPath[str], typed: Sent) -> Response[Any]:
    found = await service_of(visit, service)
    if found.is_for_all:
        return _denied(visit)
    if found.off is not None:
        async with visit.door() as conn:
            await switches.switch_on(conn, service, found.ward, by=_by(visit), reason="", now=visit.now)
    return _done(service, "on")


@get("/services/{service:str}/outage", act="services_plan")
async def before_planning(visit: Visiting, service: FromPath[str]) -> Response[str]:
    return await _page(visit, service, "service_outage.html", typed=Typed(DEFAULTS))


@post("/services/{service:str}/outage", act="services_plan")
async def plan(visit: Visiting, service: FromPath[str], typed: Sent) -> Response[Any]:
    wanted, mistakes = planned(typed, visit.now)
    if wanted is None:
        return await _page(visit, service, "service_outage.html", mistakes, typed=typed)
    found = await service_of(visit, service)
    async with visit.door() as conn:
        await switches.plan_outage(
            conn,
            service,
            found.ward,
            begins=wanted.begins,
            ends=wanted.ends,
            text=wanted.text,
            by=_by(visit),
            now=visit.now,
        )
    return _done(service, "planned")


@post("/services/{service:str}/outage/{outage:int}/call-off", act="services_plan")
async def call_off(visit: Visiting, service: FromPath[str], outage: FromPath[int], typed: Sent) -> Response[Any]:
    found = await service_of(visit, service)
    kept = next((one for one in found.outages if one.id == outage and found.is_ours(one)), None)
    if kept is None:
        raise NotHere
    async with visit.door() as conn:
        await switches.call_off(conn, kept, by=_by(visit), now=visit.now)
    return _done(service, "called_off")


async def _page(
    visit: Visit, id: str, template: str, mistakes: tuple[Mistake, ...] = (), **values: object
) -> Response[str]:
    """The page between wish and deed."""
    found: Service = await service_of(visit, id)
    wrong: Mapping[str, str] = {mistake.field: mistake.text for mistake in mistakes}
    status = 422 if mistakes else 200
    return visit.show(template, status, service=found, mistakes=mistakes, wrong=wrong, **values)


def _mistakes(note: str) -> tuple[Mistake, ...]:
    if not note:
        return (Mistake("note", word("mistake", "note_empty")),)
    if len(note) > LONGEST_REASON or "\x00" in note:
        return (Mistake("note", word("mistake", "note")),)
    if contains_individual_number(note):
        return (Mistake("note", text_of("refused", "note_number").ja),)
    return ()


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.name)


def _done(service: str, what: str) -> Response[Any]:
    """`what`: a key under [service_done]."""
    return Redirect(f"/staff/services/{service}?done={what}", status_code=303)


def _denied(visit: Visit) -> Response[str]:
    title, text = word("refused", "denied_title"), word("refused", "operator")
    return visit.show("refused.html", 403, title=title, text=text, broadcast=None, faults=[], kept=())


HANDLERS = (before_switching_off, switch_off, switch_on, before_planning, plan, call_off)
