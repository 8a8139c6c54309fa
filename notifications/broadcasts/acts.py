"""A ward's notice to many: written by one official, approved by others, sent by the mail room, stopped by any of them.

draft → awaiting_approval → approved → sending → sent; awaiting_approval → sent_back → (rewritten) draft;
awaiting_approval, approved or sending → stopped. What leads from a draft to its way out is in `agreeing`.

`forbidden` tells what no text may hold, the officials' notes included; it is asked again before each step towards
sending, since what is forbidden may have become more since the draft was kept.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import is_within, named
from notifications.audience.singling import marks_outside
from notifications.broadcasts import series
from notifications.broadcasts.plan import Plan
from notifications.broadcasts.read import broadcast_of
from notifications.broadcasts.rows import (
    locked,
    move,
    must_be,
    must_be_fit,
    must_be_ones_own,
    must_have,
    note_down,
)
from notifications.broadcasts.terms import (
    APPROVER,
    EDITOR,
    LONGEST_NOTE,
    SCHOOL,
    Broadcast,
    Denied,
    Draft,
    NoteMissing,
    NoteRefused,
    Official,
    State,
)
from notifications.fitness import Forbidden
from notifications.post import publish
from notifications.rows import text_to_json
from notifications.tables import broadcasts


async def write(
    conn: AsyncConnection, *, by: Official, draft: Draft, id: UUID, key: str, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """A new draft. The same `key` again (a form sent twice) gives the first one, unchanged.

    Raises Denied (other_ward, other_school, role) and DraftRefused.
    """
    _check_draft(by, draft, now, forbidden)
    line = {"id": id, "ward": by.ward, "school": by.school, "key": key, "state": State.DRAFT.value, "version": 1}
    line |= {"written_at": now, "author": by.id, "author_name": by.name}
    wish = (
        insert(broadcasts)
        .values(**line, sender_key=sender_key(by), **_texts(by, draft))
        .on_conflict_do_nothing()
        .returning(broadcasts.c.id)
    )
    if (await conn.execute(wish)).first() is not None:
        await note_down(conn, id, by, State.DRAFT, now)
    asked = select(broadcasts).where(broadcasts.c.ward == by.ward, broadcasts.c.key == key)
    return broadcast_of((await conn.execute(asked)).one())


async def rewrite(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, draft: Draft, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """A draft, or one that was sent back, becomes a draft of the next version, whose author is who rewrote it.

    Raises Denied (other_ward, other_school, role), DraftRefused, NotThere and WrongState.
    """
    _check_draft(by, draft, now, forbidden)
    line = await locked(conn, broadcast, by)
    must_be_ones_own(line, by)
    must_be(line, State.DRAFT, State.SENT_BACK)
    author = {"author": by.id, "author_name": by.name, "version": line.version + 1}
    return await move(conn, line, by, State.DRAFT, now, {**author, **_texts(by, draft)})


async def send_back(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, note: str, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """To be rewritten. Raises Denied (role), NoteMissing, NoteRefused, NotThere and WrongState."""
    must_have(by, APPROVER)
    line = await locked(conn, broadcast, by)
    must_be(line, State.AWAITING_APPROVAL)
    return await move(conn, line, by, State.SENT_BACK, now, {"note": reason(note, forbidden)})


async def stop(
    conn: AsyncConnection, *, broadcast: UUID, by: Official, note: str, now: datetime, forbidden: Forbidden
) -> Broadcast:
    """Any official of the ward may. What is in flight arrives; nothing more is pushed and no more inboxes are filled,
    and what comes round ends with it.

    Raises NoteMissing, NoteRefused, NotThere and WrongState.
    """
    line = await locked(conn, broadcast, by)
    must_be(line, State.AWAITING_APPROVAL, State.APPROVED, State.SENDING)
    why = reason(note, forbidden)
    await series.end(conn, line, by, why, now)
    stopped = await move(conn, line, by, State.STOPPED, now, {"note": why})
    await publish.stop(conn, broadcast, now=now)
    return stopped


def _check_draft(by: Official, draft: Draft, now: datetime, forbidden: Forbidden) -> None:
    must_have(by, EDITOR, SCHOOL)
    if draft.audience.ward != by.ward:
        raise Denied("other_ward")
    rule = draft.audience.rule
    if by.school and (not is_within(rule, f"school:{by.school}") or marks_outside(rule, by.school)):
        raise Denied("other_school")
    must_be_fit(draft, now, forbidden)


def reason(note: str, forbidden: Forbidden) -> str:
    reason = note.strip()
    if not 0 < len(reason) <= LONGEST_NOTE:
        raise NoteMissing
    if forbidden(reason):
        raise NoteRefused
    return reason


def _texts(by: Official, draft: Draft) -> dict[str, object]:
    return {
        "kind": draft.kind.value,
        "sender": text_to_json(draft.sender),
        "title": text_to_json(draft.title),
        "body": text_to_json(draft.body),
        "act_by": draft.act_by,
        "about": draft.about,
        "audience": draft.audience.to_json(),
        "marks": sorted(named(draft.audience.rule)),
        "topic": "school" if by.school and draft.topic == "other" else draft.topic,
        **_plan(draft.plan),
    }


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "begins_at": plan.begins_at,
        "repeats": None if plan.every is None else plan.every.value,
        "repeats_until": plan.until,
        "first_percent": plan.first_percent,
        "pause_minutes": plan.pause_minutes,
    }


def sender_key(by: Official) -> str:
    """Who it is from, as a reader may mute it."""
    return f"school:{by.ward}:{by.school}" if by.school else f"ward:{by.ward}"
