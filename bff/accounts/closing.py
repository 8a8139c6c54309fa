"""She has died: her ward closes her account. One official asks with a case number, another decides.

From then on nobody is let in, sessions end, nothing is pushed, whatever she agreed to ends; her mandates are ended by
the job `ACCOUNT_CLOSED`, promised in the same transaction. What is held stays for as long as the ward says, then it is
erased as any account. A mistake is undone by two people as well.
"""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db
from bff.accounts import erasing
from bff.accounts.desk import By
from bff.accounts.tables import closures, desk_codes
from bff.applications import store as applications
from bff.connectors.sectors import of_ward
from bff.identity.pairwise import Pairwise
from bff.identity.tables import residents

ACCOUNT_CLOSED: Final = "account_closed"
SHOWN: Final = 30


@dataclass(frozen=True)
class Closure:
    """`outcome` None: it waits for the second person."""

    id: UUID
    resident: UUID
    ward: str
    case_number: str
    kept_days: int
    asked_by: UUID
    asked_name: str
    asked_at: datetime
    decided_by: UUID | None
    decided_name: str | None
    decided_at: datetime | None
    outcome: str | None
    reopened_by: UUID | None
    reopened_name: str | None
    reopened_at: datetime | None

    @property
    def state(self) -> str:
        return "reopened" if self.reopened_at else self.outcome or "asked"


_columns = tuple(closures.c[name] for name in Closure.__dataclass_fields__)


async def meant(conn: AsyncConnection, ward: str, said: str, pairwise: Pairwise) -> UUID | None:
    """Whom the ward means: by the receipt of an application it got, the number of a desk registration, or the id it
    knows her by. The last is not to be turned round, so each of the ward's residents is tried (house door)."""
    if said.startswith("KM-"):
        sent = await applications.by_receipt(conn, said)
        return sent.resident if sent and sent.ward == ward else None
    if said.startswith("D-"):
        hers = select(desk_codes.c.resident).where(desk_codes.c.number == said, desk_codes.c.ward == ward)
        return (await conn.execute(hers.limit(1))).scalar()
    rows = (await conn.execute(select(residents.c.id, residents.c.pairwise).where(residents.c.ward == ward))).all()
    return await asyncio.to_thread(_known_as, rows, ward, said, pairwise)


async def ask(
    conn: AsyncConnection, id: UUID, resident: UUID, *, case: str, kept_days: int, by: By, now: datetime
) -> Closure | None:
    """None: it is closed, or waits to be decided already (house door)."""
    standing = (closures.c.resident == resident, closures.c.outcome.is_(None))
    is_open = select(residents.c.id).where(residents.c.id == resident, residents.c.closed_at.is_(None))
    if (await conn.execute(is_open.with_for_update())).first() is None:
        return None
    if (await conn.execute(select(closures.c.id).where(*standing))).first():
        return None
    asked = {"asked_by": by.id, "asked_name": by.name, "asked_at": now, "case_number": case, "kept_days": kept_days}
    values = {"id": id, "resident": resident, "ward": by.ward, **asked}
    return _closure((await conn.execute(insert(closures).values(values).returning(*_columns))).one())


async def decide(conn: AsyncConnection, kept: Closure, *, by: By, agreed: bool, now: datetime) -> bool:
    """The second person's word; False: it was decided already, or by who asked (house door)."""
    if by.id == kept.asked_by:
        return False
    said = {
        "decided_by": by.id,
        "decided_name": by.name,
        "decided_at": now,
        "outcome": "closed" if agreed else "refused",
    }
    waits = (closures.c.id == kept.id, closures.c.outcome.is_(None))
    done = (await conn.execute(update(closures).where(*waits).values(said))).rowcount > 0
    if done and agreed:
        await closed(conn, kept.resident, kept_days=kept.kept_days, now=now)
    return done


async def closed(conn: AsyncConnection, resident: UUID, *, kept_days: int, now: datetime) -> None:
    """The account itself, in the caller's transaction (house door)."""
    ends = {"closed_at": now, "erase_asked_at": now, "erase_at": now + timedelta(days=kept_days)}
    await conn.execute(update(residents).where(residents.c.id == resident).values(ends))
    await erasing.leave(conn, resident)
    stop = text("UPDATE grants SET ended_at = greatest(:now, given_at) WHERE resident = :resident AND ended_at IS NULL")
    await conn.execute(stop, {"now": now, "resident": resident})
    for table in ("contacts", "passkeys"):
        await conn.execute(text(f"DELETE FROM {table} WHERE resident = :resident"), {"resident": resident})  # noqa: S608
    await db.defer(conn, ACCOUNT_CLOSED, args={"resident": str(resident)}, lock=f"account:{resident}")


async def reopen(conn: AsyncConnection, kept: Closure, *, by: By, why: str, now: datetime) -> bool:
    """It was a mistake: she may log in again. Not by who decided it; False: it is not closed (house door)."""
    if kept.state != "closed" or by.id == kept.decided_by:
        return False
    said = {"reopened_by": by.id, "reopened_name": by.name, "reopened_at": now, "reopened_why": why}
    still = (closures.c.id == kept.id, closures.c.reopened_at.is_(None))
    if not (await conn.execute(update(closures).where(*still).values(said))).rowcount:
        return False
    again = {"closed_at": None, "erase_asked_at": None, "erase_at": None}
    await conn.execute(update(residents).where(residents.c.id == kept.resident).values(again))
    return True


async def newest(conn: AsyncConnection, ward: str) -> list[Closure]:
    rows = select(*_columns).where(closures.c.ward == ward).order_by(closures.c.asked_at.desc()).limit(SHOWN)
    return [_closure(row) for row in await conn.execute(rows)]


async def one(conn: AsyncConnection, ward: str, id: UUID) -> Closure | None:
    row = (await conn.execute(select(*_columns).where(closures.c.id == id, closures.c.ward == ward))).first()
    return _closure(row) if row else None


def _known_as(rows: Any, ward: str, said: str, pairwise: Pairwise) -> UUID | None:
    """In a thread: a ward has up to a million residents."""
    wanted, sector = said.removeprefix("JP-").lower(), of_ward(ward)
    for row in rows:
        if hmac.compare_digest(pairwise.id_for(row.id, sector, row.pairwise), wanted):
            return row.id  # type: ignore[no-any-return]
    return None


def _closure(row: Row[Any]) -> Closure:
    return Closure(**row._asdict())
