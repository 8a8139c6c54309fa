"""A ward's notice to many: written by one official, approved by another, sent by the mail room, stopped by either.

draft → awaiting_approval → approved → sending → sent; awaiting_approval → sent_back → (rewritten) draft;
awaiting_approval, approved or sending → stopped.

`forbidden` tells what no text may hold, the officials' notes included; it is asked again before each step towards
sending, since what is forbidden may have become more since the draft was kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import progress
from notifications.broadcast_terms import (
    APPROVER,
    EDITOR,
    LONGEST_NOTE,
    SCHOOL,
    Broadcast,
    Changed,
    Denied,
    Draft,
    DraftRefused,
    NoteMissing,
    NoteRefused,
    NotThere,
    Official,
    Refused,
    State,
    WrongState,
)
from notifications.broadcasts_read import Counts, Happening, broadcast_of, counts, history, of_ward, one
from notifications.fitness import Forbidden, faults_of
from notifications.jobs import EXPAND_BROADCAST, Defer, day_in_japan
from notifications.rows import text_to_json
from notifications.tables import broadcasts

__all__ = [
    "APPROVER",
    "EDITOR",
    "Broadcast",
    "Changed",
    "Counts",
    "Denied",
    "Draft",
    "DraftRefused",
    "Happening",
    "NotThere",
    "NoteMissing",
    "NoteRefused",
    "Official",
    "Refused",
    "State",
    "WrongState",
    "approve",
    "ask_approval",
    "counts",
    "history",
    "of_ward",
    "one",
    "rewrite",
    "send_back",
    "stop",
    "write",
]


async def write(
    conn: AsyncConnection, *, by: Official, draft: Draft, id: UUID, key: str, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """A new draft. The same `key` again (a form sent twice) gives the first one, unchanged.

    Raises Denied (other_ward, other_school, role) and DraftRefused.
    """
    _check_draft(by, draft, now, forbidden)
    line = {"id": id, "ward": by.ward, "key": key, "state": State.DRAFT.value, "version": 1, "written_at": now}
    line |= {"author": by.id, "author_name": by.name, "chunks": 0, "expanded": False}
    wish = insert(broadcasts).values(**line, **_texts(draft)).on_conflict_do_nothing().returning(broadcasts.c.id)
    if (await conn.execute(wish)).first() is not None:
        await _note_down(conn, id, by, State.DRAFT, now)
    asked = select(broadcasts).where(broadcasts.c.ward == by.ward, broadcasts.c.key == key)
    return broadcast_of((await conn.execute(asked)).one())


async def rewrite(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, draft: Draft, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """A draft, or one that was sent back, becomes a draft of the next version, whose author is who rewrote it.

    Raises Denied (other_ward, other_school, role), DraftRefused, NotThere and WrongState.
    """
    _check_draft(by, draft, now, forbidden)
    line = await _locked(conn, broadcast, by)
    _must_be_ones_own(line, by)
    _must_be(line, State.DRAFT, State.SENT_BACK)
    author = {"author": by.id, "author_name": by.name, "version": line.version + 1}
    return await _move(conn, line, by, State.DRAFT, now, **author, **_texts(draft))


async def ask_approval(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """Raises Denied (other_school, role), DraftRefused (its last day has passed meanwhile), NotThere and WrongState."""
    _must_have(by, EDITOR, SCHOOL)
    line = await _locked(conn, broadcast, by)
    _must_be_ones_own(line, by)
    _must_be(line, State.DRAFT)
    _must_be_fit(broadcast_of(line), now, forbidden)
    return await _move(conn, line, by, State.AWAITING_APPROVAL, now)


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
    """Approved, and the job to send it deferred, in one. `version`: the one she read. Twice by the same: once.

    Raises Denied (role, own_broadcast), Changed, DraftRefused, NotThere and WrongState.
    """
    _must_have(by, APPROVER)
    line = await _locked(conn, broadcast, by)
    if line.approver == by.id and line.state in (State.APPROVED, State.SENDING, State.SENT):
        return broadcast_of(line)
    if line.author == by.id:
        raise Denied("own_broadcast")
    _must_be(line, State.AWAITING_APPROVAL)
    if line.version != version:
        raise Changed
    _must_be_fit(broadcast_of(line), now, forbidden)
    approved = await _move(conn, line, by, State.APPROVED, now, approver=by.id, approver_name=by.name)
    await defer(conn, EXPAND_BROADCAST, args={"broadcast": str(broadcast)})
    return approved


async def send_back(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, note: str, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """To be rewritten. Raises Denied (role), NoteMissing, NoteRefused, NotThere and WrongState."""
    _must_have(by, APPROVER)
    line = await _locked(conn, broadcast, by)
    _must_be(line, State.AWAITING_APPROVAL)
    return await _move(conn, line, by, State.SENT_BACK, now, note=_reason(note, forbidden))


async def stop(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, note: str, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """Any official of the ward may. What is in flight arrives; nothing more is pushed and no more inboxes are filled.

    Raises NoteMissing, NoteRefused, NotThere and WrongState.
    """
    line = await _locked(conn, broadcast, by)
    _must_be(line, State.AWAITING_APPROVAL, State.APPROVED, State.SENDING)
    return await _move(conn, line, by, State.STOPPED, now, note=_reason(note, forbidden))


def _check_draft(by: Official, draft: Draft, now: datetime, forbidden: Forbidden) -> None:
    _must_have(by, EDITOR, SCHOOL)
    if draft.audience.ward != by.ward:
        raise Denied("other_ward")
    if draft.audience.school != by.school:
        raise Denied("other_school")
    _must_be_fit(draft, now, forbidden)


def _must_be_fit(told: Draft | Broadcast, now: datetime, forbidden: Forbidden) -> None:
    faults = faults_of(told, day_in_japan(now), forbidden)
    if faults:
        raise DraftRefused(faults)


def _must_have(by: Official, *roles: str) -> None:
    if by.roles.isdisjoint(roles) or (SCHOOL in by.roles and not by.school):
        raise Denied("role")


def _must_be_ones_own(line: Row[Any], by: Official) -> None:
    """A school's words are its own: its ward approves and stops them, and writes none of them."""
    if line.school != by.school:
        raise Denied("other_school")


