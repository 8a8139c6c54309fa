"""A notice to many becomes one snapshot of whom it is for and chunks of pushes to do, in the transaction that decides
it: no row per person. Corrected, recalled or stopped, it goes by the same snapshot, to exactly those who got it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import Defer, day_in_japan
from notifications.notice import Notice
from notifications.post.keeping import Texts, keep_notice, locked, next_revision
from notifications.post.snapshot import Snapshot, Stage, Wave, chunked, snapshot_of, staged, stages_to_json
from notifications.push.chunks import wake
from notifications.reach import words
from notifications.rows import text_to_json
from notifications.tables import contacts, deliveries, notice_acts, notices, push_chunks, snapshots
from notifications.words import Text

LIVES: Final = timedelta(days=365)
"""How long a broadcast lies in inboxes unless it says otherwise."""
CHUNK: Final = 1_000
"""Members a chunk; a worker has a chunk at a time."""
_CHUNKS: Final = text("""
    INSERT INTO push_chunks (sent_on, notice, revision, chunk, ward, wave, low, high, due_at, size)
    SELECT :sent_on, :notice, :revision, at - 1, :ward, wave, low, high, due_at, size
    FROM unnest(CAST(:waves AS int[]), CAST(:lows AS int[]), CAST(:highs AS int[]), CAST(:dues AS timestamptz[]),
        CAST(:sizes AS int[])) WITH ORDINALITY AS cut (wave, low, high, due_at, size, at)
""")


async def publish(
    conn: AsyncConnection,
    defer: Defer,
    notice: Notice,
    members: BitMap,
    *,
    waves: Sequence[Wave] = (),
    most: int = CHUNK,
) -> bool:
    """House door, as the last thing of a transaction: until it ends nobody else publishes. False: it was published
    already. `waves`: none, everybody at once."""
    if not await keep_notice(conn, notice, personal=False):
        return False
    stages = staged(members, waves, notice.sent_at, notice.id.int)
    members.run_optimize()
    line = {"notice": notice.id, "ward": notice.ward, "sent_at": notice.sent_at, "size": len(members), "serial": 0}
    line |= {"lapses_at": notice.lapses_at or notice.sent_at + LIVES, "members": members.serialize()}
    later = any(one.at > notice.sent_at for one in stages)
    await conn.execute(insert(snapshots).values(**line, stages=stages_to_json(stages) if later else []))
    cut = chunked(members, stages, most)
    await push_later(conn, defer, cut, notice=notice.id, sent_at=notice.sent_at, ward=notice.ward, now=notice.sent_at)
    return True


async def revise(
    conn: AsyncConnection, defer: Defer, notice: UUID, texts: Texts, why: str, *, now: datetime, most: int = CHUNK
) -> int | None:
    """Says something else from now on, is unread again and pushed again in place of what was pushed, for those who got
    it; who was to get it later gets it then. The number of the new revision; None: there is no such notice. `why` is
    kept with what it said before."""
    return await _again(conn, defer, notice, why, now=now, texts=texts, recalled=False, most=most)


async def recall(
    conn: AsyncConnection, defer: Defer, notice: UUID, why: str, *, now: datetime, most: int = CHUNK
) -> int | None:
    """As `revise`, with what it said kept and marked as taken back; nobody gets it who had not."""
    await stop(conn, notice, now=now)
    return await _again(conn, defer, notice, why, now=now, texts=None, recalled=True, most=most)


async def stop(conn: AsyncConnection, notice: UUID, *, now: datetime) -> None:
    """Who has not been told by now is not told any more; what is in a worker's hands arrives. A ward's door will do."""
    chunk = push_chunks.c
    waiting = (chunk.notice == notice, chunk.state == "waiting")
    await conn.execute(update(push_chunks).where(*waiting).values(state="held_back"))
    kept = await snapshot(conn, notice)
    if kept is not None and kept.stopped_at is None:
        size = len(kept.told(now))
        await conn.execute(update(snapshots).where(snapshots.c.notice == notice).values(stopped_at=now, size=size))


async def snapshot(conn: AsyncConnection, notice: UUID) -> Snapshot | None:
    """House door or its ward's. None: a notice to one, or none at all."""
    row = (await conn.execute(select(snapshots).where(snapshots.c.notice == notice))).one_or_none()
    return None if row is None else snapshot_of(row)


