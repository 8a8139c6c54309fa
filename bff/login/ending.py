"""How what began at a provider ends in her session: a login, a step-up, a link."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from bff.errors import AccountClosed
from bff.facts import moving
from bff.identity import attempts, residents
from bff.identity.assurance import Assurance, levels
from bff.identity.attempts import Purpose
from bff.identity.failures import LoginFailed
from bff.identity.oidc import Identified
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor
from bff.identity.userinfo import basics_of
from bff.login.arriving import Asked, Cookies, arrive
from bff.login.browser import SESSION, secret_of
from bff.login.house import House


class Began(Protocol):
    """What is known of how it began."""

    @property
    def provider(self) -> str: ...
    @property
    def purpose(self) -> Purpose: ...
    @property
    def session(self) -> UUID | None: ...


async def ended(house: House, began: Began, who: Identified, request: Asked) -> Cookies:
    """The cookies of her new session, or none when the one she has goes on. The token this browser had is void
    afterwards, whoever put it there. Raises `LoginFailed`."""
    try:
        return await _ended(house, began, who, request)
    except AccountClosed as closed:
        raise LoginFailed("closed", "the account is closed") from closed


async def _ended(house: House, began: Began, who: Identified, request: Asked) -> Cookies:
    if began.purpose == "login":
        return await _let_in(house, began, await _welcomed(house, who), request)
    before = secret_of(request.cookies, SESSION)
    visitor = await house.who(before) if before else None
    if visitor is None or visitor.session != began.session:
        raise LoginFailed("signed_out", "the session it was begun in has ended")
    if began.purpose == "link":
        await _linked(house, began, who, visitor)
        return []
    return await _proved(house, began, who, visitor, request)


async def _proved(house: House, began: Began, who: Identified, visitor: Visitor, request: Asked) -> Cookies:
    """Step-up: the one who proved herself is the one whose session it is, and not somebody with a card of her own."""
    async with house.db.house() as conn:
        known = await residents.known_by(conn, who.issuer, who.sub)
    if known != visitor.resident.id:
        raise LoginFailed("other_person", "another person than the session's")
    return await _let_in(house, began, await _welcomed(house, who), request)


async def _linked(house: House, began: Began, who: Identified, visitor: Visitor) -> None:
    await house.linked(visitor.resident.id, began.provider, who)
    async with house.db.house() as conn:
        await attempts.write_down(
            conn,
            realm="resident",
            outcome="linked",
            now=house.clock(),
            who=visitor.resident.id,
            provider=began.provider,
            purpose=began.purpose,
        )


async def _welcomed(house: House, who: Identified) -> Resident:
    now = house.clock()
    async with house.db.house() as conn:
        welcomed = await residents.welcome(
            conn,
            issuer=who.issuer,
            sub=who.sub,
            basics=basics_of(who.claims),
            wards=house.wards,
            keys=house.keys,
            new_id=house.new_id,
            now=now,
            pairwise=house.pairwise.current,
        )
        resident = welcomed.resident
        if welcomed.ward_changed:
            await moving.left_ward(conn, resident.id)
    await house.resident_came(resident)
    return resident


async def _let_in(house: House, began: Began, resident: Resident, request: Asked) -> Cookies:
    rests_on = Assurance(identity=3, authentication=levels().proofs["card"], at=house.clock(), method="card")
    return await arrive(house, request, resident, rests_on, provider=began.provider, purpose=began.purpose)
