"""The hands that push: each takes a free chunk, sends it with no transaction open, and writes down in one transaction
what became of all of it. When a hand dies, its chunk is free again after LEASE; what it had sent and not written down
goes out a second time under the same Topic, so that the push service replaces what it still holds, and the phone drops
what it has shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from notifications import ladder, progress
from notifications.jobs import Clock, Defer, Open
from notifications.notice import Kind
from notifications.parcel import Fate, Outcome, Pusher
from notifications.push import chunks, meters
from notifications.push.chunks import Chunk
from notifications.push.members import Counting, Work, work_of
from notifications.push.outcomes import End, write
from notifications.push.rolls import Rolls

_FINAL = {
    Fate.ACCEPTED: "accepted",
    Fate.GONE: "gone",
    Fate.TOO_BIG: "failed",
    Fate.FAILED: "failed",
}


@dataclass(frozen=True)
class PushRoom:
    """What every hand of a process shares. `hands`: how many may be at work in all processes together."""

    open: Open
    defer: Defer
    clock: Clock
    pusher: Pusher
    counting: Counting
    hands: int = 1
    rolls: Rolls = field(default_factory=Rolls)


async def push_free_chunks(room: PushRoom, hand: int = 0) -> int:
    """The job: chunks until none is free; how many. May be run by several at once."""
    notices: set[UUID] = set()
    done = 0
    while (taken := await _take(room, call_others=hand == 0 and not done)) is not None:
        chunk, work = taken
        notices.add(chunk.notice)
        if work is not None:
            await _push(room, chunk, work)
        done += 1
    async with room.open() as conn:
        for notice in sorted(notices):
            await progress.finish(conn, notice, room.clock())
        again = await chunks.next_time(conn)
        if again is not None:
            await chunks.wake(conn, room.defer, at=max(again, room.clock()))
    return done


async def _take(room: PushRoom, *, call_others: bool) -> tuple[Chunk, Work | None] | None:
    """None: nothing is free. No work: it was held back."""
    async with room.open() as conn:
        now = room.clock()
        chunk = await chunks.claim(conn, now)
        if chunk is None:
            return None
        if call_others:
            others = min(room.hands - 1, await chunks.free(conn, now))
            for hand in range(1, others + 1):
                await chunks.wake(conn, room.defer, hand=hand)
        work = await work_of(conn, room.rolls, room.counting, chunk, now)
        if work is None:
            await chunks.put_down(conn, chunk, "held_back")
        return chunk, work


async def _push(room: PushRoom, chunk: Chunk, work: Work) -> None:
    now = room.clock()
    rings = work.notice.kind is Kind.EMERGENCY and chunk.ward is not None and not work.recalled
    ends = {device: End("digest", work.tries[device], at, None) for device, at in work.digests.items()}
    rounds = ((work.first, rings), (work.again, False))
    for parcels, bare in rounds:
        if not parcels:
            continue
        if ladder.next_rung(work.notice, None, now) is not ladder.Rung.PUSH:
            outcomes: Mapping[UUID, Outcome] = {parcel.device: Outcome(Fate.FAILED) for parcel in parcels}
        else:
            outcomes = await room.pusher.push(
                work.notice, parcels, now, revision=work.revision, recalled=work.recalled, bare=bare
            )
        heard = room.clock()
        meters.note(work.notice, outcomes.values(), heard)
        ends |= {device: _end(work, device, outcome, bare, heard) for device, outcome in outcomes.items()}
    waiting = [end.due_at for end in ends.values() if end.state in ("waiting", "rung")]
    again = min([*waiting, *([] if work.rest is None else [work.rest])], default=None)
    async with room.open() as conn:
        await write(conn, chunk, ends, room.clock())
        await chunks.put_down(conn, chunk, "done" if again is None else "waiting", again)


def _end(work: Work, device: UUID, outcome: Outcome, bare: bool, now: datetime) -> End:
    tries = work.tries[device] + 1
    if outcome.fate is Fate.LATER:
        again = ladder.retry_at(work.notice, tries, outcome.retry_after, now)
        if again is not None:
            return End("waiting", tries, again, outcome.status)
        return End("failed", tries, now, outcome.status)
    if bare and outcome.fate is Fate.ACCEPTED:
        return End("rung", work.tries[device], now, outcome.status)
    return End(_FINAL[outcome.fate], tries, now, outcome.status)
