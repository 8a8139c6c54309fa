"""/staff/services: how every service stands for this ward's residents, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from bff.connectors.manifest import Manifest
from bff.exchange import figures, switches
from bff.exchange.breaker import State
from bff.exchange.figures import Figures
from bff.exchange.switches import EVERYWHERE, Off, Outage
from bff.facts import silences
from bff.facts.silences import Reached
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, rate, word

ACTS_SHOWN = 20


@dataclass(frozen=True)
class Service:
    """One service as this ward's residents meet it; `off` and `outages` are the ward's own or those of all wards."""

    manifest: Manifest
    ward: str
    now: datetime
    off: Off | None
    outages: tuple[Outage, ...]
    breaker: State
    figures: Figures
    reached: Reached

    @cached_property
    def state(self) -> str:
        """off, outage, resting (left alone after failures), silent (failing since its last answer), planned or open."""
        if self.off is not None:
            return "off"
        if self.outage is not None:
            return "outage"
        if self.breaker is not State.CLOSED:
            return "resting"
        if self.figures.silent_since is not None:
            return "silent"
        return "planned" if self.outages else "open"

    @property
    def outage(self) -> Outage | None:
        return next((one for one in self.outages if one.is_on(self.now)), None)

    @property
    def is_for_all(self) -> bool:
        """Switched off by whoever runs the house, for every ward: no ward switches it on again."""
        return self.off is not None and self.off.ward == EVERYWHERE

    @property
    def failures(self) -> str:
        return rate(self.figures.failed, self.figures.asked)

    def is_ours(self, outage: Outage) -> bool:
        return outage.ward == self.ward


@get("/services", act="services_read")
async def services(visit: Visiting) -> Response[str]:
    """What does not stand open comes first; the rest in the order of the table of connectors."""
    found = await _services(visit, list(visit.house.services))
    return visit.show("services.html", services=sorted(found, key=lambda one: one.state == "open"))


@get("/services/{service:str}", act="services_read")
async def service(visit: Visiting, service: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    """`done`: what the visitor has just done, told once."""
    found = await service_of(visit, service)
    async with visit.door() as conn:
        history = await switches.history(conn, service, ACTS_SHOWN)
    told = word("service_done", done) if knows("service_done", done) else ""
    return visit.show(
        "service.html",
        service=found,
        history=history,
        told=told,
        may_switch=visit.may("services_switch"),
        may_plan=visit.may("services_plan"),
    )


async def service_of(visit: Visit, id: str) -> Service:
    """Raises `NotHere`."""
    if id not in visit.house.services:
        raise NotHere
    return (await _services(visit, [id]))[0]


async def services_here(visit: Visit) -> list[Service]:
    """Those that the ward itself runs."""
    return await _services(visit, [id for id, one in visit.house.services.items() if one.operator == "ward"])


async def _services(visit: Visit, ids: list[str]) -> list[Service]:
    ward = visit.official.ward
    manifests = [visit.house.services[id] for id in ids]
    called = {one.id: one.of_wards.get(ward, one.service).replace("{ward}", ward) for one in manifests}
    async with visit.door() as conn:
        off = {(one.source, one.ward): one for one in await switches.switched_off(conn)}
        outages = await switches.outages(conn, visit.now)
    async with visit.house.db.house() as conn:  # counts over many, which no ward's door sees
        told = await figures.of_last_hour(conn, sorted(set(called.values())), visit.now)
        reached = await silences.reached(conn, ward)
    lanes = visit.house.waiting.lanes
    return [
        Service(
            manifest=manifest,
            ward=ward,
            now=visit.now,
            off=off.get((manifest.id, EVERYWHERE)) or off.get((manifest.id, ward)),
            outages=tuple(one for one in outages if one.source == manifest.id),
            breaker=lanes[called[manifest.id]].breaker.state if called[manifest.id] in lanes else State.CLOSED,
            figures=told.get(called[manifest.id], Figures()),
            reached=reached.get(manifest.id, Reached()),
        )
        for manifest in manifests
    ]


HANDLERS = (services, service)
