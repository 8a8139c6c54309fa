"""A broadcast as the post hands it over: a notice, the bitmap of whom it is for, and chunks of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import insert, select, text

from notifications.jobs import day_in_japan
from notifications.notice import Notice
from notifications.push import wake
from notifications.rows import text_to_json
from notifications.tables import contacts, notices, push_chunks, snapshots
from tests.notifications.house import MINATO, MailRoom, Person


async def hand_over(room: MailRoom, told: Notice, people: Sequence[Person], *, size: int = 1000, **more: Any) -> None:
    """`more`: further columns of the notice."""
    day = day_in_japan(told.sent_at)
    texts = {name: text_to_json(getattr(told, name)) for name in ("sender", "title", "body")}
    line = {"id": told.id, "ward": MINATO, "personal": False, "kind": told.kind.value, "act_by": told.act_by}
    async with room.db.house() as conn:
        await conn.execute(text("SELECT mail_room_make_partition(:day)"), {"day": day})
        await conn.execute(insert(notices).values(**line, **texts, sent_at=told.sent_at, sent_on=day, **more))
        numbers = select(contacts.c.number).where(contacts.c.resident.in_([one.id for one in people]))
        members = BitMap((await conn.execute(numbers)).scalars())
        kept = {"notice": told.id, "ward": MINATO, "sent_at": told.sent_at, "lapses_at": told.sent_at}
        await conn.execute(insert(snapshots).values(**kept, size=len(members), members=members.serialize(), serial=0))
    await cut(room, told, members, size)


async def cut(room: MailRoom, told: Notice, members: BitMap, size: int = 1000, revision: int = 1) -> None:
    day, listed = day_in_japan(told.sent_at), list(members)
    pages = [listed[at : at + size] for at in range(0, len(listed), size)]
    async with room.db.house() as conn:
        for chunk, page in enumerate(pages):
            key = {"sent_on": day, "notice": told.id, "revision": revision, "chunk": chunk, "ward": MINATO}
            await conn.execute(insert(push_chunks).values(**key, low=page[0], high=page[-1], due_at=room.clock.now))
        await wake(conn, room.jobs)


async def states(room: MailRoom, notice: UUID) -> Counter[str]:
    asked = text("SELECT state FROM pushes WHERE notice = :notice")
    async with room.db.house() as conn:
        return Counter((await conn.execute(asked, {"notice": notice})).scalars())


async def chunk_states(room: MailRoom, notice: UUID) -> list[tuple[str, datetime]]:
    asked = text("SELECT state, due_at FROM push_chunks WHERE notice = :notice ORDER BY revision, chunk")
    async with room.db.house() as conn:
        return [(row.state, row.due_at) for row in await conn.execute(asked, {"notice": notice})]


async def does(room: MailRoom, statement: str, **given: Any) -> None:
    async with room.db.house() as conn:
        await conn.execute(text(statement), given)
