"""One request of a signed-in official."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import staff
from bff.identity.staff import Official
from bff.staff.house import House
from bff.staff.pages import Pages
from bff.staff.typed import Typed, typed_in
from life_events import contains_individual_number
from notifications import broadcast as mail
from notifications.broadcast import Broadcast
from notifications.fitness import Forbidden
from notifications.jobs import day_in_japan
from notifications.notice import Text

COOKIE = "__Host-staff"


class SignedOut(Exception):
    """Nobody is signed in, or no longer; `typed` is what came with the request, so that nothing is lost."""

    def __init__(self, typed: Typed | None) -> None:
        super().__init__("no official is signed in")
        self.typed = typed


class NotHere(Exception):
    """There is no such broadcast in this official's ward."""


class Act(TypedDict):
    """What the mail room asks of every act of an official."""

    by: mail.Official
    now: datetime
    forbidden: Forbidden


@dataclass(frozen=True)
class Visit:
    """Who asks, when, and the house asked; everything of the ward goes through `door`."""

    house: House
    pages: Pages
    official: Official
    now: datetime

    @property
    def today(self) -> date:
        return day_in_japan(self.now)

    @property
    def sender(self) -> Text:
        name = self.house.catalogue.wards[self.official.ward].name
        return Text(name.ja, name.easy, name.en)

    @property
    def by(self) -> mail.Official:
        """The official as the mail room knows them."""
        return mail.Official(str(self.official.id), self.official.name, self.official.ward, self.official.roles)

    @property
    def act(self) -> Act:
        """Who acts, when, and what no text of theirs may hold."""
        return {"by": self.by, "now": self.now, "forbidden": contains_individual_number}

    def may(self, role: str) -> bool:
        return role in self.official.roles

    def door(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self.house.db.ward(self.official.ward)

    def show(self, template: str, status: int = 200, /, **values: object) -> Response[str]:
        return self.pages.show(template, status, official=self.official, ward=self.sender.ja, visit=self, **values)


Visiting = NamedDependency[Visit]
"""As a route's parameter: who visits."""


async def official_of(house: House, request: Request[Any, Any, Any]) -> Official | None:
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    async with house.db.house() as conn:
        return await staff.look_up(conn, token, now=house.clock(), lifetimes=house.staff_lifetimes)


async def visit_of(house: House, pages: Pages, request: Request[Any, Any, Any]) -> Visit:
    """Raises `SignedOut`."""
    official = await official_of(house, request)
    if official is None:
        raise SignedOut(None if request.method == "GET" else await typed_in(request))
    return Visit(house, pages, official, house.clock())


async def broadcast_of(conn: AsyncConnection, visit: Visit, said: str) -> Broadcast:
    """The broadcast of the visitor's ward whose id stands in the address; raises `NotHere`."""
    try:
        found = await mail.one(conn, visit.official.ward, UUID(said))
    except ValueError as error:
        raise NotHere from error
    if found is None:
        raise NotHere
    return found
