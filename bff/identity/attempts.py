"""Logins under way, and the log of how logins ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.sessions import hashed
from bff.identity.tables import login_attempts, login_log

Realm = Literal["resident", "staff"]

LONGEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Attempt:
    """What must be remembered between leaving for the identity provider and coming back."""

    realm: Realm
    verifier: str
    nonce: str
    browser_hash: bytes
    to_path: str
    made_at: datetime

    def of_browser(self, browser: str | None) -> bool:
        """Whether it was started in the browser that holds the secret `browser` (against login CSRF)."""
        return browser is not None and self.browser_hash == hashed(browser)

    def expired(self, now: datetime) -> bool:
        return now - self.made_at > LONGEST


async def remember(conn: AsyncConnection, state: str, attempt: Attempt) -> None:
    await conn.execute(
        insert(login_attempts).values(
            state_hash=hashed(state),
            realm=attempt.realm,
            verifier=attempt.verifier,
            nonce=attempt.nonce,
            browser_hash=attempt.browser_hash,
            to_path=attempt.to_path,
            made_at=attempt.made_at,
        )
    )


async def take(conn: AsyncConnection, state: str, realm: Realm) -> Attempt | None:
    """The attempt with this state, which is used up by that; None: unknown, used already, or of another realm."""
    row = (
        await conn.execute(
            delete(login_attempts)
            .where(login_attempts.c.state_hash == hashed(state), login_attempts.c.realm == realm)
            .returning(
                login_attempts.c.verifier,
                login_attempts.c.nonce,
                login_attempts.c.browser_hash,
                login_attempts.c.to_path,
                login_attempts.c.made_at,
            )
        )
    ).first()
    return Attempt(realm, *row) if row else None


async def write_down(
    conn: AsyncConnection,
    *,
    realm: Realm,
    outcome: str,
    now: datetime,
    detail: str | None = None,
    who: UUID | None = None,
) -> None:
    """One row of the login log; `outcome` is `came`, `left` or the code of a refusal. Nobody's name is in it."""
    await conn.execute(
        insert(login_log).values(at=now, realm=realm, outcome=outcome, detail=detail[:200] if detail else None, who=who)
    )
