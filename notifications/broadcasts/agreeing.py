"""From a draft to what is on its way: asked for, agreed to by as many as its risk wants, and handed to the sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience.bitmaps import Bitmaps
from notifications.audience.sql import people
from notifications.broadcasts import likeness, senders, settled
from notifications.broadcasts.read import broadcast_of
from notifications.broadcasts.rows import (
    locked,
    move,
    must_be,
    must_be_fit,
    must_be_ones_own,
    must_have,
)
from notifications.broadcasts.settled import Risk, Settled
from notifications.broadcasts.tables import approvals
from notifications.broadcasts.terms import (
    APPROVER,
    EDITOR,
    SCHOOL,
    Alike,
    Broadcast,
    Changed,
    Denied,
    Official,
    State,
)
from notifications.fitness import Forbidden
from notifications.jobs import COME_ROUND, EXPAND_BROADCAST, Defer, day_in_japan
from notifications.notice import Kind


@dataclass(frozen=True, slots=True)
class Weighed:
    """`needed`: how many must agree. `people`: exact, so for this decision alone and for no page."""

    risk: Risk
    needed: int
    people: int


async def ask_approval(
    conn: AsyncConnection,
    defer: Defer,
    *,
    broadcast: UUID,
    by: Official,
    now: datetime,
    forbidden: Forbidden,
    knowingly: frozenset[UUID] = frozenset(),
) -> Broadcast:
    """Waits for approval; where its risk asks for none it is approved in the same moment. `knowingly`: like ones that
    the writer has seen.

    Raises Alike, Denied (other_school, role), DraftRefused (its last day has passed meanwhile), NotThere, WrongState.
    """
    must_have(by, EDITOR, SCHOOL)
    line = await locked(conn, broadcast, by)
    must_be_ones_own(line, by)
    must_be(line, State.DRAFT)
    must_be_fit(broadcast_of(line), now, forbidden)
    like = await likeness.like_it(
        conn, by.ward, than=line.series or broadcast, text=line.title["ja"] + line.body["ja"], now=now
    )
    if like is not None and like.id not in {*knowingly, *line.knowingly}:
        raise Alike(like)
    weighed = await weigh(conn, broadcast_of(line), now)
    seen = sorted({*line.knowingly, *([like.id] if like else [])})
    asked = await move(
        conn, line, by, State.AWAITING_APPROVAL, now, {"approvals_needed": weighed.needed, "knowingly": seen}
    )
    if weighed.needed:
        return asked
    return await _release(conn, defer, await locked(conn, broadcast, by), by, now, {})


async def approve(
    conn: AsyncConnection,
    defer: Defer,
    *,
    broadcast: UUID,
    version: int,
    by: Official,
    now: datetime,
    forbidden: Forbidden,
) -> Broadcast:
    """One more agrees; with the last of them it is approved, and the job to send it deferred, in one. `version`: the
    one she read. Twice by the same: once.

    Raises Denied (role, own_broadcast, twice), Changed, DraftRefused, NotThere and WrongState.
    """
    must_have(by, APPROVER)
    line = await locked(conn, broadcast, by)
    is_out = line.state in (State.APPROVED, State.SENDING, State.SENT)
    if is_out and line.version == version and await has_agreed(conn, broadcast, version, by.id):
        return broadcast_of(line)
    if line.author == by.id:
        raise Denied("own_broadcast")
    must_be(line, State.AWAITING_APPROVAL)
    if line.version != version:
        raise Changed
    must_be_fit(broadcast_of(line), now, forbidden)
    if not await agrees(conn, line, line.version, by, now):
        raise Denied("twice")
    needed = max(line.approvals_needed, (await weigh(conn, broadcast_of(line), now)).needed)
    missing = needed - len(await approvers(conn, broadcast, version))
    if missing > 0:
        return await move(
            conn, line, by, State.AWAITING_APPROVAL, now, {"approvals_needed": needed}, aside=f"承認（あと{missing}人）"
        )
    approved = {"approver": by.id, "approver_name": by.name, "approvals_needed": needed}
    return await _release(conn, defer, line, by, now, approved)


async def has_agreed(conn: AsyncConnection, broadcast: UUID, version: int, who: str) -> bool:
    kept = approvals.c
    asked = select(kept.who).where(kept.broadcast == broadcast, kept.version == version, kept.who == who)
    return (await conn.execute(asked)).first() is not None


async def approvers(conn: AsyncConnection, broadcast: UUID, version: int) -> tuple[str, ...]:
    """The names of who has agreed to this version, in their order."""
    kept = approvals.c
    asked = select(kept.who_name).where(kept.broadcast == broadcast, kept.version == version).order_by(kept.at)
    return tuple((await conn.execute(asked)).scalars())


async def weigh(conn: AsyncConnection, told: Broadcast, now: datetime, bitmaps: Bitmaps | None = None) -> Weighed:
    """Ward door: by whom and to how many it would go today. `bitmaps`: what this process knows of wards, for a page."""
    rules: Settled = await settled.of_ward(conn, told.ward)
    today = day_in_japan(now)
    if bitmaps is None:
        count = await people(conn, told.audience, today)
    else:
        count = len(await bitmaps.members(conn, told.audience, today))
    found = settled.risk(rules, Kind(told.kind), count, of_school=told.school is not None)
    return Weighed(found, settled.approvals(rules, found), count)


async def agrees(conn: AsyncConnection, line: Row[Any], version: int, by: Official, now: datetime) -> bool:
    """False: she has agreed to this version already. Below nought: of a correction (`correcting`)."""
    agreed = {"broadcast": line.id, "version": version, "who": by.id, "who_name": by.name, "ward": line.ward}
    wish = insert(approvals).values(**agreed, at=now).on_conflict_do_nothing().returning(approvals.c.who)
    return (await conn.execute(wish)).first() is not None


async def _release(
    conn: AsyncConnection, defer: Defer, line: Row[Any], by: Official, now: datetime, approved: Mapping[str, object]
) -> Broadcast:
    """On its way, at its time; a new sender's goes to those who try it out."""
    rules = await settled.of_ward(conn, line.ward)
    trial = await senders.is_on_trial(conn, rules, line.ward, line.author)
    if trial:
        who = {"who": line.author, "who_name": line.author_name, "school": line.school}
        await senders.tried(conn, ward=line.ward, **who)
    done = await move(conn, line, by, State.APPROVED, now, {"trial": trial, **approved})
    await send_at(conn, defer, done)
    return done


async def send_at(conn: AsyncConnection, defer: Defer, told: Broadcast) -> None:
    """The job that sends it, and where it comes round the one that makes the next."""
    args = {"broadcast": str(told.id)}
    await defer(conn, EXPAND_BROADCAST, args=args, at=told.plan.begins_at)
    if told.plan.every is not None:
        await defer(conn, COME_ROUND, args=args, at=told.plan.begins_at)