async def push_later(
    conn: AsyncConnection,
    defer: Defer,
    cut: Sequence[Stage],
    *,
    notice: UUID,
    sent_at: datetime,
    ward: str | None,
    now: datetime,
    revision: int = 1,
) -> None:
    """Chunks to do, and a job for each moment at which some of them are due."""
    if not cut:
        return
    sent_on = day_in_japan(sent_at)
    given = {"waves": [one.wave for one in cut], "lows": [one.low for one in cut], "highs": [one.high for one in cut]}
    known = {"sent_on": sent_on, "notice": notice, "revision": revision, "ward": ward}
    await conn.execute(_CHUNKS, {**known, **given, "dues": [one.at for one in cut], "sizes": [one.size for one in cut]})
    for due in sorted({one.at for one in cut}):
        await wake(conn, defer, at=None if due <= now else due)


async def _again(
    conn: AsyncConnection,
    defer: Defer,
    notice: UUID,
    why: str,
    *,
    now: datetime,
    texts: Texts | None,
    recalled: bool,
    most: int,
) -> int | None:
    line = await locked(conn, notice)
    if line is None:
        return None
    told = await next_revision(conn, line, why, now, texts=texts, recalled=recalled)
    chunk = push_chunks.c
    older = (chunk.sent_on == line.sent_on, chunk.notice == notice, chunk.state == "waiting")
    await conn.execute(update(push_chunks).where(*older).values(state="held_back"))
    if line.personal:  # of a broadcast the revision last opened says so, for a row each would be too many
        await conn.execute(update(notice_acts).where(notice_acts.c.notice == notice).values(unread_at=now))
    await _copies_again(conn, told, now)
    cut = await _one_again(conn, line, now) if line.personal else await _all_again(conn, told, now, most)
    ward = None if line.personal else line.ward
    revision: int = told.revision
    await push_later(conn, defer, cut, notice=notice, sent_at=line.sent_at, ward=ward, now=now, revision=revision)
    return revision


async def _copies_again(conn: AsyncConnection, told: Row[Any], now: datetime) -> None:
    """What a child's other guardian was told says the same, in one statement for all of them."""
    copies = select(notices.c.id).where(notices.c.copy_of == told.id)
    title = text_to_json(words.text("guardian", "title", title=Text(**told.title)))
    said = {"title": title, "body": told.body, "recalled_at": told.recalled_at, "revised_at": now}
    changed = update(notices).where(notices.c.copy_of == told.id).values(**said, revision=notices.c.revision + 1)
    if (await conn.execute(changed)).rowcount:
        await conn.execute(update(notice_acts).where(notice_acts.c.notice.in_(copies)).values(unread_at=now))


async def _all_again(conn: AsyncConnection, told: Row[Any], now: datetime, most: int) -> list[Stage]:
    kept = await snapshot(conn, told.id)
    if kept is None:
        return []
    changed = update(snapshots).where(snapshots.c.notice == told.id).values(revision=told.revision)
    await conn.execute(changed)
    if not kept.members:
        return []
    everybody = (Stage(kept.members.min(), kept.members.max(), now),)
    ranges = [one for one in kept.stages or everybody if one.at <= (kept.stopped_at or one.at)]
    return chunked(BitMap(kept.members), [replace(one, at=max(one.at, now)) for one in ranges], most)


async def _one_again(conn: AsyncConnection, line: Row[Any], now: datetime) -> list[Stage]:
    whose = select(contacts.c.number).join(deliveries, deliveries.c.resident == contacts.c.resident)
    hers = whose.where(deliveries.c.sent_on == line.sent_on, deliveries.c.notice == line.id)
    return [Stage(number, number, now) for number in (await conn.execute(hers)).scalars()]