def _must_be(line: Row[Any], *states: State) -> None:
    if line.state not in states:
        raise WrongState(State(line.state))


def _reason(note: str, forbidden: Forbidden) -> str:
    reason = note.strip()
    if not 0 < len(reason) <= LONGEST_NOTE:
        raise NoteMissing
    if forbidden(reason):
        raise NoteRefused
    return reason


def _texts(draft: Draft) -> dict[str, object]:
    return {
        "kind": draft.kind.value,
        "sender": text_to_json(draft.sender),
        "title": text_to_json(draft.title),
        "body": text_to_json(draft.body),
        "act_by": draft.act_by,
        "about": draft.about,
        "audience": draft.audience.to_json(),
        "school": draft.audience.school,
    }


async def _locked(conn: AsyncConnection, broadcast: UUID, by: Official) -> Row[Any]:
    asked = select(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.ward == by.ward)
    if by.school:
        asked = asked.where(broadcasts.c.school == by.school)
    line = (await conn.execute(asked.with_for_update())).one_or_none()
    if line is None:
        raise NotThere
    return line


async def _move(
    conn: AsyncConnection, line: Row[Any], by: Official, state: State, now: datetime, **changes: object
) -> Broadcast:
    values = {"state": state.value} | changes
    moved = await conn.execute(
        update(broadcasts).where(broadcasts.c.id == line.id).values(**values).returning(broadcasts)
    )
    note = changes.get("note")
    await _note_down(conn, line.id, by, state, now, None if note is None else str(note))
    return broadcast_of(moved.one())


async def _note_down(
    conn: AsyncConnection, broadcast: UUID, by: Official, state: State, now: datetime, note: str | None = None
) -> None:
    await progress.note_down(conn, broadcast, by.ward, state.value, now, who=by.id, who_name=by.name, note=note)
