"""What the people of an audience have got lately: which of the last broadcasts, and how many too much already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import TEXT, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience.singling import SENSITIVE
from notifications.tables import broadcasts, notices, snapshots

WEEK: Final = timedelta(days=7)
MOST: Final = 200
"""Of one ward in one week."""


@dataclass(frozen=True, slots=True)
class Sent:
    id: UUID
    title: str
    sender_key: str
    sent_at: datetime
    members: BitMap


async def sent_lately(conn: AsyncConnection, ward: str, now: datetime, *, of_list: bool) -> tuple[Sent, ...]:
    """Newest first, emergencies and what was taken back left out: neither tires anybody by anybody's choice. At a
    school's door its own alone, at the ward's those of its schools too. `of_list`: beside a list of the ward's own, so
    without what went to people by what they may not be asked for together with one."""
    asked = (
        select(notices.c.id, notices.c.title, notices.c.sender_key, snapshots.c.sent_at, snapshots.c.members)
        .join(snapshots, snapshots.c.notice == notices.c.id)
        .where(snapshots.c.ward == ward, snapshots.c.sent_at > now - WEEK)
        .where(notices.c.kind != "emergency", notices.c.recalled_at.is_(None))
        .order_by(snapshots.c.sent_at.desc())
        .limit(MOST)
    )
    if of_list:
        closely = select(broadcasts.c.id).where(broadcasts.c.id == notices.c.id)
        closely = closely.where(cast(broadcasts.c.audience, TEXT).regexp_match(f'"({"|".join(SENSITIVE)})'))
        asked = asked.where(~closely.exists())
    rows = await conn.execute(asked)
    return tuple(Sent(r.id, r.title["ja"], r.sender_key, r.sent_at, BitMap.deserialize(r.members)) for r in rows)


def overlaps(members: BitMap, sent: Sequence[Sent]) -> tuple[tuple[Sent, int], ...]:
    """How many of them got each; only those that somebody of them got."""
    both = ((one, members.intersection_cardinality(one.members)) for one in sent)
    return tuple((one, count) for one, count in both if count)


def got(members: BitMap, sent: Sequence[Sent], least: int) -> int:
    """How many of them got at least so many of these."""
    enough = [BitMap() for _ in range(least)]
    for one in sent:
        hers = members & one.members
        for at in range(least - 1, 0, -1):
            enough[at] |= enough[at - 1] & hers
        enough[0] |= hers
    return len(enough[-1])
