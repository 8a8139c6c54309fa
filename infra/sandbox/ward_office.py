"""The screen of the ward's old system at /_ward: what came in, and buttons to move it on."""

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from infra.sandbox.applications import Application, Applications, State
from infra.sandbox.forms import told
from infra.sandbox.pages import Asked, Pages, wants_json
from infra.sandbox.ward import WARDS


class Move(msgspec.Struct, frozen=True):
    """The body of POST /_ward/applications/{number}, JSON or form."""

    state: State
    note: str | None = None


def ward_office(applications: Applications, pages: Pages) -> list[HTTPRouteHandler]:
    @get("/_ward")
    async def desk(request: Asked) -> Response[object]:
        if wants_json(request):
            return Response([_row(one) for one in applications.newest_first()])
        values = {"applications": applications.newest_first(), "states": list(State), "wards": WARDS}
        return pages.show("ward.html", values)

    @post("/_ward/applications/{number:str}", status_code=200)
    async def move(number: FromPath[str], request: Asked) -> Response[object]:
        try:
            wish = await told(request, Move)
        except msgspec.ValidationError as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        try:
            moved = applications.move(number, wish.state, wish.note or None)
        except KeyError:
            return Response({"code": "unknown_number"}, status_code=404)
        if wants_json(request):
            return Response(_row(moved))
        return Response(None, status_code=303, headers={"Location": "/_ward"})

    return [desk, move]


def _row(application: Application) -> dict[str, object]:
    return vars(application)
