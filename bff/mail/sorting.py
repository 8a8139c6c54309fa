"""What she does with many notices at once: each act once or twice is the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.post import acts
from notifications.post.live import Live

MOST: Final = 500


class Act(StrEnum):
    READ = "read"
    UNREAD = "unread"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    CONFIRM = "confirm"


async def sort(
    conn: AsyncConnection, live: Live, resident: UUID, act: Act, notices: Collection[UUID], now: datetime
) -> Sequence[UUID]:
    """Those of hers among the notices. What must be opened to count as read is left out by the phone, which knows what
    she has seen of it."""
    match act:
        case Act.READ:
            return await acts.opened(conn, live, resident=resident, told=notices, now=now)
        case Act.UNREAD:
            return await acts.mark_unread(conn, live, resident=resident, told=notices, now=now)
        case Act.CONFIRM:
            return await acts.confirmed(conn, live, resident=resident, told=notices, now=now)
        case Act.ARCHIVE | Act.UNARCHIVE:
            back = act is Act.UNARCHIVE
            return await acts.archived(conn, live, resident=resident, told=notices, now=now, back=back)
