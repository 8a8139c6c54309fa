"""A notice to people whom the house names one by one, as the guardians of a class; who comes to them later, and who of
them has opened it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import Defer
from notifications.notice import Notice
from notifications.post.publish import publish
from notifications.post.snapshot import snapshot_of
from notifications.tables import contacts, notice_acts, snapshots


async def to_people(conn: AsyncConnection, defer: Defer, notice: Notice, residents: Collection[UUID]) -> bool:
    """House door, in the caller's transaction. False: there is one of its id, and nothing is changed."""
    numbers = select(contacts.c.number).where(contacts.c.resident.in_(list(residents)))
    return await publish(conn, defer, notice, BitMap((await conn.execute(numbers)).scalars()))


async def came_later(conn: AsyncConnection, told: Mapping[UUID, Collection[UUID]]) -> None:
    """House door, as late in a transaction as may be: each notice lies in the inboxes of these people too from now on,
    and what corrects it reaches them. No phone rings for it. Passed over is what goes out in stages, was stopped, or
    lies nowhere any more."""
    # All of them are held before the first is changed: whoever changes one waits for the serials (`in_order`) next.
    held = select(snapshots).where(snapshots.c.notice.in_(list(told))).order_by(snapshots.c.notice).with_for_update()
    for row in (await conn.execute(held)).all():
        if row.stages or row.stopped_at is not None:
            continue
        numbers = select(contacts.c.number).where(contacts.c.resident.in_(list(told[row.notice])))
        members = BitMap(snapshot_of(row).members)
        fresh = BitMap((await conn.execute(numbers)).scalars()) - members
        if fresh:
            members |= fresh
            members.run_optimize()
            changed = {"members": members.serialize(), "size": len(members)}
            await conn.execute(update(snapshots).where(snapshots.c.notice == row.notice).values(**changed))


async def opened(conn: AsyncConnection, notice: UUID, revision: int = 1) -> Mapping[UUID, datetime]:
    """Who has opened this revision or a later one, and when first."""
    acts = (
        select(notice_acts.c.resident, notice_acts.c.opened_at)
        .where(notice_acts.c.notice == notice, notice_acts.c.opened_at.is_not(None), notice_acts.c.ward.is_not(None))
        .where(notice_acts.c.revision >= revision)
    )
    return {row.resident: row.opened_at for row in await conn.execute(acts)}
