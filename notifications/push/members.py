"""Which devices a chunk is for at the moment of sending: joined then, so that who has left, read, muted or gone to bed
since is not disturbed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.notice import Kind, Notice
from notifications.parcel import Parcel
from notifications.post.live import Live
from notifications.post.snapshot import rests
from notifications.push import badges
from notifications.push.chunks import Chunk
from notifications.push.rolls import Rolls
from notifications.rows import notice_of
from notifications.tables import notices, snapshots
from notifications.wishes.asked import DIGEST_AT, HELD_UNTIL, NEVER, binds, joins
from notifications.words import Language

_BY_NUMBER = """
    SELECT resident FROM contacts WHERE number = ANY (CAST(:numbers AS integer[]))
    UNION SELECT resident FROM contact_aliases WHERE number = ANY (CAST(:numbers AS integer[]))
"""
_TOLD_ALONE = "SELECT resident FROM deliveries WHERE sent_on = :sent_on AND notice = :notice"
_DEVICES = """
    WITH people AS ({people})
    SELECT d.id, d.endpoint, d.p256dh, d.auth, coalesce(c.language, 'ja') AS language,
        CASE WHEN p.revision = :revision THEN p.tries ELSE 0 END AS tries,
        CASE WHEN p.revision = :revision THEN p.state END AS state, p.due_at,
        {held} AS held_until, {digest} AS digest_at, badge.numbers, badge.alone, badge.seen
    FROM people
        JOIN devices d ON d.resident = people.resident
        LEFT JOIN contacts c ON c.resident = people.resident
        LEFT JOIN LATERAL (
            SELECT * FROM pushes WHERE sent_on = :sent_on AND notice = :notice AND device = d.id LIMIT 1
        ) AS p ON true
        LEFT JOIN notice_acts a ON a.resident = people.resident AND a.notice = :notice
        {wishes}
        {badge}
    WHERE d.failed_at IS NULL AND (d.expires_at > :wish_now) IS TRUE
        AND (p.device IS NULL OR p.revision < :revision OR p.state IN ('waiting', 'rung'))
        AND (NOT :recalled OR p.revision = :revision OR p.state IN ('accepted', 'rung'))
        AND NOT (a.opened_at IS NOT NULL AND a.revision >= :revision)
"""
_OF_MANY, _OF_ONE = (
    text(
        _DEVICES.format(
            people=people, held=HELD_UNTIL, digest=DIGEST_AT, wishes=joins("people.resident"), badge=badges.JOIN
        )
    )
    for people in (_BY_NUMBER, _TOLD_ALONE)
)

ONE_BY_ONE = text("""
    SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
        set_config('enable_seqscan', 'off', true), set_config('enable_material', 'off', true)
""")
"""A thousand people are looked up by their keys, whatever the planner believes of tables filled a moment ago: left to
itself it was seen to read all devices for each of them, and all pushes of the notice for each chunk. So a lateral, and
`IS TRUE`, which no index serves."""


@dataclass(frozen=True, slots=True)
class Wishing:
    """What wishes are asked about."""

    kind: Kind
    sender_key: str
    topic: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """`first`: who has heard nothing of this revision; `again`: who was rung for with nothing to read in it; `digests`:
    whose next summary tells it, and when; `rest`: when there is more to do later."""

    notice: Notice
    revision: int
    recalled: bool
    tries: Mapping[UUID, int]
    first: tuple[Parcel, ...] = ()
    again: tuple[Parcel, ...] = ()
    digests: Mapping[UUID, datetime] = field(default_factory=dict)
    rest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """Of what lies unread, for phones that do not count it themselves: those whose endpoint is like `of`."""

    live: Live
    of: str = badges.SAFARI


async def work_of(conn: AsyncConnection, rolls: Rolls, counting: Counting, chunk: Chunk, now: datetime) -> Work | None:
    """None: it is to be held back, since the broadcast was stopped after it was said, or said anew."""
    asked = select(notices, snapshots.c.stopped_at).outerjoin(snapshots, snapshots.c.notice == notices.c.id)
    told = (await conn.execute(asked.where(notices.c.id == chunk.notice))).one()
    if rests(told.stopped_at, told.revised_at) or told.revision > chunk.revision:
        return None
    recalled = told.recalled_at is not None
    await conn.execute(ONE_BY_ONE)
    known = {"sent_on": chunk.sent_on, "notice": chunk.notice, "revision": chunk.revision, "recalled": recalled}
    wishing = binds(Wishing(Kind(told.kind), told.sender_key, told.topic, told.sent_at), now)
    asking = {**known, **wishing, **badges.binds(counting.of, now)}
    if told.personal:
        found = list(await conn.execute(_OF_ONE, asking))
    else:
        numbers = await rolls.numbers(conn, chunk.notice, chunk.low, chunk.high)
        found = list(await conn.execute(_OF_MANY, {**asking, "numbers": numbers}))
    unread = await badges.counted(conn, counting.live, found)
    work = Work(notice_of(told), chunk.revision, recalled, tries={row.id: row.tries for row in found})
    return _sorted(work, found, unread, now)


def _sorted(work: Work, rows: list[Row[Any]], unread: Mapping[UUID, int], now: datetime) -> Work:
    """A device whose push was rung for gets the rest; what is put off or not due yet says when to come again."""
    first: list[Parcel] = []
    again: list[Parcel] = []
    digests: dict[UUID, datetime] = {}
    rest: datetime | None = None
    for row in rows:
        if row.digest_at is not None:
            digests[row.id] = row.digest_at
            continue
        at = _not_before(row, now)
        if at is None:
            (again if row.state == "rung" else first).append(_parcel(row, unread.get(row.id)))
        elif at != NEVER:
            rest = at if rest is None else min(rest, at)
    return replace(work, first=tuple(first), again=tuple(again), digests=digests, rest=rest)


def _not_before(row: Row[Any], now: datetime) -> datetime | None:
    """None: it may be sent now."""
    if row.held_until is not None:
        held: datetime = row.held_until
        return held
    waits = row.state == "waiting" and row.due_at > now
    return row.due_at if waits else None


def _parcel(row: Row[Any], badge: int | None) -> Parcel:
    return Parcel(row.id, row.endpoint, row.p256dh, row.auth, Language(row.language), badge)
