"""The job: of one notice whatever rung is due is tried, for whom it lies unread at that moment and no one else.

A batch is prepared in one transaction, sent with none open, and settled in another. A worker that dies in between sends
that batch once more: a letter under the same Message-ID, a message under the same key, a notice to the other guardian
not at all, since its id is made of the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import structlog
from pyroaring import BitMap
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.channels.email import Mail
from notifications.channels.sms import Short
from notifications.jobs import Clock, Defer, Open
from notifications.notice import Kind, Notice
from notifications.parcel import Fate
from notifications.post import publish
from notifications.post.snapshot import Snapshot, rests
from notifications.reach import guardians, rows, words
from notifications.reach.ladders import Ladder, Rung, Step, ladder_of, shipped
from notifications.reach.ports import Channels, Way
from notifications.reach.rows import Someone, Tried
from notifications.rows import notice_of
from notifications.texts import told_in
from notifications.wishes.asked import NEVER
from notifications.words import Language

CLIMB: Final = "reach_climb"
"""args: {"notice": uuid}"""
A_BATCH: Final = 200
BACK: Final = timedelta(hours=3)
"""So long after it was sent a notice is still found by `begin`: far longer than a worker is away."""
LATER: Final = timedelta(minutes=5)
AT_REST: Final = timedelta(hours=1)
"""What was stopped climbs no further; corrected, it does."""
AT_ONCE: Final = 500
CLIMBED: Final = sorted({one.kind.value for one in shipped() if one.climbs()})

log = structlog.get_logger()


@dataclass(frozen=True)
class Told:
    """A notice as `notifications.wishes.asked` looks at it."""

    kind: Kind
    sender_key: str
    topic: str
    sent_at: datetime


@dataclass
class Batch:
    """`everybody`: whom the notice was sent to. `people`: by number, whom this batch writes to, each by one of `ways`.
    `again`: from then on somebody may be told who may not be now."""

    notice: Notice
    ward: str | None
    rung: Rung
    everybody: BitMap
    people: Mapping[int, Someone] = field(default_factory=dict)
    ways: Mapping[UUID, Way] = field(default_factory=dict)
    done: Tried = field(default_factory=lambda: Tried(BitMap()))
    again: datetime | None = None


async def begin(*, open: Open, defer: Defer, clock: Clock) -> None:
    """Every few minutes: what was sent lately begins to climb, and what is due is promised a job of its own."""
    now = clock()
    async with open() as conn:
        await rows.take_in(conn, now - BACK, CLIMBED)
        for notice in await rows.due(conn, now, AT_ONCE):
            await defer(conn, CLIMB, args={"notice": str(notice)}, once=f"reach:{notice}", lock=f"reach:{notice}")


async def climb(*, open: Open, defer: Defer, clock: Clock, channels: Channels, notice: UUID) -> None:
    """Batch after batch until nothing more is due now; may be run again at any time."""
    while True:
        async with open() as conn:
            batch = await _prepared(conn, defer, channels, notice, clock())
        if batch is None:
            return
        fates = await _sent(channels, batch)
        async with open() as conn:
            put_off = await _settle(conn, channels, batch, fates, clock())
            if put_off:
                log.warning("a channel puts letters off", rung=batch.rung.value, notice=str(notice), left=put_off)
                await rows.again(conn, notice, clock() + LATER)
                return


async def _prepared(conn: AsyncConnection, defer: Defer, channels: Channels, id: UUID, now: datetime) -> Batch | None:
    """None: nothing is due now, and it is written down when something will be."""
    row = await rows.notice(conn, id)
    ladder = ladder_of(Kind(row.kind), row.topic or "", row.sent_at) if row else None
    if row is None or ladder is None or await _is_over(conn, channels, ladder, row, now):
        await rows.again(conn, id, None)
        return None
    kept = await publish.snapshot(conn, id)
    if kept is not None and rests(kept.stopped_at, row.revised_at):
        await rows.again(conn, id, now + AT_REST)
        return None
    everybody, begun = await rows.members(conn, row, now), _begun(kept, row)
    answered = await channels.known.same(conn, await rows.answered(conn, row))
    unread = everybody - await rows.reached(conn, id, ladder.stops) - await rows.answered_for(conn, row, answered)
    waits: list[datetime] = []
    for step in ladder.climbs() if unread or begun[-1] > now else ():
        if not _is_open(step, channels, row):
            continue
        come = [at for at in begun if ladder.due(step, at) <= now]
        waits += [ladder.due(step, at) for at in begun[len(come) :]]
        whom = BitMap() if not come else unread if kept is None else unread & kept.told(come[-1])
        batch = Batch(notice_of(row), _ward(row), step.rung, everybody)
        batch = await _batch(conn, defer, channels, batch, row, whom, now)
        if batch.people or batch.done.tried:
            return batch
        waits += [batch.again] if batch.again else []
    at = min(waits, default=None)
    await rows.again(conn, id, at if at is None or at < ladder.over(row.sent_at) else None)
    return None


async def _is_over(conn: AsyncConnection, channels: Channels, ladder: Ladder, row: Row[Any], now: datetime) -> bool:
    if row.recalled_at is not None or now >= ladder.over(row.sent_at):
        return True
    return row.copy_of is not None and await guardians.is_over(conn, channels.known, row)


def _begun(kept: Snapshot | None, row: Row[Any]) -> list[datetime]:
    """When it is told: each wave has its own hour, and climbs from there."""
    stages = kept.come(kept.lapses_at) if kept is not None else []
    return sorted({one.at for one in stages}) or [row.sent_at]


def _is_open(step: Step, channels: Channels, row: Row[Any]) -> bool:
    """Only what concerns a child is told to its other guardian, and never that its reader was chosen by an event."""
    if step.rung is Rung.EMAIL:
        return channels.post is not None
    if step.rung is Rung.SMS:
        return channels.texter is not None
    if row.copy_of is not None or rows.names_an_event(row):
        return False
    return row.topic in guardians.OF_CHILDREN or guardians.is_of_school(row.marks)


async def _batch(
    conn: AsyncConnection, defer: Defer, channels: Channels, batch: Batch, row: Row[Any], unread: BitMap, now: datetime
) -> Batch:
    told = Told(batch.notice.kind, row.sender_key or "", row.topic or "", row.sent_at)
    left = unread - (await rows.tried(conn, row.id, batch.rung)).tried
    for numbers in _cut(left, A_BATCH):
        found = await rows.people(conn, numbers, told, now)
        spared = await _spared(conn, channels, batch, found)
        batch.done.spared = len(spared)
        batch.done.tried |= BitMap(set(numbers) - {one.number for one in found}) | spared
        held = [one for one in found if one.number not in spared and one.held_until is not None]
        batch.again = min((one.held_until for one in held if one.held_until), default=batch.again)
        ready = [one for one in found if one.number not in spared and one.held_until is None]
        await _reach_out(conn, defer, channels, batch, ready, now)
        if batch.people or batch.done.tried:
            break
    return batch


async def _spared(conn: AsyncConnection, channels: Channels, batch: Batch, found: Sequence[Someone]) -> BitMap:
    """Who has moved away, has muted it, or has done already what it asks for."""
    about = batch.notice.about
    done = await channels.known.applied(conn, [one.resident for one in found], about) if about and found else ()
    return BitMap(
        one.number
        for one in found
        if one.resident in done or one.held_until == NEVER or (batch.ward is not None and one.ward != batch.ward)
    )


async def _reach_out(
    conn: AsyncConnection, defer: Defer, channels: Channels, batch: Batch, ready: Sequence[Someone], now: datetime
) -> None:
    whom = [one.resident for one in ready]
    if not whom:
        return
    if batch.rung is Rung.OTHER_GUARDIAN:
        await guardians.tell(conn, defer, channels.known, batch.notice, batch.everybody, ready, batch.done, now)
        return
    batch.ways = await channels.known.ways(conn, whom, "email" if batch.rung is Rung.EMAIL else "sms")
    batch.people = {one.number: one for one in ready if one.resident in batch.ways}
    without = BitMap(one.number for one in ready if one.resident not in batch.ways)
    batch.done.tried |= without
    batch.done.no_way = len(without)


async def _sent(channels: Channels, batch: Batch) -> Mapping[int, Fate]:
    """No transaction is open."""
    to = {number: batch.ways[one.resident] for number, one in batch.people.items()}
    ids = {number: uuid5(batch.notice.id, f"{batch.rung}:{way.id}") for number, way in to.items()}
    if not to:
        return {}
    languages = {number: one.language for number, one in batch.people.items()}
    fates: Mapping[UUID, Fate] = {}
    if batch.rung is Rung.EMAIL and channels.post is not None:
        fates = await channels.post.send(
            [_mail(channels, batch, ids[number], way, languages[number]) for number, way in to.items()]
        )
    elif batch.rung is Rung.SMS and channels.texter is not None:
        fates = await channels.texter.send(
            [
                Short(ids[number], way.address, words.says("sms", "body", languages[number], url=channels.origin))
                for number, way in to.items()
            ]
        )
    return {number: fates.get(id, Fate.LATER) for number, id in ids.items()}


def _mail(channels: Channels, batch: Batch, id: UUID, way: Way, language: Language) -> Mail:
    notice = batch.notice
    told = told_in(language, "push", notice.kind.value, sender=notice.sender)
    url = f"{channels.origin}/inbox/{notice.id}"
    return Mail(
        id=id,
        to=way.address,
        subject=words.says("mail", "subject", language),
        text=words.says("mail", "body", language, told=told, url=url, stop=way.stop).lstrip(),
        sent_at=notice.sent_at,
        back=way.back,
        stop=way.stop,
    )


async def _settle(
    conn: AsyncConnection, channels: Channels, batch: Batch, fates: Mapping[int, Fate], now: datetime
) -> int:
    """How many were put off."""
    done = batch.done
    for number, fate in fates.items():
        if fate is not Fate.LATER:
            done.tried.add(number)
            done.sent += fate is Fate.ACCEPTED
            done.failed += fate is not Fate.ACCEPTED
    gone = [batch.ways[batch.people[number].resident].id for number, fate in fates.items() if fate is Fate.GONE]
    await channels.known.gone(conn, gone)
    if done.tried:
        await rows.keep(conn, batch.notice.id, batch.ward, batch.rung, done, now)
    return sum(fate is Fate.LATER for fate in fates.values())


def _ward(row: Row[Any]) -> str | None:
    """Of a broadcast; a notice to one person is seen by no ward."""
    return None if row.personal else str(row.ward)


def _cut(numbers: BitMap, size: int) -> Sequence[Sequence[int]]:
    whole = list(numbers)
    return [whole[start : start + size] for start in range(0, len(whole), size)]
