"""One summary a day for who chose it: what the chunks left as `digest` becomes one push at her hour, that says how many
there are and who wrote. A thousand people at a time: claimed, sent with no transaction open, written down in one.

What she has read or muted, or what was taken back before she heard of it, is not counted; where nothing is left, no
phone rings. A hand that dies leaves its people to another after LEASE, and the same summary again replaces the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import ladder
from notifications.channels.push_payload import line
from notifications.jobs import Clock, Open, day_in_japan
from notifications.notice import Notice
from notifications.parcel import Digest, Fate, Outcome, Parcel, Summariser
from notifications.push.chunks import LEASE
from notifications.push.members import ONE_BY_ONE
from notifications.push.outcomes import BROKEN
from notifications.rows import notice_of
from notifications.tables import devices, notices
from notifications.words import Language

AT_ONCE: Final = 1_000
LINES: Final = 3
LOOKS_BACK: Final = timedelta(days=31)
"""Nothing waits for a summary longer, so older months are not looked through."""

_ALONE: Final = text("SELECT pg_advisory_xact_lock(hashtext('mail room digests'))")
_CLAIM: Final = text("""
    WITH whom AS (
        SELECT DISTINCT resident FROM (
            SELECT resident FROM pushes WHERE state = 'digest' AND due_at <= :now AND sent_on >= :since
            ORDER BY due_at, resident LIMIT :most
        ) AS due
    )
    UPDATE pushes p SET due_at = :lease, claimed_at = :now FROM whom
    WHERE p.resident = whom.resident AND p.state = 'digest' AND p.due_at <= :now AND p.sent_on >= :since
    RETURNING p.resident, p.sent_on, p.notice, p.ward, p.chunk, p.revision, p.settled_at
""")
_FOUND: Final = text("""
    SELECT h.resident, h.sent_on, h.notice, h.ward, h.chunk, h.revision AS held_revision, h.settled_at,
        coalesce(c.language, 'ja') AS language,
        d.id AS device, d.endpoint, d.p256dh, d.auth, coalesce(p.tries, 0) AS tries,
        coalesce((a.opened_at IS NOT NULL OR a.archived_at IS NOT NULL) AND a.revision >= n.revision, false) AS read,
        EXISTS (
            SELECT FROM snapshots s
            WHERE s.notice = n.id AND s.stopped_at > coalesce(n.revised_at, '-infinity')
        ) AS stopped,
        EXISTS (
            SELECT FROM mail_mutes m WHERE m.resident = h.resident
                AND m.what IN ('sender:' || n.sender_key, 'topic:' || n.topic)
        ) AS muted,
        mail_room_held_until(CASE WHEN w.digest = 'daily' THEN w.digest_at END, w.quiet_from, w.quiet_until,
            h.settled_at, :now) AS held_until
    FROM unnest(CAST(:residents AS uuid[]), CAST(:days AS date[]), CAST(:notices AS uuid[]), CAST(:wards AS text[]),
            CAST(:chunks AS integer[]), CAST(:revisions AS integer[]), CAST(:settled AS timestamptz[]))
            AS h (resident, sent_on, notice, ward, chunk, revision, settled_at)
        JOIN notices n ON n.id = h.notice
        LEFT JOIN contacts c ON c.resident = h.resident
        LEFT JOIN mail_wishes w ON w.resident = h.resident
        LEFT JOIN notice_acts a ON a.resident = h.resident AND a.notice = h.notice
        LEFT JOIN devices d ON d.resident = h.resident AND d.failed_at IS NULL AND (d.expires_at > :now) IS TRUE
        LEFT JOIN LATERAL (
            SELECT state, tries FROM pushes
            WHERE sent_on = h.sent_on AND notice = h.notice AND device = d.id LIMIT 1
        ) AS p ON true
    WHERE p.state IS NULL OR p.state = 'digest'
    ORDER BY n.sent_at, n.id
""")
_PUT_OFF: Final = text("""
    UPDATE pushes p SET due_at = v.due_at
    FROM unnest(CAST(:days AS date[]), CAST(:notices AS uuid[]), CAST(:residents AS uuid[]),
        CAST(:dues AS timestamptz[])) AS v (sent_on, notice, resident, due_at)
    WHERE (p.sent_on, p.notice, p.resident) = (v.sent_on, v.notice, v.resident) AND p.state = 'digest'
