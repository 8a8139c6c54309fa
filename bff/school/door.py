"""GET /school-files/<id> gives a file of a thread to the guardian whose thread it is, to nobody else of the family. Not
under /school, where the pages of the app are: a route there would take the place of theirs."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.errors import NotFound, Refusal, SignInNeeded
from bff.identity.assurance import held
from bff.identity.sessions import Visitor
from bff.school import line_files
from bff.school.house import House as SchoolHouse
from bff.texts import on_the_wire, say
from bff.uploads import handed

SESSION = "__Host-session"
_STATUS: dict[type[Refusal], int] = {SignInNeeded: 401, NotFound: 404}


class House(Protocol):
    """What this door needs of the house."""

    @property
    def for_school(self) -> SchoolHouse: ...
    async def who(self, token: str) -> Visitor | None: ...


def school_files(house: House) -> list[HTTPRouteHandler]:
    """The route."""

    @get("/school-files/{school_file:uuid}", include_in_schema=False)
    async def file(request: Request[Any, Any, Any], school_file: FromPath[UUID]) -> Response[Any]:
        try:
            visitor = await house.who(request.cookies.get(SESSION, ""))
            if visitor is None or visitor.is_locked:
                raise SignInNeeded(say("sign_in_needed"))
            held(visitor.assurance, "see_own", house.for_school.clock())
            return handed(await line_files.hers(house.for_school, visitor.resident.id, school_file))
        except (SignInNeeded, NotFound) as refusal:
            message = on_the_wire(refusal.message)
            told = {"why": type(refusal).__name__, "message": message}
            return Response(told, status_code=_STATUS[type(refusal)], headers={"Cache-Control": "no-store"})

    return [file]
