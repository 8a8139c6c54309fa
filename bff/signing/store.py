"""Signatures, from her tap to the application that uses one up; every function takes the person or the secret state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.oidc import Start
from bff.identity.sessions import hashed
from bff.signing.ports import Checked, Code, Digest
from bff.signing.tables import folder_parts, signatures

LONGEST = timedelta(minutes=10)
"""From the tap to her coming back: as long as a transaction of the signature API lives."""
UNUSED_IS_KEPT = timedelta(days=1)
"""A signature that no application has used: the phone may be without a network for a while."""


@dataclass(frozen=True)
class Begun:
    """What she is about to sign: for this application, in this session, over this digest."""

    id: UUID
    resident: UUID
    session: UUID
    application: UUID
    digest: Digest
    to_path: str
    made_at: datetime

    def is_over(self, now: datetime) -> bool:
        return now - self.made_at > LONGEST


@dataclass(frozen=True)
class Away:
    """`begun` while she is at the app: what was remembered when she left."""

    begun: Begun
    transaction: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Signed:
    """A signature that holds, and what it is over."""

    id: UUID
    digest: Digest
    checked: Checked


async def begin(conn: AsyncConnection, begun: Begun) -> None:
    await conn.execute(
        insert(signatures).values(
            id=begun.id,
            resident=begun.resident,
            session=begun.session,
            application=begun.application,
            digest_algorithm=begun.digest.algorithm,
            digest=begun.digest.value,
            to_path=begun.to_path,
            made_at=begun.made_at,
            state="begun",
        )
    )


async def begun(conn: AsyncConnection, id: UUID, resident: UUID, session: UUID) -> Begun | None:
    """What this session has begun and not left with yet."""
    mine = (signatures.c.resident == resident, signatures.c.session == session, signatures.c.state == "begun")
    row = (await conn.execute(select(signatures).where(signatures.c.id == id, *mine))).first()
    return _begun(row) if row else None


async def leave(conn: AsyncConnection, id: UUID, transaction: str, start: Start) -> bool:
    """She goes to the app now; False: she has gone already, in another tab."""
    values = {
        "state": "away",
        "transaction": transaction,
        "state_hash": hashed(start.state),
        "nonce": start.nonce,
        "verifier": start.verifier,
    }
    left = await conn.execute(
        update(signatures).where(signatures.c.id == id, signatures.c.state == "begun").values(**values)
    )
    return left.rowcount == 1


async def come_back(conn: AsyncConnection, state: str) -> Away | None:
    """The one this secret state belongs to, which is used up by that; None: unknown, or used already."""
    mine = (signatures.c.state_hash == hashed(state), signatures.c.state == "away")
    row = (await conn.execute(select(signatures).where(*mine).with_for_update())).first()
    if row is None:
        return None
    used = {"state_hash": None, "nonce": None, "verifier": None}
    await conn.execute(update(signatures).where(signatures.c.id == row.id).values(**used))
    return Away(_begun(row), row.transaction, row.nonce, row.verifier)


async def refuse(conn: AsyncConnection, id: UUID, code: Code) -> None:
    await _settle(conn, id, state="refused", refusal=code)


async def keep(conn: AsyncConnection, id: UUID, checked: Checked) -> None:
    """The value and the verifier's word; there is no certificate to be kept."""
    await _settle(
        conn,
        id,
        state="signed",
        algorithm=checked.algorithm,
        value=checked.value,
        verification=checked.verification,
        checked_at=checked.at,
    )


async def use(
    conn: AsyncConnection, id: UUID, resident: UUID, application: UUID, document: Digest, *, again: bool = False
) -> bool:
    """Uses a signature up for the application it was made for; False: there is none such over these bytes, or it is
    used already. `again`: it was made for a folder (`application` is its id), and serves each of its parts."""
    fits = (
        signatures.c.id == id,
        signatures.c.resident == resident,
        signatures.c.application == application,
        signatures.c.digest_algorithm == document.algorithm,
        signatures.c.digest == document.value,
        signatures.c.state.in_(("signed", "used") if again else ("signed",)),
    )
    used = await conn.execute(update(signatures).where(*fits).values(state="used"))
    return used.rowcount == 1


async def algorithm_of(conn: AsyncConnection, id: UUID, resident: UUID) -> str | None:
    """By which digest the document was told to the signature API."""
    mine = (signatures.c.id == id, signatures.c.resident == resident)
    found: str | None = await conn.scalar(select(signatures.c.digest_algorithm).where(*mine))
    return found


async def of_application(conn: AsyncConnection, application: UUID) -> Signed | None:
    """The signature that an application rests on: its own, or that of the folder which lists it."""
    own = signatures.c.application == application
    rests = select(folder_parts.c.signature).where(folder_parts.c.application == application)
    used: tuple[ColumnElement[bool], ...] = (own | signatures.c.id.in_(rests), signatures.c.state == "used")
    row = (await conn.execute(select(signatures).where(*used).order_by(own.desc()).limit(1))).first()
    if row is None:
        return None
    checked = Checked(row.algorithm, row.value, row.verification, row.checked_at)
    return Signed(row.id, Digest(row.digest_algorithm, row.digest), checked)


async def forget_unused(conn: AsyncConnection, now: datetime) -> None:
    """What no application rests on."""
    old = (signatures.c.state != "used", signatures.c.made_at < now - UNUSED_IS_KEPT)
    await conn.execute(delete(signatures).where(*old))


async def _settle(conn: AsyncConnection, id: UUID, **values: object) -> None:
    await conn.execute(update(signatures).where(signatures.c.id == id, signatures.c.state != "used").values(**values))


def _begun(row: object) -> Begun:
    values = {name: getattr(row, name) for name in Begun.__dataclass_fields__ if name != "digest"}
    return Begun(**values, digest=Digest(row.digest_algorithm, row.digest))  # type: ignore[attr-defined]
