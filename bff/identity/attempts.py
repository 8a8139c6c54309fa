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
Purpose = Literal["login", "step_up", "link", "staff"]
"""What a person leaves for a provider for: to log in, to prove once more that it is she, to link an ID of hers; or an
official's login."""

LONGEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Attempt:
    """What must be remembered between leaving for a provider and coming back.

    `session`: the id of the session it was begun in; a step-up and a link end in that one or not at all. `began_on`:
    the kind of device it was begun on, shown when it ends in another browser.
    """

    provider: str
    purpose: Purpose
    verifier: str
    nonce: str
    browser_hash: bytes
    session: UUID | None
    to_path: str
    began_on: str
    made_at: datetime

    def of_browser(self, browser: str | None) -> bool:
        """Whether it was started in the browser that holds the secret `browser` (against login CSRF)."""
        return browser is not None and self.browser_hash == hashed(browser)

    def expired(self, now: datetime) -> bool:
        return now - self.made_at > LONGEST


_COLUMNS = (
    login_attempts.c.provider,
    login_attempts.c.purpose,
    login_attempts.c.verifier,
    login_attempts.c.nonce,
    login_attempts.c.browser_hash,
    login_attempts.c.session,
    login_attempts.c.to_path,
    login_attempts.c.began_on,
    login_attempts.c.made_at,
)


async def remember(conn: AsyncConnection, state: str, attempt: Attempt) -> None:
    await conn.execute(
        insert(login_attempts).values(
            state_hash=hashed(state),
            provider=attempt.provider,
            purpose=attempt.purpose,
            verifier=attempt.verifier,
            nonce=attempt.nonce,
            browser_hash=attempt.browser_hash,
            session=attempt.session,
            to_path=attempt.to_path,
            began_on=attempt.began_on,
            made_at=attempt.made_at,
        )
    )


async def take(conn: AsyncConnection, state: str, provider: str) -> Attempt | None:
    """The attempt with this state, which is used up by that; None: unknown, used already, or at another provider."""
    row = (
        await conn.execute(
            delete(login_attempts)
            .where(login_attempts.c.state_hash == hashed(state), login_attempts.c.provider == provider)
            .returning(*_COLUMNS)
        )
    ).first()
    return Attempt(*row) if row else None


async def write_down(
    conn: AsyncConnection,
    *,
    realm: Realm,
    outcome: str,
    now: datetime,
    detail: str | None = None,
    who: UUID | None = None,
    provider: str | None = None,
    purpose: Purpose | None = None,
) -> None:
    """One row of the login log; `outcome` is `came`, `left`, `linked`, `waits` (in another browser) or the code of a
    refusal. Nobody's name is in it."""
    await conn.execute(
        insert(login_log).values(
            at=now,
            realm=realm,
            outcome=outcome,
            detail=detail[:200] if detail else None,
            who=who,
            provider=provider,
            purpose=purpose,
        )
    )
