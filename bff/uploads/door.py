"""POST /uploads takes the bytes of one file and tells its id and digest (SHA-256 of what is kept, hex), under an
`Idempotency-Key` (a UUID) the same file twice as one; GET /uploads/<id> gives it back to whose it is.

DELETE forgets it, as long as it is handed in with nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID, uuid5

import structlog
from litestar import Request, Response, delete, get, post
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.db import Database
from bff.errors import NotFound, Refusal, SignInNeeded
from bff.identity.assurance import held
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor
from bff.limits import Limits
from bff.texts import on_the_wire, say
from bff.uploads import store
from bff.uploads.checking import MOST_BYTES, checked
from bff.uploads.refusals import UploadRefused, refused
from bff.uploads.scanner import Scan
from bff.uploads.store import Upload

SESSION = "__Host-session"
ACT = "see_own"
AT_ONCE = 2
"""Pictures painted at the same time in one process: each takes a core and up to a quarter of a gigabyte."""
_STATUS: dict[type[Refusal], int] = {SignInNeeded: 401, NotFound: 404, UploadRefused: 422}
_TOO_LARGE = 413
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
log = structlog.get_logger()
Answered = Response[Any]


class House(Protocol):
    """What this door needs of the house."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def limits(self) -> Limits: ...
    async def who(self, token: str) -> Visitor | None: ...
    @property
    def painting(self) -> asyncio.Semaphore:
        """Of `AT_ONCE`."""


def uploads(house: House, scan: Scan | None) -> list[HTTPRouteHandler]:
    """The routes."""

    async def someone(request: Request[Any, Any, Any]) -> Resident:
        visitor = await house.who(request.cookies.get(SESSION, ""))
        if visitor is None or visitor.is_locked:
            raise SignInNeeded(say("sign_in_needed"))
        held(visitor.assurance, ACT, house.clock())
        return visitor.resident

    @post("/uploads", status_code=201, request_max_body_size=MOST_BYTES, include_in_schema=False)
    async def take(request: Request[Any, Any, Any]) -> Answered:
        try:
            me = await someone(request)
            address = house.limits.address(request.headers, request.client and request.client.host)
            await house.limits.take("upload", account=me.id, address=address)
            body = await _body(request)
            async with house.painting:
                file = await asyncio.to_thread(checked, body)
                if scan is not None:
                    await asyncio.to_thread(scan, body)
            made = _named(me.id, request.headers.get("Idempotency-Key", "")) or house.new_id()
            async with house.db.resident(me.id) as conn:
                await store.keep(conn, me, made, file, house.clock())
        except (SignInNeeded, UploadRefused) as refusal:
            return _told(refusal)
        told = {
            "id": str(made),
            "mediaType": file.media_type,
            "size": len(file.body),
            "digest": sha256(file.body).hexdigest(),
        }
        return Response(told, status_code=201)

    @get("/uploads/{upload:uuid}", include_in_schema=False)
    async def give(request: Request[Any, Any, Any], upload: FromPath[UUID]) -> Answered:
        try:
            me = await someone(request)
            async with house.db.resident(me.id) as conn:
                file = await store.one(conn, me, upload, house.clock())
        except (SignInNeeded, NotFound) as refusal:
            return _told(refusal)
        return handed(file)

    @delete("/uploads/{upload:uuid}", status_code=200, include_in_schema=False)
    async def forget(request: Request[Any, Any, Any], upload: FromPath[UUID]) -> Answered:
        try:
            me = await someone(request)
            async with house.db.resident(me.id) as conn:
                await store.drop(conn, me.id, upload)
        except (SignInNeeded, NotFound) as refusal:
            return _told(refusal)
        return Response({"id": str(upload)})

    return [take, give, forget]


def handed(file: Upload) -> Answered:
    """To be saved, never shown by a page of ours, and able to run nothing wherever it is opened."""
    named = f"attachment; filename=kurashimado.{file.media_type.rpartition('/')[2]}"
    headers = {"Content-Disposition": named, "Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return Response(file.body, media_type=file.media_type, headers=headers)


def _named(resident: UUID, key: str) -> UUID | None:
    """Hers under her own key, so that nobody meets another's; None: she names none."""
    try:
        return uuid5(resident, str(UUID(key)))
    except ValueError:
        return None


async def _body(request: Request[Any, Any, Any]) -> bytes:
    """Raises `UploadRefused` for what is larger than the route takes."""
    try:
        return await request.body()
    except ClientException as wrong:
        if wrong.status_code != _TOO_LARGE:
            raise
        raise refused("too_large") from wrong


def _told(refusal: Refusal) -> Answered:
    why = refusal.why if isinstance(refusal, UploadRefused) else type(refusal).__name__
    log.info("upload refused", why=why)
    message = on_the_wire(refusal.message)
    return Response({"why": why, "message": message}, status_code=_STATUS[type(refusal)])
