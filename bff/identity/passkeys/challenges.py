"""Ceremonies under way: each challenge is answered once, within minutes, by who began it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.attempts import Realm
from bff.identity.sessions import hashed
from bff.identity.tables import passkey_challenges

LONGEST = timedelta(minutes=5)

Act = Literal["bind", "login", "prove"]


@dataclass(frozen=True)
class Begun:
    """What a ceremony is for. `owner` is None when it is not known yet who comes (a login); `bound_to`: the token of
    the session, or the secret of the browser, in which it was begun."""

    act: Act
    realm: Realm
    owner: UUID | None
    bound_to: str


async def remember(conn: AsyncConnection, challenge: str, begun: Begun, now: datetime) -> None:
    """`challenge` as it stands in the client data: base64url without padding."""
    await conn.execute(
        insert(passkey_challenges).values(
            challenge_hash=hashed(challenge),
            act=begun.act,
            realm=begun.realm,
            owner=begun.owner,
            bound_to=hashed(begun.bound_to),
            made_at=now,
        )
    )


async def take(conn: AsyncConnection, challenge: str, begun: Begun, now: datetime) -> str | None:
    """Uses it up, whatever comes of it. None: it is `begun`, and fresh; else why not, for the log."""
    table = passkey_challenges
    row = (
        await conn.execute(delete(table).where(table.c.challenge_hash == hashed(challenge)).returning(table))
    ).first()
    if row is None:
        return "challenge unknown or used already"
    if now - row.made_at > LONGEST:
        return "challenge expired"
    if (row.act, row.realm, row.owner) != (begun.act, begun.realm, begun.owner):
        return "challenge of another act or person"
    if row.bound_to != hashed(begun.bound_to):
        return "challenge of another session"
    return None


async def forget_expired(conn: AsyncConnection, now: datetime) -> None:
    await conn.execute(delete(passkey_challenges).where(passkey_challenges.c.made_at < now - LONGEST))
