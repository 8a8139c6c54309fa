"""Passkeys at the door: logging in, proving it once more within a session, binding a new one, and locking the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from bff.errors import NOT_JSON, AccountClosed, Refusal, SignInNeeded, StepUpNeeded, TooManyTries
from bff.identity import attempts, known_devices, residents, sessions
from bff.identity.assurance import Assurance, held, levels
from bff.identity.passkeys import Owner, Passkey, PasskeyRefused, Proof
from bff.identity.passkeys.keeping import LONGEST_NAME
from bff.identity.sessions import Visitor
from bff.login.arriving import arrive
from bff.login.browser import SESSION, UNDER_WAY, cookie, no_cookie, secret_of
from bff.login.house import House
from bff.origin import from_here
from bff.texts import device_text, on_the_wire, say

LOCK = "lock"
"""Under which our part of a lock's key is sealed with her key."""
_LONGEST_BODY = 32 * 1024
_Web = Request[Any, Any, Any]
_Headers = list[tuple[str, str]]


class Begin(msgspec.Struct, frozen=True):
    act: Literal["login", "prove", "bind"]


class Finish(msgspec.Struct, frozen=True):
    act: Literal["login", "prove", "bind"]
    credential: dict[str, Any]
    name: Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)] = ""


def passkey_routes(house: House) -> list[HTTPRouteHandler]:
    """/login/passkey/begin, /login/passkey/finish and /login/lock: JSON in and out, from our own pages alone."""

    @post("/login/passkey/begin", include_in_schema=False, request_max_body_size=_LONGEST_BODY, status_code=200)
    async def begin(request: _Web) -> ASGIResponse:
        return await _told(house, request, Begin, _begun)

    @post("/login/passkey/finish", include_in_schema=False, request_max_body_size=_LONGEST_BODY, status_code=200)
    async def finish(request: _Web) -> ASGIResponse:
        return await _told(house, request, Finish, _finished)

    @post("/login/lock", include_in_schema=False)
    async def lock(request: _Web) -> ASGIResponse:
        """The app on this device is locked: this session tells nothing until it is proved again."""
        token = secret_of(request.cookies, SESSION)
        if not from_here(request.headers, house.origin):
            return _answer({"code": "refused"}, 403)
        if token:
            async with house.db.house() as conn:
                await sessions.lock(conn, token, house.clock())
        return _answer({})

    return [begin, finish, lock]


async def _told(house: House, request: _Web, shape: type[Any], work: Any) -> ASGIResponse:
    """One table of refusals: each a code, words, and a status."""
    if not from_here(request.headers, house.origin):
        return _answer({"code": "refused"}, 403)
    try:
        wish = msgspec.json.decode(await request.body(), type=shape)
    except NOT_JSON:
        return _answer({"code": "refused", "message": _words(say("passkey_refused"))}, 400)
    try:
        await house.limits.take("passkey", address=house.limits.address(request.headers, _peer(request)))
        told, headers = await work(house, request, wish)
    except (SignInNeeded, StepUpNeeded, TooManyTries, PasskeyRefused, AccountClosed) as no:
        return _refusal(no)
    return _answer(told, 200, headers)


def _refusal(no: Refusal) -> ASGIResponse:
    words = _words(no.message)
    match no:
        case SignInNeeded():
            return _answer({"code": "sign_in_needed", "message": words}, 401)
        case StepUpNeeded():
            return _answer({"code": "step_up_needed", "cardOnly": no.card_only, "message": words}, 403)
        case TooManyTries():
            retry = ("retry-after", str(no.retry_after))
            return _answer({"code": "too_many_tries", "message": words}, 429, [retry])
        case PasskeyRefused():
            return _answer({"code": no.code, "message": words}, 403)
        case AccountClosed():
            return _answer({"code": "closed", "message": words}, 403)
    raise no


async def _begun(house: House, request: _Web, wish: Begin) -> tuple[dict[str, Any], _Headers]:
    if wish.act == "login":
        browser = secret_of(request.cookies, UNDER_WAY) or house.new_token()
        options = await house.passkeys.begin_login("resident", browser=browser)
        return options, [cookie(UNDER_WAY, browser, int(attempts.LONGEST.total_seconds()))]
    token, visitor = await _signed_in(house, request)
    if wish.act == "prove":
        return await house.passkeys.begin_proof(_owner(visitor), bound_to=token), []
    _may_bind(house, visitor)
    label = visitor.resident.basics.name or say("house_name").ja
    return await house.passkeys.begin_binding(_owner(visitor), label=label, bound_to=token), []


