"""A broadcast as its first readers will see it, sent to those alone who try it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import delivery
from notifications.broadcasts import senders
from notifications.broadcasts.terms import Broadcast
from notifications.broadcasts.told import told_on
from notifications.jobs import Defer, day_in_japan
from notifications.notice import Notice
from notifications.texts import text_of


async def try_out(
    conn: AsyncConnection, defer: Defer, told: Broadcast, *, new_id: Callable[[], UUID], now: datetime
) -> int:
    """House door: how many got it. Each try is a notice of its own, to read beside the last."""
    read = told_on(told, day_in_japan(told.plan.begins_at or now))
    title = text_of("trial", "title", title=read.title)
    people = await senders.testers_of(conn, ward=told.ward, school=told.school)
    for resident in people:
        notice = Notice(new_id(), told.ward, told.kind, told.sender, title, read.body, now, told.act_by, told.about)
        await delivery.tell_one(conn, defer, resident, notice)
    return len(people)
