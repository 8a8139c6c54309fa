"""Receipts: made of what was sent, sealed at once, stamped as soon as the authority answers, and stamped anew in time.

A job: it prepares (db), acts (network, no transaction), settles (db). A silent authority delays the stamp and nothing
else; what is kept lies under the resident's own key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
from rfc3161_client import decode_timestamp_response
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.applications import store as applications
from bff.applications.application import ANSWERS, Application
from bff.applications.canonical import canonical
from bff.identity.keys import DataKey
from bff.identity.residents import Resident
from bff.signing import bundle, folders, store
from bff.signing.authority import ends_of
from bff.signing.bundle import Bundle
from bff.signing.seal import HouseSeal
from bff.signing.statement import statement_of
from bff.signing.tables import sealed_receipts

MAKE: Final = "make_receipt"
KIND: Final = "receipt"
"""Under which receipts are sealed with the resident's key."""
README: Final = Path(__file__).with_name("readme.txt")
AT_ONCE: Final = 500


@dataclass(frozen=True)
class Receipt:
    """`stamped_at`: null while the time stamp follows. `sealed`: the bundle under the resident's key."""

    application: UUID
    resident: UUID
    sealed: bytes
    sealed_at: datetime
    stamped_at: datetime | None
    stamp_ends: datetime | None

    def packed(self, key: DataKey) -> bytes:
        """The file she keeps."""
        return key.open(KIND, self.sealed)


async def promise(conn: AsyncConnection, application: UUID) -> None:
    """Deferred in the transaction that keeps the application."""
    args = {"application": str(application)}
    await database.defer(conn, MAKE, args=args, lock=f"receipt:{application}")


async def of(conn: AsyncConnection, resident: UUID, application: UUID) -> Receipt | None:
    """This resident's receipt; None: it is being made."""
    mine = (sealed_receipts.c.resident == resident, sealed_receipts.c.application == application)
    row = (await conn.execute(select(sealed_receipts).where(*mine))).first()
    return Receipt(*row) if row else None


async def seal(
    conn: AsyncConnection, resident: Resident, application: UUID, by: HouseSeal, roots: bundle.Roots, now: datetime
) -> Receipt | None:
    """The receipt, made now unless it was made before; None: there is no such application of hers."""
    before = await of(conn, resident.id, application)
    kept = None if before else await applications.whose(conn, application)
    if before is not None or kept is None or kept[0].resident != resident.id:
        return before
    sent, answers = kept
    signed, folder = await store.of_application(conn, application), await folder_of(conn, sent)
    document = canonical_of(sent, resident.key.open(ANSWERS, answers))
    made_now = made(sent, document, signed, by, roots, now, folder=folder)
    values = {
        "application": application,
        "resident": resident.id,
        "bundle": resident.key.seal(KIND, made_now.packed()),
        "sealed_at": now,
    }
    await conn.execute(insert(sealed_receipts).values(**values).on_conflict_do_nothing())
    return await of(conn, resident.id, application)


async def folder_of(conn: AsyncConnection, sent: Application) -> bytes | None:
    """The document that lists it; None: it was sent alone."""
    return await folders.of_application(conn, sent.resident, sent.id, sent.digest) if sent.digest else None


def canonical_of(sent: Application, answers: bytes) -> bytes:
    """The same bytes that her phone made and she signed."""
    return canonical(
        procedure=sent.procedure,
        version=sent.version,
        subject=sent.subject,
        ward=sent.ward,
        answers=msgspec.json.decode(answers, type=dict[str, Any]),
        completed_at=sent.completed_at,
        papers=sent.papers,
    )


def to_stamp(receipt: Receipt, key: DataKey, roots: bytes, now: datetime, before: timedelta) -> bytes | None:
    """What is to be stamped now: the seal, or with an old stamp all that came before; None: nothing is."""
    held = bundle.read(receipt.packed(key))
    if receipt.stamp_ends is None:
        return held.files[bundle.SEAL]
    return held.to_stamp_again(roots)[1] if receipt.stamp_ends - now < before else None


async def keep_stamp(
    conn: AsyncConnection, receipt: Receipt, key: DataKey, token: bytes, roots: bytes, now: datetime
) -> bool:
    """Puts the stamp beside what it is over; False: another worker was first."""
    held = bundle.read(receipt.packed(key))
    stamped = held.stamped(token) if receipt.stamp_ends is None else _again(held, token, roots)
    same = (
        sealed_receipts.c.application == receipt.application,
        sealed_receipts.c.stamp_ends.is_not_distinct_from(receipt.stamp_ends),
    )
    values = {
        "bundle": key.seal(KIND, stamped.packed()),
        "stamped_at": receipt.stamped_at or decode_timestamp_response(token).tst_info.gen_time,
        "stamp_ends": ends_of(token),
    }
    kept = await conn.execute(update(sealed_receipts).where(*same).values(**values))
    return kept.rowcount == 1


async def to_be_stamped(conn: AsyncConnection, now: datetime, before: timedelta) -> Sequence[UUID]:
    """Those without a stamp whose job has given up, and those whose stamp will soon prove nothing any more."""
    ending = or_(
        sealed_receipts.c.stamp_ends < now + before,
        sealed_receipts.c.stamp_ends.is_(None) & (sealed_receipts.c.sealed_at < now - timedelta(days=1)),
    )
    chosen = select(sealed_receipts.c.application).where(ending).order_by(sealed_receipts.c.stamp_ends).limit(AT_ONCE)
    return (await conn.execute(chosen)).scalars().all()


def made(
    sent: Application,
    document: bytes,
    signed: store.Signed | None,
    by: HouseSeal,
    roots: bundle.Roots,
    now: datetime,
    *,
    folder: bytes | None = None,
) -> Bundle:
    """Sealed, and without a stamp yet; `document` are the canonical bytes, `folder` what lists them among others."""
    beside = {bundle.README: README.read_bytes(), bundle.SEAL_ROOTS: roots.seal, bundle.STAMP_ROOTS: roots.stamp}
    if folder is not None:
        beside[bundle.FOLDER] = folder
    statement = statement_of(sent, document, signed, beside, now).written()
    sealed = by.over(document + statement, now)
    files = {bundle.APPLICATION: document, bundle.STATEMENT: statement, bundle.SEAL: sealed, **beside}
    return Bundle(files)


def _again(held: Bundle, token: bytes, roots: bytes) -> Bundle:
    number, _ = held.to_stamp_again(roots)
    return held.stamped_again(number, token, roots)
