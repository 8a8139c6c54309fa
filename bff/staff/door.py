"""The officials' routes, for who is signed in; that they come from our own pages is the gate's (bff/guards)."""

from __future__ import annotations

from typing import Any

from litestar import Request, Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from bff.staff import (
    admin,
    amounts,
    attachments,
    audience_keeping,
    audit,
    banners,
    bookings,
    broadcasts,
    case_bulk,
    case_page,
    cases,
    catalogue,
    catalogue_deeds,
    closures,
    correcting,
    deciding,
    desk,
    disclosures,
    effect,
    entrance,
    exchanges,
    facilities,
    family,
    handover,
    incidents,
    keys,
    lists_page,
    looks,
    me,
    offers,
    onboarding,
    paper,
    paper_page,
    paper_scan,
    paper_sign,
    passkey,
    payments,
    people,
    questions,
    reach,
    school_correct,
    school_notice,
    school_print,
    school_pupil,
    school_roster,
    school_thread,
    school_today,
    school_write,
    second,
    senders,
    services,
    settling,
    switching,
    templates_page,
    writing,
)
from bff.staff.house import House
from bff.staff.mishaps import mishaps
from bff.staff.pages import Pages
from bff.staff.passkey import Half, half_of
from bff.staff.typed import Typed, typed_in
from bff.staff.visit import Visit, Visiting, visit_of

MAX_BODY = 256 * 1024


def routes(house: House) -> list[Router | HTTPRouteHandler]:
    """Everything under /staff but the login itself, and the keys that a counter reads hand-over sheets with."""
    pages = Pages()

    async def visit(request: Request[Any, Any, Any]) -> Visit:
        return await visit_of(house, pages, request)

    async def half(request: Request[Any, Any, Any]) -> Half:
        return await half_of(house, pages, request)

    async def typed(request: Request[Any, Any, Any], visit: Visiting) -> Typed:
        """After the visit, not beside it: a body that cannot be read must not break off the session's query."""
        return await typed_in(request)

    door = Router(
        "/staff",
        route_handlers=[
            entrance.desk(house, pages),
            *handover.counter(house, pages),
            *broadcasts.HANDLERS,
            *attachments.HANDLERS,
            *writing.HANDLERS,
            *audience_keeping.HANDLERS,
            *templates_page.HANDLERS,
            *deciding.HANDLERS,
            *correcting.HANDLERS,
            *amounts.HANDLERS,
            *settling.HANDLERS,
            *lists_page.HANDLERS,
            *services.HANDLERS,
            *switching.HANDLERS,
            *incidents.HANDLERS,
            *exchanges.HANDLERS,
            *desk.HANDLERS,
            *closures.HANDLERS,
            *disclosures.HANDLERS,
            *questions.HANDLERS,
            *cases.HANDLERS,
            *case_page.HANDLERS,
            *case_bulk.HANDLERS,
            *looks.HANDLERS,
            *passkey.HANDLERS,
            *me.HANDLERS,
            *people.HANDLERS,
            *second.HANDLERS,
            *reach.HANDLERS,
            *senders.HANDLERS,
            *audit.HANDLERS,
            *family.HANDLERS,
            *effect.HANDLERS,
            *facilities.HANDLERS,
            *bookings.HANDLERS,
            *offers.HANDLERS,
            *payments.HANDLERS,
            *paper.HANDLERS,
            *paper_page.HANDLERS,
            *paper_scan.HANDLERS,
            *paper_sign.HANDLERS,
            *admin.HANDLERS,
            *banners.HANDLERS,
            *keys.HANDLERS,
            *onboarding.HANDLERS,
            *catalogue.HANDLERS,
            *catalogue_deeds.HANDLERS,
            *school_today.HANDLERS,
            *school_write.HANDLERS,
            *school_notice.HANDLERS,
            *school_correct.HANDLERS,
            *school_thread.HANDLERS,
            *school_pupil.HANDLERS,
            *school_roster.HANDLERS,
            *school_print.HANDLERS,
        ],
        dependencies={"visit": Provide(visit), "half": Provide(half), "typed": Provide(typed)},
        exception_handlers=mishaps(pages),
        request_max_body_size=MAX_BODY,
        include_in_schema=False,
    )
    return [door, handover.keys(house)]