""")
_WRITE: Final = text("""
    INSERT INTO pushes (sent_on, notice, device, resident, ward, language, origin, chunk, state, tries, due_at,
        claimed_at, settled_at, revision)
    SELECT v.sent_on, v.notice, d.id, d.resident, v.ward, v.language, substring(d.endpoint FROM '^[a-z]+://[^/]+'),
        v.chunk, v.state, v.tries, v.due_at, :now, v.settled_at, v.revision
    FROM unnest(CAST(:days AS date[]), CAST(:notices AS uuid[]), CAST(:devices AS uuid[]), CAST(:wards AS text[]),
            CAST(:languages AS text[]), CAST(:chunks AS integer[]), CAST(:states AS text[]),
            CAST(:tries AS smallint[]), CAST(:dues AS timestamptz[]), CAST(:settled AS timestamptz[]),
            CAST(:revisions AS integer[])) AS v (sent_on, notice, device, ward, language, chunk, state, tries, due_at,
            settled_at, revision)
        JOIN devices d ON d.id = v.device
    ON CONFLICT (sent_on, notice, device) DO UPDATE SET state = excluded.state, tries = excluded.tries,
        due_at = excluded.due_at, settled_at = excluded.settled_at, revision = excluded.revision
    WHERE pushes.state = 'digest' AND pushes.revision <= excluded.revision
""")
_ANEW: Final = text("""
    UPDATE pushes SET due_at = :now
    WHERE resident = :resident AND state = 'digest' AND sent_on >= :since AND due_at > :lease
""")
_OVER: Final = text("""
    DELETE FROM pushes p
    USING unnest(CAST(:days AS date[]), CAST(:notices AS uuid[]), CAST(:residents AS uuid[]))
        AS v (sent_on, notice, resident)
    WHERE (p.sent_on, p.notice, p.resident) = (v.sent_on, v.notice, v.resident) AND p.state = 'digest'
        AND p.due_at = :lease
""")


@dataclass(frozen=True)
class DigestRoom:
    open: Open
    clock: Clock
    pusher: Summariser


@dataclass(frozen=True)
class Line:
    """One notice for one phone."""

    row: Row[Any]
    notice: Notice

    @property
    def said(self) -> str:
        told, language = self.notice, Language(self.row.language)
        return line(told, language, revision=told.revision, recalled=told.recalled_at is not None)


@dataclass(frozen=True)
class Held:
    """`lines`: of what is to be told now; `later`: until when a notice waits on; `claimed`:
    all that was taken up, by (day, notice, resident)."""

    lines: Sequence[Line]
    later: Mapping[tuple[date, UUID, UUID], datetime]
    claimed: frozenset[tuple[date, UUID, UUID]]
    lease: datetime


async def push_digests(room: DigestRoom, most: int = AT_ONCE) -> int:
    """The job, each minute: to how many phones a summary was sent. May be run by several at once."""
    sent = 0
    while True:
        async with room.open() as conn:
            held = await _claimed(conn, room.clock(), most)
        if held is None:
            return sent
        parcels = _parcels(held.lines)
        now = room.clock()
        outcomes = await room.pusher.summarise(parcels, now) if parcels else {}
        async with room.open() as conn:
            await _settle(conn, held, outcomes, room.clock())
        sent += sum(one.fate is Fate.ACCEPTED for one in outcomes.values())


async def look_again(conn: AsyncConnection, resident: UUID, now: datetime) -> None:
    """She has chosen another hour, or none: what waits for her summary is looked at by the next job, which knows her
    new wish and tells it, or puts it off until then. What a hand holds now it finishes as it was. House door."""
    asked = {"resident": resident, "now": now, "since": day_in_japan(now - LOOKS_BACK), "lease": now + LEASE}
    await conn.execute(_ANEW, asked)


async def _claimed(conn: AsyncConnection, now: datetime, most: int) -> Held | None:
    """None: nobody's hour has come. While it is theirs, rows are due at the end of the lease."""
    lease = now + LEASE
    await conn.execute(_ALONE)
    asked = {"now": now, "lease": lease, "since": day_in_japan(now - LOOKS_BACK), "most": most}
    rows = {(row.sent_on, row.notice, row.resident): row for row in await conn.execute(_CLAIM, asked)}
    if not rows:
        return None
    await conn.execute(ONE_BY_ONE)
    columns = zip(*[tuple(row) for row in rows.values()], strict=True)
    names = ("residents", "days", "notices", "wards", "chunks", "revisions", "settled")
    told = {name: list(column) for name, column in zip(names, columns, strict=True)}
    found = list(await conn.execute(_FOUND, {**told, "now": now}))
    what = {one.id: one for one in await conn.execute(select(notices).where(notices.c.id.in_(set(told["notices"]))))}
    later = {(one.sent_on, one.notice, one.resident): one.held_until for one in found if one.held_until is not None}
    lines = [Line(one, notice_of(what[one.notice])) for one in found if one.device is not None]
    return Held([one for one in lines if _counts(one, now)], later, frozenset(rows), lease)


