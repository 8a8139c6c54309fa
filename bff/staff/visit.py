"""One request of a signed-in official."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypedDict
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import staff, staff_log
from bff.identity.staff import AtWork, Official
from bff.identity.staff_log import Outcome, Who
from bff.staff.house import House
from bff.staff.pages import Pages
from bff.staff.typed import Typed, Unreadable, typed_in
from life_events import contains_individual_number
from notifications import broadcasts as mail
from notifications.broadcasts import Broadcast
from notifications.fitness import Forbidden
from notifications.jobs import day_in_japan
from notifications.notice import Text

COOKIE = "__Host-staff"
ACT: Final = "act"
"""Every route of ours says under this name in its `opt` which act of `identity/acts.toml` it is."""
EVERYBODY: Final = ""
"""The act of a route that shows nobody's data and asks for no login."""


class SignedOut(Exception):
    """Nobody is signed in, or no longer; `typed` is what came with the request, so that nothing is lost."""

    def __init__(self, typed: Typed | None) -> None:
        super().__init__("no official is signed in")
        self.typed = typed


class SecondFactorNeeded(Exception):
    """Somebody has signed in by the ward's provider, and not yet shown a passkey."""

    def __init__(self, typed: Typed | None) -> None:
        super().__init__("no passkey was shown")
        self.typed = typed


class NotAllowed(Exception):
    """The official's roles do not reach this act; already written down."""

    def __init__(self, visit: Visit, act: str, typed: Typed | None) -> None:
        super().__init__(act)
        self.visit = visit
        self.act = act
        self.typed = typed


class NotHere(Exception):
    """There is no such thing in this official's ward."""


def identified(said: str) -> UUID:
    """The id in an address; raises `NotHere`."""
    try:
        return UUID(said)
    except ValueError as wrong:
        raise NotHere from wrong


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
    at_work: AtWork
    now: datetime

    @property
    def official(self) -> Official:
        return self.at_work.official

    @property
    def today(self) -> date:
        return day_in_japan(self.now)

    @property
    def sender(self) -> Text:
        """Who residents see a notice is from: the ward, or the school as the ward's realm calls it."""
        name, school = self.house.catalogue.wards[self.official.ward].name, self.official.school
        if school:
            return Text(f"{name.ja} {school}", f"{name.easy} {school}", f"{name.en} {school}")
        return Text(name.ja, name.easy, name.en)

    @property
    def ward_name(self) -> str:
        return self.house.catalogue.wards[self.official.ward].name.ja

    @property
    def by(self) -> mail.Official:
        """The official as the mail room knows them."""
        one = self.official
        return mail.Official(str(one.id), one.name, one.ward, one.roles, one.school)

    @property
    def act(self) -> Act:
        """Who acts, when, and what no text of theirs may hold."""
        return {"by": self.by, "now": self.now, "forbidden": contains_individual_number}

    def may(self, act: str) -> bool:
        """`act`: of `identity/acts.toml`."""
        return self.house.acts.may(self.official, act)

    def door(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self.house.db.ward(self.official.ward, self.official.school)

    async def note(
        self, conn: AsyncConnection, act: str, *, outcome: Outcome = "done", about: str = "", reason: str = ""
    ) -> None:
        """A row in the ward's record, in the caller's transaction."""
        who = Who(self.official.ward, self.official.id, self.official.name)
        await staff_log.write(conn, who, act, now=self.now, outcome=outcome, about=about, reason=reason)

    def show(self, template: str, status: int = 200, /, **values: object) -> Response[str]:
        return self.pages.show(template, status, official=self.official, ward=self.ward_name, visit=self, **values)


Visiting = NamedDependency[Visit]
"""As a route's parameter: who visits."""


async def at_work(house: House, request: Request[Any, Any, Any]) -> AtWork | None:
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    async with house.db.house() as conn:
        return await staff.look_up(conn, token, now=house.clock(), lifetimes=house.staff_lifetimes)


async def visit_of(house: House, pages: Pages, request: Request[Any, Any, Any]) -> Visit:
    """Raises `SignedOut`, `SecondFactorNeeded` or `NotAllowed`."""
    found = await at_work(house, request)
    if found is None:
        raise SignedOut(await _typed(request))
    if house.asks_passkey and found.rose_at is None:
        raise SecondFactorNeeded(await _typed(request))
    visit = Visit(house, pages, found, house.clock())
    await allowed(visit, request)
    return visit


async def allowed(visit: Visit, request: Request[Any, Any, Any]) -> None:
    """Raises `NotAllowed` unless the roles reach the act of the route; a route without an act is a defect."""
    act = request.route_handler.opt[ACT]
    if visit.may(act):
        return
    async with visit.door() as conn:
        await visit.note(conn, act, outcome="refused", about=f"{request.method} {request.url.path}")
    raise NotAllowed(visit, act, await _typed(request))


async def _typed(request: Request[Any, Any, Any]) -> Typed | None:
    if request.method == "GET":
        return None
    try:
        return await typed_in(request)
    except Unreadable:
        return Typed()


async def broadcast_of(conn: AsyncConnection, visit: Visit, said: str) -> Broadcast:
    """The broadcast of the visitor's ward whose id stands in the address; raises `NotHere`."""
    try:
        found = await mail.one(conn, visit.official.ward, UUID(said))
    except ValueError as error:
        raise NotHere from error
    if found is None:
        raise NotHere
    return found
