"""The pages for whoever tries things out: an index, the fault switches, the signing keys."""

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from infra.sandbox.faults import Change, Faults, Mode
from infra.sandbox.forms import told
from infra.sandbox.keys import KeyRing
from infra.sandbox.pages import Asked, Pages, wants_json
from infra.sandbox.people import People
from infra.sandbox.settings import Clock, Settings


class Skew(msgspec.Struct, frozen=True):
    """The body of POST /_identity/skew."""

    seconds: float


def index(settings: Settings, people: People, pages: Pages) -> list[HTTPRouteHandler]:
    @get("/")
    async def front() -> Response[object]:
        return pages.show("index.html", {"settings": settings, "people": people})

    @get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return [front, healthz]


def fault_switches(faults: Faults, pages: Pages) -> list[HTTPRouteHandler]:
    @get("/_faults")
    async def show(request: Asked) -> Response[object]:
        if wants_json(request):
            return Response(faults.all())
        return pages.show("faults.html", {"faults": faults.all(), "modes": list(Mode)})

    @post("/_faults/{service:str}", status_code=200)
    async def switch(service: FromPath[str], request: Asked) -> Response[object]:
        try:
            faults.switch(service, (await told(request, Change)).mode)
        except msgspec.ValidationError as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        except KeyError:
            return Response({"code": "unknown_service"}, status_code=404)
        if "text/html" in request.headers.get("accept", ""):
            return Response(None, status_code=303, headers={"Location": "/_faults"})
        return Response(faults.all())

    return [show, switch]


def key_pages(ring: KeyRing, clock: Clock) -> list[HTTPRouteHandler]:
    @post("/_identity/rotate", status_code=200)
    async def rotate() -> dict[str, object]:
        """Turns the signing keys at once, for tests of a rotation in mid-flow."""
        ring.turn(clock.epoch())
        return ring.published()

    @post("/_identity/skew", status_code=200)
    async def skew(request: Asked) -> dict[str, float]:
        """The clock of the provider goes wrong by so many seconds, or right again by 0."""
        ring.skew = (await told(request, Skew)).seconds
        return {"seconds": ring.skew}

    return [rotate, skew]
