"""How what began at a provider ends in her session: a login, a step-up, a link."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from bff.errors import AccountClosed
from bff.facts import moving
from bff.identity import attempts, residents, sessions
from bff.identity.assurance import Assurance
from bff.identity.attempts import Purpose
from bff.identity.failures import LoginFailed
from bff.identity.oidc import Identified
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor
from bff.identity.userinfo import basics_of
from bff.login.house import House


class Began(Protocol):
    """What is known of how it began."""

    @property
    def provider(self) -> str: ...
    @property
    def purpose(self) -> Purpose: ...
    @property
    def session(self) -> UUID | None: ...


async def ended(house: House, began: Began, who: Identified, before: str | None) -> str | None:
    """The token of her new session, or None when the one she has goes on. `before`: the token this browser had; it is
    void afterwards, whoever put it there. Raises `LoginFailed`."""
    try:
        return await _ended(house, began, who, before)
    except AccountClosed as closed:
        raise LoginFailed("closed", "the account is closed") from closed


async def _ended(house: House, began: Began, who: Identified, before: str | None) -> str | None:
    if began.purpose == "login":
        return await _let_in(house, began, await _welcomed(house, who), before)
    visitor = await house.who(before) if before else None
    if visitor is None or visitor.session != began.session:
        raise LoginFailed("signed_out", "the session it was begun in has ended")
    if began.purpose == "link":
        await _linked(house, began, who, visitor)
        return None
    return await _proved(house, began, who, visitor, before)


async def _proved(house: House, began: Began, who: Identified, visitor: Visitor, before: str | None) -> str:
    """Step-up: the one who proved herself is the one whose session it is, and not somebody with a card of her own."""
    async with house.db.house() as conn:
        known = await residents.known_by(conn, who.issuer, who.sub)
    if known != visitor.resident.id:
        raise LoginFailed("other_person", "another person than the session's")
    return await _let_in(house, began, await _welcomed(house, who), before)


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


async def _let_in(house: House, began: Began, resident: Resident, before: str | None) -> str:
    """A new session's token, whatever session this browser had; of another person's, the notices end here too."""
    now = house.clock()
    async with house.db.house() as conn:
        await attempts.write_down(
            conn,
            realm="resident",
            outcome="came",
            now=now,
            who=resident.id,
            provider=began.provider,
            purpose=began.purpose,
        )
        former = await sessions.end(conn, before) if before else None
        token = await sessions.begin(
            conn,
            resident.id,
            now=now,
            lifetimes=house.lifetimes,
            new_token=house.new_token,
            ended=None,
            assurance=Assurance(identity=3, authentication=3, at=now, method="card"),
            new_id=house.new_id,
        )
    if before and former not in (None, resident.id):
        await house.drop_devices(former, sessions.hashed(before))
    return token
