"""Passkeys as they are kept: each of one resident or one official."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.attempts import Realm
from bff.identity.tables import passkeys, sessions

MOST = 10
LONGEST_NAME = 60


@dataclass(frozen=True)
class Owner:
    """Whose it is: a resident's id in the realm `resident`, an official's in `staff`."""

    realm: Realm
    id: UUID


@dataclass(frozen=True)
class Passkey:
    """`identity`: how surely its owner was known when it was bound, and `bound_by` by what; `backed_up`: it lives in
    an account of hers (a synced passkey), not in one device alone."""

    id: UUID
    owner: Owner
    credential: bytes
    public_key: bytes
    sign_count: int
    backup_eligible: bool
    backed_up: bool
    transports: tuple[str, ...]
    name: str
    identity: int
    bound_by: str
    made_at: datetime
    used_at: datetime | None


async def listed(conn: AsyncConnection, owner: Owner) -> Sequence[Passkey]:
    """Oldest first."""
    rows = await conn.execute(select(passkeys).where(_of(owner)).order_by(passkeys.c.made_at, passkeys.c.id))
    return [_passkey(row) for row in rows]


async def found(conn: AsyncConnection, credential: bytes) -> Passkey | None:
    """Held until the transaction ends, so that of two uses of one count only one is the next."""
    row = (await conn.execute(select(passkeys).where(passkeys.c.credential == credential).with_for_update())).first()
    return _passkey(row) if row else None


async def keep(conn: AsyncConnection, passkey: Passkey) -> None:
    """Raises `IntegrityError` when the credential is kept already, whoever's it is."""
    whose = "resident" if passkey.owner.realm == "resident" else "official"
    values = {column.name: getattr(passkey, column.name) for column in passkeys.c if hasattr(passkey, column.name)}
    await conn.execute(insert(passkeys).values(values | {whose: passkey.owner.id, "transports": [*passkey.transports]}))


async def used(conn: AsyncConnection, passkey: UUID, *, sign_count: int, backed_up: bool, now: datetime) -> None:
    values = {"sign_count": sign_count, "backed_up": backed_up, "used_at": now}
    await conn.execute(update(passkeys).where(passkeys.c.id == passkey).values(values))


async def rename(conn: AsyncConnection, owner: Owner, passkey: UUID, name: str) -> bool:
    """False: there is none such of hers. `name` is 1 to `LONGEST_NAME` characters."""
    renamed = update(passkeys).where(_of(owner), passkeys.c.id == passkey).values(name=name)
    return (await conn.execute(renamed)).rowcount > 0


async def revoke(conn: AsyncConnection, owner: Owner, passkey: UUID, *, staying: bytes | None = None) -> bool:
    """It opens nothing any more, and a resident's sessions that it opened end, but for the one with the hash
    `staying`; an official's sessions do not rest on it alone. False: there is none such of hers."""
    if owner.realm == "resident":
        others = delete(sessions).where(sessions.c.passkey == passkey, sessions.c.resident == owner.id)
        await conn.execute(others.where(sessions.c.token_hash != staying) if staying else others)
    return (await conn.execute(delete(passkeys).where(_of(owner), passkeys.c.id == passkey))).rowcount > 0


def _of(owner: Owner) -> ColumnElement[bool]:
    return (passkeys.c.resident if owner.realm == "resident" else passkeys.c.official) == owner.id


def _passkey(row: Row[*tuple[Any, ...]]) -> Passkey:
    owner = Owner("resident", row.resident) if row.resident else Owner("staff", row.official)
    return Passkey(
        id=row.id,
        owner=owner,
        credential=row.credential,
        public_key=row.public_key,
        sign_count=row.sign_count,
        backup_eligible=row.backup_eligible,
        backed_up=row.backed_up,
        transports=tuple(row.transports),
        name=row.name,
        identity=row.identity,
        bound_by=row.bound_by,
        made_at=row.made_at,
        used_at=row.used_at,
    )
