"""What an operator does to a service: switch it off with a reason, on again, plan that it is closed, call that off.

No second person is asked before a service is stopped: who sees harm stops it at once. Whether a planned outage waits
for one stands in the table of acts. Every act is kept with who did it, and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange import switches
from bff.exchange.switches import By
from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.staff.mistakes import Mistake
from bff.staff.outage_form import DEFAULTS, Planned, planned
from bff.staff.reasons import mistakes_in
from bff.staff.services import Service, service_of
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import word
from life_events.terms import Text

SWITCH: Final = "services_switch"
PLAN: Final = "services_plan"


@get("/services/{service:str}/off", act="services_switch")
async def before_switching_off(visit: Visiting, service: FromPath[str]) -> Response[str]:
    return await _page(visit, service, "service_off.html", note="")


@post("/services/{service:str}/off", act="services_switch")
async def switch_off(visit: Visiting, service: FromPath[str], typed: Sent) -> Response[Any]:
    note = typed.one("note").strip()
    if mistakes := mistakes_in(note):
        return await _page(visit, service, "service_off.html", mistakes, note=note)
    found = await service_of(visit, service)
    if found.off is None:
        async with visit.door() as conn:
            await switches.switch_off(conn, service, found.ward, by=_by(visit), reason=note, now=visit.now)
            await visit.note(conn, SWITCH, about=f"{_name(found)}（{word('service_act', 'off')}）", reason=note)
    return _done(service, "off")


@post("/services/{service:str}/on", act="services_switch")
async def switch_on(visit: Visiting, service: FromPath[str], typed: Sent) -> Response[Any]:
    found = await service_of(visit, service)
    if found.is_for_all:
        return _denied(visit)
    if found.off is not None:
        async with visit.door() as conn:
            await switches.switch_on(conn, service, found.ward, by=_by(visit), reason="", now=visit.now)
            await visit.note(conn, SWITCH, about=f"{_name(found)}（{word('service_act', 'on')}）")
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
    if visit.house.acts.needs_two(PLAN):
        return await _ask_another(visit, found, wanted)
    async with visit.door() as conn:
        await _planned(visit, conn, service, wanted, _by(visit))
        await visit.note(conn, PLAN, about=f"{_name(found)}（{word('service_act', 'outage')}）")
    return _done(service, "planned")


async def agreed_to_plan(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; it is the plan of who asked for it."""
    told = asked.what
    begins, ends = (datetime.fromisoformat(told[name]) for name in ("begins", "ends"))
    wanted = Planned(begins, ends, Text(**told["text"]))
    await _planned(visit, conn, told["service"], wanted, By(asked.asked_by, asked.asked_by_name))


async def _planned(visit: Visit, conn: AsyncConnection, service: str, wanted: Planned, by: By) -> None:
    await switches.plan_outage(
        conn,
        service,
        visit.official.ward,
        begins=wanted.begins,
        ends=wanted.ends,
        text=wanted.text,
        by=by,
        now=visit.now,
    )


async def _ask_another(visit: Visit, found: Service, wanted: Planned) -> Response[Any]:
    text = {"ja": wanted.text.ja, "easy": wanted.text.easy, "en": wanted.text.en}
    times = {"begins": wanted.begins.isoformat(), "ends": wanted.ends.isoformat()}
    async with visit.door() as conn:
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=PLAN,
            about=f"{found.manifest.id} {times['begins']}",
            about_name=_name(found),
            reason=wanted.text.ja,
            now=visit.now,
            what={"service": found.manifest.id, "text": text, **times},
            until=wanted.ends,
        )
        if is_new:
            await visit.note(conn, PLAN, outcome="asked", about=_name(found))
    return _done(found.manifest.id, "plan_asked")


@post("/services/{service:str}/outage/{outage:int}/call-off", act="services_plan")
async def call_off(visit: Visiting, service: FromPath[str], outage: FromPath[int], typed: Sent) -> Response[Any]:
    found = await service_of(visit, service)
    kept = next((one for one in found.outages if one.id == outage and found.is_ours(one)), None)
    if kept is None:
        raise NotHere
    async with visit.door() as conn:
        await switches.call_off(conn, kept, by=_by(visit), now=visit.now)
        await visit.note(conn, PLAN, about=f"{_name(found)}（{word('service_act', 'called_off')}）")
    return _done(service, "called_off")


async def _page(
    visit: Visit, id: str, template: str, mistakes: tuple[Mistake, ...] = (), **values: object
) -> Response[str]:
    """The page between wish and deed."""
    found: Service = await service_of(visit, id)
    wrong: Mapping[str, str] = {mistake.field: mistake.text for mistake in mistakes}
    status = 422 if mistakes else 200
    return visit.show(template, status, service=found, mistakes=mistakes, wrong=wrong, **values)


def _name(found: Service) -> str:
    return found.manifest.name.ja


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.name)


def _done(service: str, what: str) -> Response[Any]:
    """`what`: a key under [service_done]."""
    return Redirect(f"/staff/services/{service}?done={what}", status_code=303)


def _denied(visit: Visit) -> Response[str]:
    title, text = word("refused", "denied_title"), word("refused", "operator")
    return visit.show("refused.html", 403, title=title, text=text, broadcast=None, faults=[], kept=())


HANDLERS = (before_switching_off, switch_off, switch_on, before_planning, plan, call_off)