def _counts(one: Line, now: datetime) -> bool:
    """Whether it is to be told now. What was taken back is told to who had heard of it."""
    row, told = one.row, one.notice
    if row.read or row.stopped or row.muted or row.held_until is not None:
        return False
    if told.recalled_at is not None and row.held_revision < told.revision:
        return False
    return ladder.next_rung(told, None, now) is ladder.Rung.PUSH


def _parcels(lines: Sequence[Line]) -> list[Parcel]:
    """One for each phone."""
    of: dict[UUID, list[Line]] = {}
    for one in lines:
        of.setdefault(one.row.device, []).append(one)
    found = []
    for id, mine in of.items():
        row = mine[0].row
        found.append(Parcel(id, row.endpoint, row.p256dh, row.auth, Language(row.language), digest=_digest(mine)))
    return found


def _digest(mine: Sequence[Line]) -> Digest:
    """The same sender of the same class is named once."""
    told = "|".join(f"{one.notice.id}:{one.notice.revision}" for one in mine)
    said = dict.fromkeys(one.said for one in mine)
    return Digest(hashlib.sha256(told.encode()).hexdigest()[:22], len(mine), tuple(said)[:LINES])


async def _settle(conn: AsyncConnection, held: Held, outcomes: Mapping[UUID, Outcome], now: datetime) -> None:
    """What is neither told, nor to be told later, is over: she has read it, or has no phone."""
    await conn.execute(ONE_BY_ONE)
    if held.later:
        await conn.execute(_PUT_OFF, {**_keys(held.later), "dues": list(held.later.values())})
    told = [(one, outcomes[one.row.device]) for one in held.lines if one.row.device in outcomes]
    ends = [_end(one, outcome, now) for one, outcome in told]
    if told:
        await conn.execute(_WRITE, {"now": now, **_columns([one for one, _ in told], ends, now)})
    await conn.execute(_OVER, {**_keys(held.claimed), "lease": held.lease})
    gone = {one.row.device for one, outcome in told if outcome.fate is Fate.GONE}
    if gone:
        await conn.execute(delete(devices).where(devices.c.id.in_(gone)))
    given_up = {one.row.device for (one, outcome), (state, _) in zip(told, ends, strict=True) if state == "failed"}
    broken = {id for id in given_up if outcomes[id].status in BROKEN}
    if broken:
        await conn.execute(update(devices).where(devices.c.id.in_(broken)).values(failed_at=now))


def _keys(of: Iterable[tuple[date, UUID, UUID]]) -> dict[str, object]:
    days, whats, residents = (list(column) for column in zip(*of, strict=True))
    return {"days": days, "notices": whats, "residents": residents}


def _columns(lines: Sequence[Line], ends: Sequence[tuple[str, datetime]], now: datetime) -> dict[str, object]:
    """What is tried again keeps the moment it was put by, from which her hour is reckoned."""
    rows = [one.row for one in lines]
    return {
        "days": [row.sent_on for row in rows],
        "notices": [row.notice for row in rows],
        "devices": [row.device for row in rows],
        "wards": [row.ward for row in rows],
        "languages": [row.language for row in rows],
        "chunks": [row.chunk for row in rows],
        "states": [state for state, _ in ends],
        "tries": [row.tries + 1 for row in rows],
        "dues": [due for _, due in ends],
        "settled": [row.settled_at if state == "digest" else now for row, (state, _) in zip(rows, ends, strict=True)],
        "revisions": [one.notice.revision for one in lines],
    }


def _end(one: Line, outcome: Outcome, now: datetime) -> tuple[str, datetime]:
    if outcome.fate is Fate.LATER:
        again = ladder.retry_at(one.notice, one.row.tries + 1, outcome.retry_after, now)
        return ("failed", now) if again is None else ("digest", again)
    return ("failed" if outcome.fate in (Fate.TOO_BIG, Fate.FAILED) else outcome.fate.value), now
