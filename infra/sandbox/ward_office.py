"""The screen of the ward's systems at /_ward: what came in, with buttons to move it on, and what was decided here."""

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from infra.sandbox.applications import Application, Applications, State
from infra.sandbox.decisions import Decisions, name_of
from infra.sandbox.forms import told
from infra.sandbox.pages import Asked, Pages, wants_json
from infra.sandbox.telling import HouseDoor, Untold
from infra.sandbox.ward import WARDS


class Move(msgspec.Struct, frozen=True):
    """The body of POST /_ward/applications/{number}, JSON or form; `tell`: the ward tells the house at once.

    `fields`: ids of what is sent back, with spaces between.
    """

    state: State
    note: str | None = None
    tell: str = ""
    fields: str = ""


def ward_office(
    applications: Applications, decisions: Decisions, pages: Pages, door: HouseDoor | None
) -> list[HTTPRouteHandler]:
    @get("/_ward")
    async def desk(request: Asked) -> Response[object]:
        if wants_json(request):
            return Response([_row(one) for one in applications.newest_first()])
        values = {
            "applications": applications.newest_first(),
            "states": list(State),
            "wards": WARDS,
            "decisions": decisions.newest_first(),
            "name_of": name_of,
            "tells": door is not None,
        }
        return pages.show("ward.html", values)

    @post("/_ward/applications/{number:str}", status_code=200)
    async def move(number: FromPath[str], request: Asked) -> Response[object]:
        try:
            wish = await told(request, Move)
        except msgspec.ValidationError as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        try:
            moved = applications.move(number, wish.state, wish.note or None, wish.fields.split())
        except KeyError:
            return Response({"code": "unknown_number"}, status_code=404)
        if wish.tell and door is not None:
            try:
                await _tell(door, moved)
            except Untold as untold:
                return Response({"code": "untold", "message": str(untold)}, status_code=502)
        if wants_json(request):
            return Response(_row(moved))
        return Response(None, status_code=303, headers={"Location": "/_ward"})

    return [desk, move]


async def _tell(door: HouseDoor, moved: Application) -> None:
    said = {"number": moved.number, "state": moved.state, "note": moved.note, "fields": moved.fields}
    await door.tell(moved.ward, "counter", f"/applications/{moved.receipt_number}/status", said)


def _row(application: Application) -> dict[str, object]:
    return vars(application)
