"""All stand-ins put together into one ASGI application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from infra.sandbox.acts import act_services
from infra.sandbox.applications import Applications
from infra.sandbox.asgi import SAFE
from infra.sandbox.benefits import reckoner
from infra.sandbox.box import Boxes, box_desk, box_services
from infra.sandbox.card import CardDesk
from infra.sandbox.core_cases import core_cases_services
from infra.sandbox.counter import counter_services
from infra.sandbox.decisions import Decisions
from infra.sandbox.electricity import electricity_services
from infra.sandbox.exchange.building import exchange_of
from infra.sandbox.exchange.containers import Stamping
from infra.sandbox.exchange.desk import exchange_desk
from infra.sandbox.exchange.door import ExchangeDoor
from infra.sandbox.faults import Faults, Mode
from infra.sandbox.identity_provider import IdentityProvider
from infra.sandbox.keys import ClientKeys, KeyRing
from infra.sandbox.mail import PostOffice, mail_desk
from infra.sandbox.nation.services import nation_services
from infra.sandbox.national import national_services
from infra.sandbox.outside_ids import OutsideIds
from infra.sandbox.pages import Pages
from infra.sandbox.people import People, load_people
from infra.sandbox.push_admin import push_desk
from infra.sandbox.push_browser import browser_socket
from infra.sandbox.push_service import PushService
from infra.sandbox.push_store import Subscriptions
from infra.sandbox.records import record_services
from infra.sandbox.school import school_services
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock, Settings, wall_clock
from infra.sandbox.signing.cards import Cards
from infra.sandbox.signing.desk import Signatures
from infra.sandbox.signing.operator import Operator
from infra.sandbox.switchboard import fault_switches, index, key_pages
from infra.sandbox.telling import HouseDoor
from infra.sandbox.time_stamps import Authority, time_stamp_desk
from infra.sandbox.tokens import Tokens
from infra.sandbox.ward import ward_services
from infra.sandbox.ward_documents import ward_documents_services
from infra.sandbox.ward_office import ward_office


def create_app(settings: Settings, clock: Clock | None = None) -> Front:
    """The whole made-up city. Every call starts one afresh; nothing is shared and nothing is written to disk, but
    the keys of the time-stamp authority and of the exchange when folders are named for them."""
    clock = clock or wall_clock(settings)
    people, pages = load_people(), Pages()
    applications = Applications(settings.pace, clock)
    boxes = Boxes(applications, clock)
    cards = Cards(clock)
    operator = Operator(cards, clock)
    decisions = Decisions(clock)
    services = {
        **_services(people, applications, settings.pace, clock, operator),
        **box_services(boxes),
        **core_cases_services(people, decisions, clock),
        **ward_documents_services(people, applications, decisions, clock, settings.ward_seal_keys),
    }
    faults = Faults(clock, (service.fault for service in services.values()))
    ring = KeyRing(clock.epoch())
    tokens = Tokens(settings.origin, settings.client_id, ring, ClientKeys(settings.client_jwks))
    signatures = Signatures(tokens, cards, operator, faults, clock)
    identity = IdentityProvider(settings, people, tokens, ring, faults, pages, clock, signatures)
    subscriptions = Subscriptions(settings.origin, clock)
    authority = Authority(clock, settings.time_stamp_keys)
    office = PostOffice(clock, faults)
    exchange = exchange_of(settings, services, faults, _stamping(authority, faults), clock)
    rest = Litestar(
        [
            *index(settings, people, pages),
            *fault_switches(faults, pages),
            *exchange_desk(exchange.server, pages),
            *ward_office(applications, decisions, pages, _door_of(settings)),
            *box_desk(boxes),
            *key_pages(ring, clock),
            identity.router(),
            OutsideIds(settings, people, faults, pages, clock, ClientKeys(settings.client_jwks)).router(),
            *signatures.routes(),
            *reckoner(faults),
            *time_stamp_desk(authority, faults),
            *CardDesk(clock, faults, pages, settings.client_origin).routes(),
            *mail_desk(office, faults, pages),
            *push_desk(subscriptions, clock),
            browser_socket(subscriptions),
        ],
        openapi_config=None,
        logging_config=None,
    )
    return Front(
        exchange=exchange,
        push=PushService(settings.origin, subscriptions, faults, clock),
        rest=cast(ASGIApp, rest),
        office=office,
    )


def _door_of(settings: Settings) -> HouseDoor | None:
    return HouseDoor(settings.inlet, settings.inlet_keys) if settings.inlet and settings.inlet_keys else None


def _services(
    people: People, applications: Applications, pace: float, clock: Clock, operator: Operator
) -> dict[Key, Service]:
    records = record_services(people, clock)
    return {
        **ward_services(people, clock),
        **counter_services(applications),
        **national_services(people, clock),
        **school_services(people, clock),
        **electricity_services(people, clock),
        **act_services(people, clock, pace),
        **records,
        **nation_services(people, clock, records, operator),
    }


def _stamping(authority: Authority, faults: Faults) -> Stamping:
    """How security servers reach the time-stamp authority; its switch holds for them too."""
    return lambda query: authority.reply(query) if faults.mode("time_stamps") is Mode.OK else None


@dataclass(frozen=True)
class Front:
    """Sends what needs speed past the framework, and everything else into it.

    `exchange` and `office` have doors of their own."""

    exchange: ExchangeDoor
    push: ASGIApp
    rest: ASGIApp
    office: PostOffice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.rest(scope, receive, send)
        elif scope["path"].startswith("/push/v2/"):
            await self.push(scope, receive, send)
        else:
            await self.rest(scope, receive, _safely(scope, send))


def _safely(scope: HTTPScope, send: Send) -> Send:
    """Adds the security headers to every answer, error pages too."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *SAFE]
        await send(message)

    return sending
