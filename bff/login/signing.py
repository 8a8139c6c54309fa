"""A resident leaves to sign with her card and comes back to the very form; her session stays the one it was.

Nothing is held in the database while the signature API or the verifier is asked, and what the API seals for the
verifier is handed on and forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from bff.identity import attempts, residents
from bff.identity.sessions import Visitor
from bff.login import flow
from bff.login.browser import SESSION, away, secret_of
from bff.login.house import House
from bff.signing import store
from bff.signing.api import sent_back
from bff.signing.ports import Checked, NotSigned, Signer
from bff.signing.store import Away, Begun

LOST: Final = "/applications"
"""Where she is led when it cannot be told what she was about to sign."""


def signing_routes(house: House) -> list[HTTPRouteHandler]:
    """/login/sign/start/{id} and /login/sign/callback."""

    @get("/login/sign/start/{id:uuid}", include_in_schema=False)
    async def start(id: FromPath[UUID], request: Request[Any, Any, Any]) -> ASGIResponse:
        visitor, signer = await _visitor(house, request), house.signing.signer
        begun = await _begun(house, visitor, id)
        if visitor is None or begun is None or signer is None:
            return away(LOST)
        try:
            return away(await _leaves(house, signer, begun))
        except NotSigned as failed:
            return away(await _refused(house, begun, failed))

    @get("/login/sign/callback", include_in_schema=False)
    async def callback(request: Request[Any, Any, Any]) -> ASGIResponse:
        query = flow.single(request.query_params.multi_items())
        async with house.db.house() as conn:
            gone = await store.come_back(conn, query.get("state", ""))
        if gone is None:
            async with house.db.house() as conn:
                await attempts.write_down(conn, realm="resident", outcome="sign_unknown", now=house.clock())
            return away(LOST)
        try:
            checked = await _checked(house, gone, query, await _visitor(house, request))
        except NotSigned as failed:
            return away(await _refused(house, gone.begun, failed))
        return away(await _signed(house, gone.begun, checked))

    return [start, callback]


async def _visitor(house: House, request: Request[Any, Any, Any]) -> Visitor | None:
    token = secret_of(request.cookies, SESSION)
    visitor = await house.who(token) if token else None
    return None if visitor and visitor.is_locked else visitor


async def _begun(house: House, visitor: Visitor | None, id: UUID) -> Begun | None:
    if visitor is None:
        return None
    async with house.db.resident(visitor.resident.id) as conn:
        return await store.begun(conn, id, visitor.resident.id, visitor.session)


async def _leaves(house: House, signer: Signer, begun: Begun) -> str:
    """The provider's address; raises NotSigned."""
    if begun.is_over(house.clock()):
        raise NotSigned("too_late", "more than ten minutes")
    transaction = await signer.prepare(begun.digest)
    start = await signer.leave(transaction)
    async with house.db.house() as conn:
        if not await store.leave(conn, begun.id, transaction, start):
            raise NotSigned("failed", "left in another tab")
    return start.url


async def _checked(house: House, gone: Away, query: Mapping[str, str], visitor: Visitor | None) -> Checked:
    """A signature by her own card, in the session it was begun in, that the verifier says holds; raises NotSigned."""
    begun, signer, checker = gone.begun, house.signing.signer, house.signing.checker
    if visitor is None or (visitor.session, visitor.resident.id) != (begun.session, begun.resident):
        raise NotSigned("other_person", "came back in another session")
    if begun.is_over(house.clock()):
        raise NotSigned("too_late", "more than ten minutes")
    if signer is None or checker is None:
        raise NotSigned("unavailable", "nothing is signed here any more")
    await signer.check_answerer(query.get("iss"))
    if "error" in query:
        raise sent_back(query["error"], query.get("error_description", ""))
    if not query.get("code"):
        raise NotSigned("failed", "neither code nor error")
    got = await signer.collect(gone.transaction, code=query["code"], nonce=gone.nonce, verifier=gone.verifier)
    async with house.db.house() as conn:
        if await residents.known_by(conn, signer.issuer, got.sub) != begun.resident:
            raise NotSigned("other_person", "another card signed")
    return await checker.check(visitor.resident, begun.id, got.sealed, begun.digest)


async def _signed(house: House, begun: Begun, checked: Checked) -> str:
    async with house.db.house() as conn:
        await store.keep(conn, begun.id, checked)
        await attempts.write_down(conn, realm="resident", outcome="signed", now=house.clock(), who=begun.resident)
    return _with(begun.to_path, "signed", str(begun.id))


async def _refused(house: House, begun: Begun, failed: NotSigned) -> str:
    """Every signature that did not come to its end leaves a row, and one plain sentence on her form."""
    async with house.db.house() as conn:
        await store.refuse(conn, begun.id, failed.code)
        await attempts.write_down(
            conn,
            realm="resident",
            outcome=f"sign_{failed.code}",
            now=house.clock(),
            detail=failed.detail,
            who=begun.resident,
        )
    return _with(begun.to_path, "unsigned", failed.code)


def _with(path: str, name: str, value: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{name}={quote(value)}"