async def _finished(house: House, request: _Web, wish: Finish) -> tuple[dict[str, Any], _Headers]:
    if wish.act == "login":
        browser = secret_of(request.cookies, UNDER_WAY)
        proof = await house.passkeys.log_in("resident", wish.credential, browser=browser or house.new_token())
        return {}, [*await _came(house, request, proof), no_cookie(UNDER_WAY)]
    token, visitor = await _signed_in(house, request)
    if wish.act == "prove":
        return await _rise(house, token, visitor, wish.credential)
    _may_bind(house, visitor)
    bound = await house.passkeys.bind(
        _owner(visitor),
        wish.credential,
        name=wish.name.strip() or device_text(visitor.device.kind).ja[:LONGEST_NAME],
        resting_on=visitor.assurance,
        bound_to=token,
    )
    return {"id": str(bound.id), "name": bound.name}, []


async def _came(house: House, request: _Web, proof: Proof) -> _Headers:
    async with house.db.house() as conn:
        resident = await residents.resident_of(conn, proof.owner.id, house.keys)
    if resident is None:
        raise SignInNeeded(say("sign_in_needed"))
    rests_on = Assurance(proof.passkey.identity, _authentication(proof.passkey), proof.at, "passkey")
    try:
        return await arrive(house, request, resident, rests_on, passkey=proof.passkey.id)
    except AccountClosed:
        async with house.db.house() as conn:
            await attempts.write_down(conn, realm="resident", outcome="closed", now=house.clock(), who=resident.id)
        raise


async def _rise(
    house: House, token: str, visitor: Visitor, credential: dict[str, Any]
) -> tuple[dict[str, Any], _Headers]:
    """Under a new token; how surely she is known does not fall by it. With our part of the lock's key."""
    resident = visitor.resident
    proof = await house.passkeys.prove(_owner(visitor), credential, bound_to=token)
    identity = max(visitor.assurance.identity, proof.passkey.identity)
    rests_on = Assurance(identity, _authentication(proof.passkey), proof.at, "passkey")
    async with house.db.house() as conn:
        fresh = await sessions.rise(conn, token, rests_on, now=house.clock(), new_token=house.new_token)
        lock = await known_devices.lock_of(conn, resident.id, visitor.device.hash)
        await attempts.write_down(
            conn, realm="resident", outcome="rose", now=house.clock(), detail="passkey", who=resident.id
        )
    if fresh is None:
        raise SignInNeeded(say("sign_in_needed"))
    await house.devices_follow(resident.id, sessions.hashed(token), sessions.hashed(fresh))
    seconds = int((visitor.expires_at - house.clock()).total_seconds())
    part = resident.key.open(LOCK, lock.part).decode() if lock.part else None
    return {"lockPart": part}, [cookie(SESSION, fresh, seconds)]


async def _signed_in(house: House, request: _Web) -> tuple[str, Visitor]:
    token = secret_of(request.cookies, SESSION)
    visitor = await house.who(token) if token else None
    if token is None or visitor is None:
        raise SignInNeeded(say("sign_in_needed"))
    await house.limits.take("passkey", account=visitor.resident.id)
    return token, visitor


def _may_bind(house: House, visitor: Visitor) -> None:
    if visitor.is_locked:
        raise StepUpNeeded(say("step_up_needed"), "bind_passkey")
    held(visitor.assurance, "bind_passkey", house.clock())


def _owner(visitor: Visitor) -> Owner:
    return Owner("resident", visitor.resident.id)


def _authentication(passkey: Passkey) -> int:
    return levels().proofs["passkey_synced" if passkey.backup_eligible else "passkey"]


def _peer(request: _Web) -> str | None:
    return request.client.host if request.client else None


def _words(text: Any) -> dict[str, str]:
    return on_the_wire(text)


def _answer(told: dict[str, Any], status: int = 200, headers: Sequence[tuple[str, str]] = ()) -> ASGIResponse:
    kept = [("content-type", "application/json"), ("cache-control", "no-store"), *headers]
    return ASGIResponse(body=msgspec.json.encode(told), status_code=status, headers=kept)
