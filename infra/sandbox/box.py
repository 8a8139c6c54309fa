"""A ward's box in the exchange: messages taken once under their key, and figures told; /_box shows what came."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from infra.sandbox.applications import Applications, State
from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.box_files import Files
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.forms import told
from infra.sandbox.pages import Asked
from infra.sandbox.services import Call, Key, Service
from infra.sandbox.settings import Clock
from infra.sandbox.ward import WARDS

GRANTED: Final = endpoints("PUT /messages/*", "GET /figures/*", "POST /files", "GET /files/*", "PUT /files/*/parts/*")


class Door(msgspec.Struct, frozen=True):
    """The body of POST /_box/{ward}: whether this ward's box answers, and after how many parts of files it breaks."""

    open: bool
    breaks_after: int | None = None


@dataclass(frozen=True)
class Came:
    """One message; `times`: how often it was told."""

    key: str
    at: datetime
    digest: str
    content: object
    times: int


class Boxes:
    """One box a ward."""

    def __init__(self, applications: Applications, clock: Clock) -> None:
        self._applications = applications
        self._clock = clock
        self._came: dict[str, dict[str, Came]] = {ward: {} for ward in WARDS}
        self._closed: set[str] = set()
        self.files = {ward: Files() for ward in WARDS}

    def all(self) -> Mapping[str, Mapping[str, Came]]:
        return self._came

    def door(self, ward: str, *, is_open: bool) -> None:
        (self._closed.discard if is_open else self._closed.add)(ward)

    async def answer(self, call: Call) -> Answer:
        if call.member in self._closed:
            return json_answer(503, {"code": "closed"})
        if not call.headers.get("x-road-issue", "").strip():
            return json_answer(422, {"code": "invalid", "fields": [{"field": "X-Road-Issue", "message": "missing"}]})
        kind, _, name = call.path.removeprefix("/").partition("/")
        if kind == "files":
            return self.files[call.member].answer(call, name)
        return self._take(call, name) if kind == "messages" else self._tell(call.member, name)

    def _take(self, call: Call, key: str) -> Answer:
        box, digest = self._came[call.member], hashlib.sha512(call.body).hexdigest()
        before = box.get(key)
        if before is not None and before.digest != digest:
            return json_answer(409, {"code": "key_taken"})
        try:
            content: object = msgspec.json.decode(call.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return json_answer(422, {"code": "invalid", "fields": [{"field": "$", "message": "no JSON"}]})
        box[key] = Came(key, self._clock.now(), digest, content, (before.times if before else 0) + 1)
        return json_answer(200 if before else 201, {"key": key})

    def _tell(self, ward: str, name: str) -> Answer:
        if name != "waiting":
            return json_answer(404, {"code": "unknown_figure"})
        waiting = [one for one in self._applications.newest_first() if one.ward == ward]
        counts: dict[str, int] = {}
        for one in waiting:
            if one.state in (State.RECEIVED, State.CHECKING):
                counts[one.procedure] = counts.get(one.procedure, 0) + 1
        return json_answer(200, {"as_of": self._clock.now().isoformat(), "counts": counts})


def box_services(boxes: Boxes) -> dict[Key, Service]:
    return {("GOV", "exchange", "box"): Service("box", frozenset(WARDS), GRANTED, boxes.answer)}


def box_desk(boxes: Boxes) -> list[HTTPRouteHandler]:
    @get("/_box/{ward:str}")
    async def show(ward: FromPath[str]) -> Response[object]:
        return Response([vars(came) for came in boxes.all().get(ward, {}).values()])

    @get("/_box/{ward:str}/files")
    async def files(ward: FromPath[str]) -> Response[object]:
        return Response(boxes.files[ward].all())

    @post("/_box/{ward:str}", status_code=200)
    async def switch(ward: FromPath[str], request: Asked) -> Response[object]:
        try:
            wish = await told(request, Door)
            boxes.door(ward, is_open=wish.open)
            boxes.files[ward].breaks_after = wish.breaks_after
        except msgspec.ValidationError as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        return Response({"ward": ward})

    return [show, files, switch]
