"""Events as they are kept: one row for each person it concerns, sealed under her key; before she has come, under one of
the event's own."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.family.tables import household_people
from bff.identity.keys import DataKey
from bff.senders.event import CaseStep, Event, digest
from bff.senders.tables import sender_events as kept

SEALED: Final = "sender event"
State = Literal["delivered", "waiting", "expired", "failed", "withdrawn"]


@dataclass(frozen=True)
class Kept:
    """`resident` None: she has not come yet, or it is a trial. `subject`: how she is known; of a trial, as was said."""

    id: UUID
    sender: str
    trial: bool
    name: str
    digest: bytes
    state: State
    resident: UUID | None
    body: bytes | None
    at: datetime
    opened_at: datetime | None
    taken_at: datetime
    subject: bytes
    revision: int
    notice: UUID | None

    def opened(self, key: DataKey) -> Event:
        """Raises Unreadable."""
        event: Event = msgspec.json.decode(key.open(SEALED, self.body or b""), type=Event)
        return event


@dataclass(frozen=True)
class Seals:
    """Keys of this room, all from the house's own secret."""

    secret: bytes

    def waiting(self, id: UUID) -> DataKey:
        """Under which an event lies whose person has not come yet, or is a pretend one."""
        return DataKey(id, hmac.digest(self.secret, b"waiting event|" + id.bytes, "sha256"), secrets.token_bytes)

    def case(self, sender: str, subject: bytes, case: str) -> bytes:
        return hmac.digest(self.secret, f"case|{sender}|{case}|".encode() + subject, "sha256")

    def subject(self, sender: str, subject: str) -> bytes:
        """Of who is known by a number of this sender's own."""
        return hmac.digest(self.secret, f"subject|{sender}|{subject}".encode(), "sha256")


async def alone(conn: AsyncConnection, sender: str, name: str) -> None:
    """Nobody else takes the same event of this sender until this transaction ends."""
    await conn.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{sender}|{name}", 0))))


async def named(conn: AsyncConnection, sender: str, name: str, *, trial: bool) -> Sequence[Kept]:
    own = (kept.c.sender == sender, kept.c.name == name, kept.c.trial == trial)
    return [_kept(row) for row in await conn.execute(select(kept).where(*own).order_by(kept.c.id))]


async def keep(conn: AsyncConnection, key: DataKey, event: Event, **line: object) -> None:
    """`line`: the columns besides."""
    body = key.seal(SEALED, msgspec.json.encode(event))
    await conn.execute(insert(kept).values(body=body, at=event.at, revision=event.revision, **line))


async def revise(conn: AsyncConnection, id: UUID, key: DataKey | None, event: Event) -> None:
    """What is kept of it says `event` from now on, which she has not opened."""
    said = {"digest": digest(event), "revision": event.revision, "at": event.at, "opened_at": None}
    body = key.seal(SEALED, msgspec.json.encode(event)) if key else None
    await conn.execute(update(kept).where(kept.c.id == id).values(**said, body=body))


async def withdraw(conn: AsyncConnection, sender: str, name: str, *, trial: bool) -> None:
    """What it says is forgotten, that it was there is not."""
    own = (kept.c.sender == sender, kept.c.name == name, kept.c.trial == trial)
    await conn.execute(update(kept).where(*own).values(state="withdrawn", body=None))


async def of_case(conn: AsyncConnection, case_key: bytes, resident: UUID) -> Sequence[Kept]:
    own = (kept.c.case_key == case_key, kept.c.resident == resident, kept.c.state != "withdrawn")
    return [_kept(row) for row in await conn.execute(select(kept).where(*own))]


async def steps_of(conn: AsyncConnection, resident: UUID, most: int) -> Sequence[Kept]:
    """All steps of all her cases, the newest first."""
    own = (kept.c.resident == resident, kept.c.case_key.is_not(None), kept.c.state != "withdrawn")
    return [_kept(row) for row in await conn.execute(select(kept).where(*own).order_by(kept.c.at.desc()).limit(most))]


async def come_since(
    conn: AsyncConnection, now: datetime, most: int, after: tuple[UUID, datetime] | None
) -> Sequence[tuple[UUID, datetime]]:
    """House door: events that wait for a person who has an account by now, the one taken first before the others.
    `after`: what the last answer ended with."""
    p = household_people.c
    asked = select(kept.c.id, kept.c.taken_at).where(kept.c.state == "waiting", kept.c.waits_until > now)
    asked = asked.where(kept.c.trial.is_(False), select(p.digest).where(p.digest == kept.c.subject).exists())
    if after is not None:
        asked = asked.where(tuple_(kept.c.taken_at, kept.c.id) > (after[1], after[0]))
    rows = await conn.execute(asked.order_by(kept.c.taken_at, kept.c.id).limit(most))
    return [(row.id, row.taken_at) for row in rows]


async def held(conn: AsyncConnection, id: UUID) -> tuple[Kept, bytes] | None:
    """House door: an event that waits, with how the register knows its person, and nobody else's until this transaction
    ends. None: it waits no more, or another has it."""
    own = select(kept).where(kept.c.id == id, kept.c.state == "waiting").with_for_update(skip_locked=True)
    row = (await conn.execute(own)).first()
    return (_kept(row), row.subject) if row else None


async def expire(conn: AsyncConnection, now: datetime) -> Sequence[Kept]:
    """Nobody came in time: what they say is forgotten, that they were there is not."""
    over = update(kept).where(kept.c.state == "waiting", kept.c.waits_until <= now)
    rows = await conn.execute(over.values(state="expired", body=None).returning(*kept.c))
    return [_kept(row) for row in rows]


async def arrive(conn: AsyncConnection, event: Kept) -> None:
    """The row of who had not come is replaced by those of whom it is told to."""
    await conn.execute(delete(kept).where(kept.c.id == event.id))


async def opened(conn: AsyncConnection, most: int) -> Sequence[Kept]:
    """House door: events whose notice was opened, each once; only those an office sent: what she reads is nothing for a
    company to know."""
    asked = text("""
        UPDATE sender_events AS e SET opened_at = found.opened_at FROM (
            SELECT e.id, a.opened_at FROM sender_events AS e
            JOIN notice_acts AS a ON a.resident = e.resident AND a.notice = e.notice
            WHERE e.opened_at IS NULL AND e.state = 'delivered' AND a.opened_at IS NOT NULL
                AND (e.sender LIKE 'ward:%' OR e.sender LIKE 'school:%')
            LIMIT :most
        ) AS found WHERE e.id = found.id RETURNING e.*
    """)
    return [_kept(row) for row in await conn.execute(asked, {"most": most})]


def is_step(event: Event) -> bool:
    return isinstance(event, CaseStep)


def _kept(row: Any) -> Kept:
    return Kept(
        row.id,
        row.sender,
        row.trial,
        row.name,
        row.digest,
        row.state,
        row.resident,
        row.body,
        row.at,
        row.opened_at,
        row.taken_at,
        row.subject,
        row.revision,
        row.notice,
    )
