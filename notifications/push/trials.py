"""「届くか試す」: a push to one phone of hers, that she sees arrive or is told why it did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import Clock, Defer, Open
from notifications.parcel import Fate, Outcome, Parcel
from notifications.push.outcomes import BROKEN
from notifications.tables import contacts, devices, push_trials
from notifications.words import Language

TRY_PUSH = "try_push"
"""args: {"trial": uuid}"""
KEPT = timedelta(days=1)


class Trier(Protocol):
    async def try_out(self, trial: UUID, parcel: Parcel, now: datetime) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Trial:
    """`outcome`: accepted by the push service; gone: it knows the phone no more; refused: it will not take ours;
    unreached: it was not heard. None: not known yet."""

    id: UUID
    outcome: str | None


async def begin(
    conn: AsyncConnection, defer: Defer, *, id: UUID, resident: UUID, endpoint: str, now: datetime
) -> Trial | None:
    """None: she has no such device. House door."""
    hers = select(devices.c.id).where(devices.c.resident == resident, devices.c.endpoint == endpoint)
    device = (await conn.execute(hers)).scalar_one_or_none()
    if device is None:
        return None
    await conn.execute(insert(push_trials).values(id=id, resident=resident, device=device, made_at=now))
    await defer(conn, TRY_PUSH, args={"trial": str(id)})
    return Trial(id, None)


async def of(conn: AsyncConnection, resident: UUID, id: UUID) -> Trial | None:
    """None: she made no such trial, or it is a day old."""
    asked = select(push_trials.c.id, push_trials.c.outcome)
    row = (await conn.execute(asked.where(push_trials.c.id == id, push_trials.c.resident == resident))).one_or_none()
    return None if row is None else Trial(*row)


async def try_out(*, open: Open, clock: Clock, trier: Trier, trial: UUID) -> None:
    """The job. Done again when a worker dies: the phone shows it once, since it has one tag."""
    asked = (
        select(devices.c.id, devices.c.endpoint, devices.c.p256dh, devices.c.auth, contacts.c.language)
        .join_from(push_trials, devices, devices.c.id == push_trials.c.device)
        .outerjoin(contacts, contacts.c.resident == devices.c.resident)
    )
    waiting = asked.where(push_trials.c.id == trial, push_trials.c.outcome.is_(None))
    async with open() as conn:
        row = (await conn.execute(waiting)).one_or_none()
    if row is None:
        return
    parcel = Parcel(row.id, row.endpoint, row.p256dh, row.auth, Language(row.language or "ja"))
    outcome = await trier.try_out(trial, parcel, clock())
    settled = {"outcome": _said(outcome), "settled_at": clock()}
    async with open() as conn:
        await conn.execute(update(push_trials).where(push_trials.c.id == trial).values(**settled))
        if outcome.fate is Fate.GONE:
            await conn.execute(delete(devices).where(devices.c.id == row.id))


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    await conn.execute(delete(push_trials).where(push_trials.c.made_at < now - KEPT))


def _said(outcome: Outcome) -> str:
    if outcome.fate in (Fate.ACCEPTED, Fate.GONE):
        return outcome.fate.value
    return "unreached" if outcome.fate is Fate.LATER and outcome.status not in BROKEN else "refused"
