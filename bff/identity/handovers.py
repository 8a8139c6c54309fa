"""Logins that ended in another browser than they began in: they wait, sealed, until who began types the code.

Two ends are bound. The browser it began in holds one secret, the browser it ended in another; the second is shown the
code, the first alone may use it: once, within minutes, with five tries (infra/decisions/0024).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.attempts import Attempt, Purpose
from bff.identity.keys import KeyRing, WrappedKey
from bff.identity.oidc import Identified
from bff.identity.sessions import hashed
from bff.identity.tables import login_handovers

LIVES = timedelta(minutes=5)
TRIES = 5
_KIND = "login-handover"


class _Sealed(msgspec.Struct, frozen=True):
    code: str
    issuer: str
    sub: str
    claims: dict[str, Any]


@dataclass(frozen=True)
class Handover:
    """What was claimed: how it began, and who has logged in."""

    provider: str
    purpose: Purpose
    session: UUID | None
    to_path: str
    who: Identified


@dataclass(frozen=True)
class Shown:
    """What the browser it ended in shows."""

    code: str
    began_on: str
    began_at: datetime
    until: datetime


@dataclass(frozen=True)
class NotClaimed:
    """`code_wrong` with the tries that are left, `code_spent` with none, or `code_late`: nothing waits here."""

    why: str
    left: int = 0


async def keep(
    conn: AsyncConnection,
    attempt: Attempt,
    who: Identified,
    *,
    finisher: str,
    code: str,
    keys: KeyRing,
    id: UUID,
    now: datetime,
) -> None:
    """`finisher`: the secret of the browser it ended in. The code is kept with the rest, under seal."""
    wrapped = keys.fresh(id)
    sealed = _Sealed(code, who.issuer, who.sub, dict(who.claims))
    await conn.execute(
        insert(login_handovers).values(
            id=id,
            browser_hash=attempt.browser_hash,
            finisher_hash=hashed(finisher),
            provider=attempt.provider,
            purpose=attempt.purpose,
            session=attempt.session,
            to_path=attempt.to_path,
            began_on=attempt.began_on,
            began_at=attempt.made_at,
            key_id=wrapped.key_id,
            data_key=wrapped.wrapped,
            sealed=keys.open(id, wrapped).seal(_KIND, msgspec.json.encode(sealed)),
            tries=0,
            made_at=now,
        )
    )


async def shown(conn: AsyncConnection, finisher: str, keys: KeyRing, now: datetime) -> Shown | None:
    """None: nothing that ended in this browser waits any more."""
    wanted = login_handovers.c.finisher_hash == hashed(finisher)
    row = (await conn.execute(select(login_handovers).where(wanted, _alive(now)))).first()
    return Shown(_opened(row, keys).code, row.began_on, row.began_at, row.made_at + LIVES) if row else None


async def waits(conn: AsyncConnection, browser: str, now: datetime) -> bool:
    """Whether something that began in this browser has ended in another."""
    wanted = select(login_handovers.c.id).where(login_handovers.c.browser_hash == hashed(browser), _alive(now))
    return (await conn.execute(wanted.limit(1))).first() is not None


async def claim(conn: AsyncConnection, browser: str, code: str, keys: KeyRing, now: datetime) -> Handover | NotClaimed:
    """What waits for this browser under `code`, which is used up by that. Every try counts against all that waits for
    it, so that beginning many logins gives nobody more guesses at one. The transaction must end well in either case."""
    tried = await conn.execute(
        update(login_handovers)
        .where(login_handovers.c.browser_hash == hashed(browser), _alive(now))
        .values(tries=login_handovers.c.tries + 1)
        .returning(login_handovers)
    )
    rows = tried.all()
    for row in rows:
        sealed = _opened(row, keys)
        if hmac.compare_digest(sealed.code.encode(), code.encode(errors="replace")):
            await conn.execute(delete(login_handovers).where(login_handovers.c.id == row.id))
            who = Identified(sealed.issuer, sealed.sub, sealed.claims)
            return Handover(row.provider, row.purpose, row.session, row.to_path, who)
    if not rows:
        return NotClaimed("code_late")
    left = TRIES - min(row.tries for row in rows)
    return NotClaimed("code_wrong", left) if left else NotClaimed("code_spent")


def _alive(now: datetime) -> Any:
    return (login_handovers.c.made_at > now - LIVES) & (login_handovers.c.tries < TRIES)


def _opened(row: Row[*tuple[Any, ...]], keys: KeyRing) -> _Sealed:
    key = keys.open(row.id, WrappedKey(row.key_id, row.data_key))
    return msgspec.json.decode(key.open(_KIND, row.sealed), type=_Sealed)
