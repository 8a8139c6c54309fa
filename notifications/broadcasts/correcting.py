"""After it was sent: taken back by one, since harm is stopped at once; corrected by its writer and as many others as
its sending needed, an emergency by two. Either reaches exactly those who got it, as a new revision in the place of the
old, and what of its series waits to go out.

Who has agreed stands with those who agreed to its versions, the first correction as version -1, the next as -2."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.broadcasts import series
from notifications.broadcasts.acts import reason
from notifications.broadcasts.agreeing import agrees
from notifications.broadcasts.read import broadcast_of
from notifications.broadcasts.rows import locked, move, must_be, must_be_fit, must_be_ones_own, must_have
from notifications.broadcasts.tables import approvals, corrections
from notifications.broadcasts.terms import (
    APPROVER,
    EDITOR,
    SCHOOL,
    Broadcast,
    Changed,
    Denied,
    Draft,
    NotThere,
    Official,
    State,
    WrongState,
)
from notifications.broadcasts.told import told_on
from notifications.fitness import Forbidden
from notifications.jobs import Defer, day_in_japan
from notifications.notice import Kind
from notifications.post import publish
from notifications.post.keeping import Texts
from notifications.rows import text_to_json
from notifications.words import Text


@dataclass(frozen=True, slots=True)
class Correction:
    """`revision`: the one it was written over."""

    id: UUID
    broadcast: UUID
    revision: int
    title: Text
    body: Text
    why: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who has agreed to the correction that waits, in their order, and how many must."""

    names: tuple[str, ...]
    ids: frozenset[str]
    needed: int

    @property
    def missing(self) -> int:
        return self.needed - len(self.names)


async def waiting(conn: AsyncConnection, broadcast: UUID) -> Correction | None:
    """Ward door: the one that nobody has decided about."""
    kept = corrections.c
    asked = select(corrections).where(kept.broadcast == broadcast, kept.decided_at.is_(None))
    row = (await conn.execute(asked)).one_or_none()
    return None if row is None else _correction(row)


async def of_id(conn: AsyncConnection, broadcast: UUID, id: UUID) -> Correction | None:
    """Ward door: decided about or not."""
    kept = corrections.c
    row = (await conn.execute(select(corrections).where(kept.broadcast == broadcast, kept.id == id))).one_or_none()
    return None if row is None else _correction(row)


async def since(conn: AsyncConnection, broadcast: UUID, revision: int) -> tuple[Correction, ...]:
    """Ward door: those that were agreed to over this revision or a later one."""
    kept = corrections.c
    asked = select(corrections).where(kept.broadcast == broadcast, kept.revision >= revision, kept.agreed.is_(True))
    return tuple(_correction(row) for row in await conn.execute(asked.order_by(kept.revision)))


async def agreement(conn: AsyncConnection, told: Broadcast) -> Agreement:
    """Ward door: to its latest correction."""
    kept = approvals.c
    asked = select(kept.who, kept.who_name).where(kept.broadcast == told.id, kept.version == await _nth(conn, told.id))
    rows = (await conn.execute(asked.order_by(kept.at))).all()
    needed = max(told.approvals_needed, 2 if told.kind is Kind.EMERGENCY else 1)
    return Agreement(tuple(row.who_name for row in rows), frozenset(row.who for row in rows), needed)


async def propose(
    conn: AsyncConnection,
    *,
    id: UUID,
    broadcast: UUID,
    revision: int,
    title: Text,
    body: Text,
    why: str,
    by: Official,
    now: datetime,
    forbidden: Forbidden,
) -> Correction:
    """`revision`: the one its writer had before her. The same again by the same: once.

    Raises Denied (role, other_school), DraftRefused, NoteMissing, NoteRefused, NotThere, Changed (it was corrected
    meanwhile, or another waits) and WrongState (not sent, or taken back)."""
    must_have(by, EDITOR, SCHOOL)
    line = await _sent(conn, broadcast, by)
    must_be_ones_own(line, by)
    if line.revision != revision:
        raise Changed
    told = broadcast_of(line)
    ahead = told.act_by if told.act_by is not None and told.act_by >= day_in_japan(now) else None
    must_be_fit(Draft(told.kind, told.sender, title, body, told.audience, ahead, told.about), now, forbidden)
    found = {"id": id, "broadcast": broadcast, "ward": line.ward, "school": line.school, "revision": line.revision}
    found |= {"title": text_to_json(title), "body": text_to_json(body), "why": reason(why, forbidden)}
    wish = insert(corrections).values(**found, by=by.id, by_name=by.name, at=now).on_conflict_do_nothing()
    row = (await conn.execute(wish.returning(corrections))).one_or_none()
    if row is not None:
        return _correction(row)
    there = await waiting(conn, broadcast)
    if there is None or (there.by, there.title, there.body, there.why) != (by.id, title, body, found["why"]):
        raise Changed
    return there


