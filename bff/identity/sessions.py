"""Sessions of residents: a random token in the browser, its SHA-256 here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.db import Database
from bff.identity.assurance import Assurance
from bff.identity.keys import KeyRing
from bff.identity.known_devices import NO_DEVICE, Device
from bff.identity.residents import Resident, comes, opened
from bff.identity.tables import sessions
from bff.questions import Question

SEEN_AT_MOST_EVERY = timedelta(minutes=1)

# One round trip: whose session it is, and that she was seen, written at most once a minute.
_LOOK_UP = text("""
    WITH live AS (
        SELECT s.token_hash, s.made_at, s.seen_at, s.expires_at, s.id AS session,
               s.identity, s.authentication, s.proved_at, s.method, s.kind, s.device_hash, s.locked_at,
               r.id, r.ward, r.language, r.language_chosen, r.key_id, r.data_key, r.basics, r.basics_at, r.pairwise
        FROM sessions s JOIN residents r ON r.id = s.resident
        WHERE s.token_hash = :token_hash AND s.expires_at > :now AND s.seen_at > :idle_since
              AND r.closed_at IS NULL
    ), seen AS (
        UPDATE sessions SET seen_at = :now FROM live
        WHERE sessions.token_hash = live.token_hash AND live.seen_at <= :a_while_ago
    )
    SELECT * FROM live
""")


@dataclass(frozen=True)
class Lifetimes:
    """A session ends `absolute` after login, and after `idle` without a request."""

    absolute: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=60)


@dataclass(frozen=True)
class Visitor:
    """A resident with her live session: `session` is the id under which it is listed, never what opens it.

    `is_locked`: the app on that device is locked; nothing of hers is told until she has proved that it is she.
    """

    resident: Resident
    session: UUID
    assurance: Assurance
    made_at: datetime
    expires_at: datetime
    device: Device = NO_DEVICE
    is_locked: bool = False


@dataclass(frozen=True)
class Listed:
    """A live session as its owner sees it; `kind`: the device in codes."""

    id: UUID
    kind: str
    method: str
    made_at: datetime
    seen_at: datetime


def hashed(token: str) -> bytes:
    """How a token stands in the database."""
    return hashlib.sha256(token.encode()).digest()


async def begin(
    conn: AsyncConnection,
    resident: UUID,
    *,
    now: datetime,
    lifetimes: Lifetimes,
    new_token: Callable[[], str],
    ended: str | None,
    assurance: Assurance,
    new_id: Callable[[], UUID],
    device: Device = NO_DEVICE,
    passkey: UUID | None = None,
) -> str:
    """The new session's token, for the cookie; `ended` is the token this browser had before, which is void now.
    Raises `AccountClosed`."""
    await comes(conn, resident, now)
    if ended:
        await end(conn, ended)
    token = new_token()
    await conn.execute(
        insert(sessions).values(
            token_hash=hashed(token),
            id=new_id(),
            resident=resident,
            identity=assurance.identity,
            authentication=assurance.authentication,
            proved_at=assurance.at,
            method=assurance.method,
            made_at=now,
            seen_at=now,
            expires_at=now + lifetimes.absolute,
            kind=device.kind,
            device_hash=device.hash,
            passkey=passkey,
        )
    )
    return token


async def look_up(db: Database, token: str, *, now: datetime, lifetimes: Lifetimes, keys: KeyRing) -> Visitor | None:
    """Who holds `token`; None: nobody, or the session has ended."""
    times = {"now": now, "idle_since": now - lifetimes.idle, "a_while_ago": now - SEEN_AT_MOST_EVERY}
    (rows,) = await db.answers((_look_up(), {"token_hash": hashed(token), **times}))
    row = next(iter(rows), None)
    if row is None:
        return None
    assurance = Assurance(row.identity, row.authentication, row.proved_at, row.method)
    device = Device(row.kind, row.device_hash)
    is_locked = row.locked_at is not None
    return Visitor(opened(row, keys), row.session, assurance, row.made_at, row.expires_at, device, is_locked)


@cache
def _look_up() -> Question:
    return Question(_LOOK_UP)


async def rise(
    conn: AsyncConnection, token: str, assurance: Assurance, *, now: datetime, new_token: Callable[[], str]
) -> str | None:
    """The session goes on under a new token, resting on `assurance` and unlocked; the old token is void. It ends when
    it would have ended. None: it has ended meanwhile."""
    fresh = new_token()
    risen = update(sessions).where(sessions.c.token_hash == hashed(token), sessions.c.expires_at > now)
    values = {
        "token_hash": hashed(fresh),
        "identity": assurance.identity,
        "authentication": assurance.authentication,
        "proved_at": assurance.at,
        "method": assurance.method,
        "seen_at": now,
        "locked_at": None,
    }
    return fresh if (await conn.execute(risen.values(values))).rowcount else None


async def lock(conn: AsyncConnection, token: str, now: datetime) -> None:
    """Until it rises again, this session opens nothing but the way to prove who she is."""
    await conn.execute(update(sessions).where(sessions.c.token_hash == hashed(token)).values(locked_at=now))


async def listed(conn: AsyncConnection, resident: UUID, *, now: datetime, lifetimes: Lifetimes) -> Sequence[Listed]:
    """Her live sessions, the one last seen first (house door)."""
    table = sessions.c
    live = (table.resident == resident, table.expires_at > now, table.seen_at > now - lifetimes.idle)
    asked = select(table.id, table.kind, table.method, table.made_at, table.seen_at).where(*live)
    return [Listed(*row) for row in await conn.execute(asked.order_by(table.seen_at.desc(), table.id))]


async def end_one(conn: AsyncConnection, resident: UUID, session: UUID) -> bytes | None:
    """The hash of the token that is void now; None: she has no such session."""
    gone = delete(sessions).where(sessions.c.resident == resident, sessions.c.id == session)
    ended: bytes | None = (await conn.execute(gone.returning(sessions.c.token_hash))).scalar()
    return ended


async def end_others(conn: AsyncConnection, resident: UUID, staying: UUID) -> Sequence[bytes]:
    """All of hers but `staying`; the hashes of the tokens that are void now."""
    gone = delete(sessions).where(sessions.c.resident == resident, sessions.c.id != staying)
    return list((await conn.execute(gone.returning(sessions.c.token_hash))).scalars())


async def end(conn: AsyncConnection, token: str) -> UUID | None:
    """Whose session was ended; None: there was none."""
    ended: UUID | None = (
        await conn.execute(
            delete(sessions).where(sessions.c.token_hash == hashed(token)).returning(sessions.c.resident)
        )
    ).scalar()
    return ended
