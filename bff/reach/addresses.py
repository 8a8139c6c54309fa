"""Her e-mail address and mobile number: sealed, and nothing is sent to them until she has shown that they are hers."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.keys import KeyRing, WrappedKey
from bff.identity.residents import Resident
from bff.identity.tables import residents
from bff.reach.tables import reach_addresses as kept

Kind = Literal["email", "sms"]
State = Literal["asked", "confirmed", "stopped", "bounced"]
SEALED: Final = "reach address"
LINK_LIVES: Final = timedelta(hours=24)
CODE_LIVES: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5


@dataclass(frozen=True)
class Kept:
    """`state`: only what is `confirmed` is written to. `bounced`: there is no such mailbox or number any more."""

    id: UUID
    kind: Kind
    address: str
    state: State
    asked_at: datetime


async def ask(
    conn: AsyncConnection, who: Resident, kind: Kind, address: str, *, id: UUID, now: datetime, code: str = ""
) -> Kept:
    """What waited to be proved before is forgotten and its links are dead at once; what is in use stays so until this
    one is proved. `code`: what she will type in, for a number."""
    waits = kept.c.confirmed_at.is_(None)
    ended = ~waits & (kept.c.stopped_at.is_not(None) | kept.c.bounced_at.is_not(None))
    await conn.execute(delete(kept).where(kept.c.resident == who.id, kept.c.kind == kind, ended))
    values = {
        "id": id,
        "address": who.key.seal(SEALED, address.encode()),
        "code_hash": hashed(id, code) if code else None,
        "asked_at": now,
        "bounced_at": None,
        "tries": 0,
    }
    made = insert(kept).values(resident=who.id, kind=kind, **values)
    one = [kept.c.resident, kept.c.kind]
    await conn.execute(made.on_conflict_do_update(index_elements=one, index_where=waits, set_=values))
    return Kept(id, kind, address, "asked", now)


async def of(conn: AsyncConnection, who: Resident) -> Sequence[Kept]:
    """Of each kind what is in use before what waits to be proved."""
    ordered = (kept.c.kind, kept.c.confirmed_at.is_(None))
    rows = await conn.execute(select(kept).where(kept.c.resident == who.id).order_by(*ordered))
    return [_kept(row, who.key.open(SEALED, row.address).decode()) for row in rows]


async def by_id(conn: AsyncConnection, id: UUID) -> tuple[UUID, Kind, datetime, State] | None:
    """House door: whose it is, without opening it; for links, which carry no login."""
    row = (await conn.execute(select(kept).where(kept.c.id == id))).first()
    return (row.resident, row.kind, row.asked_at, _state(row)) if row else None


async def confirm(conn: AsyncConnection, id: UUID, now: datetime) -> bool:
    """By the link that was sent there; again is the same. False: too late, or another address has taken its place."""
    own = (kept.c.id == id, kept.c.asked_at > now - LINK_LIVES, kept.c.stopped_at.is_(None))
    row = (await conn.execute(select(kept).where(*own).with_for_update())).first()
    if row is not None:
        await _use(conn, row, now)
    return row is not None


async def confirm_by_code(conn: AsyncConnection, resident: UUID, code: str, now: datetime) -> bool:
    """Each try counts, right or wrong; after MOST_TRIES the number is to be asked for anew."""
    own = (kept.c.resident == resident, kept.c.kind == "sms", kept.c.tries < MOST_TRIES)
    waits = (kept.c.confirmed_at.is_(None), kept.c.asked_at > now - CODE_LIVES)
    tried = update(kept).where(*own, *waits).values(tries=kept.c.tries + 1).returning(*kept.c)
    row = (await conn.execute(tried)).first()
    if row is None or not hmac.compare_digest(row.code_hash or b"", hashed(row.id, code)):
        return False
    await _use(conn, row, now)
    return True


async def _use(conn: AsyncConnection, row: Any, now: datetime) -> None:
    """In place of what was in use before."""
    same = (kept.c.resident == row.resident, kept.c.kind == row.kind)
    await conn.execute(delete(kept).where(*same, kept.c.id != row.id, kept.c.confirmed_at.is_not(None)))
    changed = {"confirmed_at": now, "bounced_at": None, "code_hash": None}
    await conn.execute(update(kept).where(kept.c.id == row.id).values(**changed))


async def forget(conn: AsyncConnection, resident: UUID, kind: Kind) -> bool:
    gone = await conn.execute(delete(kept).where(kept.c.resident == resident, kept.c.kind == kind))
    return gone.rowcount > 0


async def stop(conn: AsyncConnection, id: UUID, now: datetime) -> bool:
    """House door, by the link under a letter (RFC 8058); again is the same."""
    ended = update(kept).where(kept.c.id == id).values(stopped_at=now)
    return (await conn.execute(ended)).rowcount == 1


async def bounced(conn: AsyncConnection, ids: Sequence[UUID], now: datetime) -> int:
    """House door: nobody is there. How many were not known to be gone."""
    if not ids:
        return 0
    gone = update(kept).where(kept.c.id.in_(ids), kept.c.bounced_at.is_(None)).values(bounced_at=now)
    return (await conn.execute(gone)).rowcount


async def confirmed(conn: AsyncConnection, whom: Sequence[UUID], kind: Kind, keys: KeyRing) -> Mapping[UUID, Kept]:
    """House door, at the moment of sending: the addresses of these residents that may be written to."""
    mine = select(kept, residents.c.key_id, residents.c.data_key).join(residents, residents.c.id == kept.c.resident)
    holds = (kept.c.confirmed_at.is_not(None), kept.c.stopped_at.is_(None), kept.c.bounced_at.is_(None))
    rows = await conn.execute(mine.where(kept.c.resident.in_(whom), kept.c.kind == kind, *holds))
    found = {}
    for row in rows:
        key = keys.open(row.resident, WrappedKey(row.key_id, row.data_key))
        found[row.resident] = _kept(row, key.open(SEALED, row.address).decode())
    return found


async def forget_unconfirmed(conn: AsyncConnection, now: datetime) -> int:
    """What nobody said was hers within the life of the link is no address of ours to keep."""
    old = delete(kept).where(kept.c.confirmed_at.is_(None), kept.c.asked_at < now - LINK_LIVES)
    return (await conn.execute(old)).rowcount


def hashed(id: UUID, code: str) -> bytes:
    return sha256(b"reach code\0" + id.bytes + code.encode()).digest()


def _kept(row: Any, address: str) -> Kept:
    return Kept(row.id, row.kind, address, _state(row), row.asked_at)


def _state(row: Any) -> State:
    if row.stopped_at is not None:
        return "stopped"
    if row.bounced_at is not None:
        return "bounced"
    return "asked" if row.confirmed_at is None else "confirmed"
