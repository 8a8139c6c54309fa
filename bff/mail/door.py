"""GET /mail/files/<id> gives a file of a notice to who has that notice in her inbox; /mail/files/<id>/<n> the n-th page
of a PDF as a picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bff.db import Database
from bff.errors import NotFound, Refusal, SignInNeeded
from bff.identity.assurance import held
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor
from bff.texts import on_the_wire, say
from notifications import inbox
from notifications.attachments import store
from notifications.attachments.store import File
from notifications.post.live import Live

SESSION = "__Host-session"
_STATUS: dict[type[Refusal], int] = {SignInNeeded: 401, NotFound: 404}
_LARGEST_PAGE = 9_999
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


class House(Protocol):
    """What this door needs of the house."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def today(self) -> Callable[[], date]: ...
    @property
    def live(self) -> Live: ...
    async def who(self, token: str) -> Visitor | None: ...


def mail_files(house: House) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/mail/files/{attachment:uuid}", include_in_schema=False)
    async def whole(request: Request[Any, Any, Any], attachment: FromPath[UUID]) -> Response[Any]:
        return await _answered(house, request, attachment, 0)

    @get("/mail/files/{attachment:uuid}/{page:int}", include_in_schema=False)
    async def one_page(
        request: Request[Any, Any, Any], attachment: FromPath[UUID], page: FromPath[int]
    ) -> Response[Any]:
        return await _answered(house, request, attachment, page)

    return [whole, one_page]


async def _answered(house: House, request: Request[Any, Any, Any], attachment: UUID, page: int) -> Response[Any]:
    try:
        visitor = await house.who(request.cookies.get(SESSION, ""))
        if visitor is None or visitor.is_locked:
            raise SignInNeeded(say("sign_in_needed"))
        held(visitor.assurance, "see_own", house.clock())
        return handed(await _hers(house, visitor.resident, attachment, page))
    except (SignInNeeded, NotFound) as refusal:
        message = on_the_wire(refusal.message)
        told = {"why": type(refusal).__name__, "message": message}
        return Response(told, status_code=_STATUS[type(refusal)], headers={"Cache-Control": "no-store"})


async def _hers(house: House, me: Resident, attachment: UUID, page: int) -> File:
    """Raises `NotFound`: of no notice of hers, or its day is over."""
    async with house.db.house() as conn:
        notice = await store.notice_of(conn, attachment, house.today())
    async with house.db.resident(me.id) as conn:
        letter = await inbox.one(conn, house.live, resident=me.id, notice=notice) if notice else None
    file = None
    if letter is not None and any(one.id == attachment for one in letter.attachments) and page <= _LARGEST_PAGE:
        async with house.db.house() as conn:
            file = await store.file(conn, attachment, page)
    if file is None:
        raise NotFound(say("not_found"))
    return file


def handed(file: File) -> Response[Any]:
    """To be saved, able to run nothing wherever it is opened, and kept by no cache: what stays is hers to say."""
    named = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {"Content-Disposition": named, "Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return Response(file.body, media_type=file.media_type, headers=headers)