async def decide(
    conn: AsyncConnection, defer: Defer, *, correction: UUID, by: Official, agreed: bool, now: datetime
) -> Broadcast:
    """House door. The last who must agree makes it told in the same transaction; the first who refuses ends it. The
    same twice by who has decided: once.

    Raises Denied (role, own_broadcast, twice), Changed (it was corrected or decided meanwhile), NotThere, WrongState.
    """
    must_have(by, APPROVER)
    asked = select(corrections).where(corrections.c.id == correction, corrections.c.ward == by.ward)
    row = (await conn.execute(asked)).one_or_none()
    if row is None:
        raise NotThere
    if row.by == by.id:
        raise Denied("own_broadcast")
    line = await _sent(conn, row.broadcast, by)
    row = (await conn.execute(asked)).one()  # the broadcast is held first, as by who takes it back at the same moment
    if row.decided_at is not None and (row.decided_by, row.agreed) == (by.id, agreed):
        return broadcast_of(line)
    if row.decided_at is not None or (agreed and row.revision != line.revision):
        raise Changed
    state = State(line.state)
    if not agreed:
        await _settle(conn, row, by, now, agreed=False)
        return await move(conn, line, by, state, now, {}, aside=f"訂正を認めない（{row.by_name}の依頼）")
    if not await agrees(conn, line, await _nth(conn, line.id), by, now):
        raise Denied("twice")
    missing = (await agreement(conn, broadcast_of(line))).missing
    if missing > 0:
        return await move(conn, line, by, state, now, {}, aside=f"訂正に同意（あと{missing}人）")
    await _settle(conn, row, by, now, agreed=True)
    return await _correct(conn, defer, line, row, by, now)


async def _settle(conn: AsyncConnection, row: Row[Any], by: Official, now: datetime, *, agreed: bool) -> None:
    decided = {"decided_at": now, "decided_by": by.id, "decided_by_name": by.name, "agreed": agreed}
    await conn.execute(update(corrections).where(corrections.c.id == row.id).values(**decided))


async def _correct(
    conn: AsyncConnection, defer: Defer, line: Row[Any], row: Row[Any], by: Official, now: datetime
) -> Broadcast:
    """Its gaps are filled in for who reads it; the broadcast keeps them, for its next correction and its next round."""
    read = told_on(replace(broadcast_of(line), title=Text(**row.title), body=Text(**row.body)), line.sent_on)
    await publish.revise(conn, defer, line.id, Texts(read.title, read.body), row.why, now=now)
    texts = {"title": row.title, "body": row.body}
    await series.correct(conn, line, by, texts, now)
    return await move(conn, line, by, State(line.state), now, texts, aside=f"訂正（{row.by_name}の依頼）: {row.why}")


async def _nth(conn: AsyncConnection, broadcast: UUID) -> int:
    """Of its latest correction, as a version of who agrees."""
    asked = select(func.count()).select_from(corrections).where(corrections.c.broadcast == broadcast)
    return -int((await conn.execute(asked)).scalar_one())


async def recall(
    conn: AsyncConnection,
    defer: Defer,
    *,
    broadcast: UUID,
    by: Official,
    note: str,
    now: datetime,
    forbidden: Forbidden,
    ends_series: bool = True,
) -> Broadcast:
    """House door. Any official of the ward, or of the school whose it is; nothing more goes out, and who has it reads
    that it was taken back. Twice: once. `ends_series`: nor do the rounds that wait to come after it.

    Raises NoteMissing, NoteRefused, NotThere and WrongState.
    """
    line = await locked(conn, broadcast, by)
    if line.recalled_at is not None:
        return broadcast_of(line)
    must_be(line, State.SENDING, State.SENT, State.STOPPED)
    if line.sent_at is None:
        raise WrongState(State(line.state))
    why = reason(note, forbidden)
    await publish.recall(conn, defer, line.id, why, now=now)
    if ends_series:
        await series.end(conn, line, by, why, now)
    state = State.STOPPED if line.state == State.SENDING else State(line.state)
    await conn.execute(
        update(corrections)
        .where(corrections.c.broadcast == broadcast, corrections.c.decided_at.is_(None))
        .values(decided_at=now, agreed=False)
    )
    return await move(conn, line, by, state, now, {"note": why}, aside=f"取り消し: {why}")


async def _sent(conn: AsyncConnection, broadcast: UUID, by: Official) -> Row[Any]:
    line = await locked(conn, broadcast, by)
    must_be(line, State.SENDING, State.SENT, State.STOPPED)
    if line.recalled_at is not None or line.sent_at is None:
        raise WrongState(State(line.state))
    return line


def _correction(row: Row[Any]) -> Correction:
    title, body = Text(**row.title), Text(**row.body)
    return Correction(row.id, row.broadcast, row.revision, title, body, row.why, row.by, row.by_name, row.at)
