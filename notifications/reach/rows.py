"""Rows of the ladder: whom a notice is for, who was reached, and how far each rung has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import day_in_japan
from notifications.notice import Notice
from notifications.post import publish
from notifications.reach.ladders import Rung
from notifications.tables import HERSELF
from notifications.wishes.asked import HELD_UNTIL, Told, binds, joins
from notifications.words import Language

_SOON: Final = text("""
    INSERT INTO reach_climbs (notice, ward, next_at)
    SELECT notices.id, CASE WHEN notices.personal THEN NULL ELSE notices.ward END, notices.sent_at FROM notices
    WHERE notices.sent_at > :since AND notices.kind = ANY (:kinds)
    ON CONFLICT DO NOTHING
""")
_DUE: Final = text("SELECT notice FROM reach_climbs WHERE next_at <= :now ORDER BY next_at LIMIT :most")
_NOTICE: Final = text("""
    SELECT notices.*, snapshots.stopped_at FROM notices
    LEFT JOIN snapshots ON snapshots.notice = notices.id WHERE notices.id = :notice
""")
_DIRECT: Final = text("""
    SELECT contacts.number FROM deliveries JOIN contacts ON contacts.resident = deliveries.resident
    WHERE deliveries.notice = :notice AND deliveries.sent_on = :sent_on
""")
_REACHED: Final = """
    SELECT number FROM notice_acts WHERE notice = :notice AND {what} IS NOT NULL AND number IS NOT NULL
        AND revision >= (SELECT revision FROM notices WHERE id = :notice)
    UNION ALL
    SELECT aliases.number FROM notice_acts AS acts JOIN contact_aliases AS aliases ON aliases.resident = acts.resident
    WHERE acts.notice = :notice AND acts.{what} IS NOT NULL
        AND acts.revision >= (SELECT revision FROM notices WHERE id = :notice)
"""
_REACHED_BY: Final = {what: text(_REACHED.format(what=f"{what}_at")) for what in ("opened", "confirmed")}
_ANSWERED: Final = text(f"""
    SELECT DISTINCT m.child FROM notice_acts AS a
    JOIN contact_marks AS m ON m.resident = a.resident AND m.mark = ANY (CAST(:marks AS text[]))
    WHERE a.notice = :notice AND a.answered_at IS NOT NULL AND m.child <> '{HERSELF}'
        AND a.revision >= (SELECT revision FROM notices WHERE id = :notice)
""")  # noqa: S608 - names of ours
_ANSWERED_FOR: Final = text(f"""
    WITH done AS (
        SELECT resident, min(number) AS number FROM contact_marks
        WHERE ward = :ward AND mark = ANY (CAST(:marks AS text[])) AND child <> '{HERSELF}'
        GROUP BY resident HAVING bool_and(child = ANY (CAST(:children AS uuid[])))
    )
    SELECT number FROM done
    UNION ALL
    SELECT aliases.number FROM done JOIN contact_aliases AS aliases USING (resident)
""")  # noqa: S608 - names of ours
_CHILDREN: Final = text(f"""
    SELECT resident, child FROM contact_marks
    WHERE resident = ANY (CAST(:whom AS uuid[])) AND mark = ANY (CAST(:marks AS text[])) AND child <> '{HERSELF}'
    UNION
    SELECT resident, child FROM deliveries
    WHERE notice = :notice AND sent_on = :sent_on AND resident = ANY (CAST(:whom AS uuid[])) AND child <> '{HERSELF}'
""")  # noqa: S608 - names of ours
_PEOPLE: Final = f"""
    WITH told AS (
        SELECT resident, number FROM contacts WHERE number = ANY (CAST(:numbers AS integer[]))
        UNION ALL
        SELECT resident, number FROM contact_aliases WHERE number = ANY (CAST(:numbers AS integer[]))
    )
    SELECT told.resident, told.number, contacts.language, contacts.ward, {HELD_UNTIL} AS held_until
    FROM told JOIN contacts ON contacts.resident = told.resident {joins("told.resident")}
    ORDER BY told.number
"""  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True)
class Someone:
    """One of a batch. `held_until`: as `notifications.wishes.asked` says it; None: she may be told now."""

    resident: UUID
    number: int
    language: Language
    ward: str | None
    held_until: datetime | None


@dataclass
class Tried:
    """What became of a rung so far. `no_way`: nobody to write to; `spared`: moved away, done already or muted."""

    tried: BitMap
    sent: int = 0
    failed: int = 0
    no_way: int = 0
    spared: int = 0


async def take_in(conn: AsyncConnection, since: datetime, kinds: Sequence[str]) -> None:
    """Notices sent since then begin to climb; those that do already stay where they are."""
    await conn.execute(_SOON, {"since": since, "kinds": list(kinds)})


async def due(conn: AsyncConnection, now: datetime, most: int) -> Sequence[UUID]:
    return list(await conn.scalars(_DUE, {"now": now, "most": most}))


async def notice(conn: AsyncConnection, id: UUID) -> Row[Any] | None:
    return (await conn.execute(_NOTICE, {"notice": id})).first()


def names_an_event(row: Row[Any]) -> bool:
    """It is for whom something is open just now (pregnancy, a death), of which she agreed that it is known to nobody:
    so no official reads on a list who they are, and nobody at home what she was chosen by."""
    return any(mark.startswith("event:") for mark in row.marks)


async def members(conn: AsyncConnection, row: Row[Any], now: datetime) -> BitMap:
    """Who has been told by now, by number; of a broadcast those of the snapshot whose wave has come, of a direct notice
    one."""
    kept = await publish.snapshot(conn, row.id)
    if kept is not None:
        return kept.told(now)
    return BitMap(await conn.scalars(_DIRECT, {"notice": row.id, "sent_on": row.sent_on}))


async def reached(conn: AsyncConnection, id: UUID, stops: Literal["opened", "confirmed"]) -> BitMap:
    return BitMap(await conn.scalars(_REACHED_BY[stops], {"notice": id}))


async def answered(conn: AsyncConnection, row: Row[Any]) -> frozenset[UUID]:
    """Where one guardian's answer is enough: the keys of the children for whom one has answered."""
    if not (row.asks or {}).get("one_is_enough") or row.personal or not row.marks:
        return frozenset()
    return frozenset(await conn.scalars(_ANSWERED, {"notice": row.id, "marks": list(row.marks)}))


async def answered_for(conn: AsyncConnection, row: Row[Any], children: Collection[UUID]) -> BitMap:
    """Who needs not answer any more: of each of her children it concerns, somebody has. `children`: all their keys."""
    if not children:
        return BitMap()
    told = {"ward": row.ward, "marks": list(row.marks), "children": list(children)}
    return BitMap(await conn.scalars(_ANSWERED_FOR, told))


async def known_children(
    conn: AsyncConnection, whom: Collection[UUID], children: Collection[UUID]
) -> Mapping[UUID, frozenset[UUID]]:
    """Which of these children each knows as her own, by their keys; who knows none is missing."""
    asked = text("""
        SELECT resident, child FROM contact_children
        WHERE resident = ANY (CAST(:whom AS uuid[])) AND child = ANY (CAST(:children AS uuid[]))
        UNION
        SELECT resident, child FROM contact_marks
        WHERE resident = ANY (CAST(:whom AS uuid[])) AND child = ANY (CAST(:children AS uuid[]))
    """)
    found: dict[UUID, set[UUID]] = {}
    for row in await conn.execute(asked, {"whom": list(whom), "children": list(children)}):
        found.setdefault(row.resident, set()).add(row.child)
    return {resident: frozenset(keys) for resident, keys in found.items()}


async def children(conn: AsyncConnection, notice: Notice, whom: Sequence[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """The keys of the children by whom each has it; who has it for herself is missing."""
    told = {"notice": notice.id, "sent_on": day_in_japan(notice.sent_at)}
    rows = await conn.execute(_CHILDREN, {**told, "marks": list(notice.marks), "whom": list(whom)})
    found: dict[UUID, set[UUID]] = {}
    for row in rows:
        found.setdefault(row.resident, set()).add(row.child)
    return {resident: frozenset(keys) for resident, keys in found.items()}


async def child_of(conn: AsyncConnection, row: Row[Any]) -> frozenset[UUID]:
    """Of a notice to one: the key of the child it concerns."""
    asked = text("SELECT child FROM deliveries WHERE notice = :notice AND sent_on = :sent_on AND child IS NOT NULL")
    return frozenset(await conn.scalars(asked, {"notice": row.id, "sent_on": row.sent_on}))


async def people(conn: AsyncConnection, numbers: Sequence[int], told: Told, now: datetime) -> Sequence[Someone]:
    """With their wishes; who has left the address book is missing."""
    asked = {"numbers": list(numbers), **binds(told, now)}
    rows = await conn.execute(text(_PEOPLE), asked)
    return [Someone(row.resident, row.number, Language(row.language), row.ward, row.held_until) for row in rows]


async def having(conn: AsyncConnection, everybody: BitMap, whom: Collection[UUID]) -> frozenset[UUID]:
    """Those of `whom` it was sent to themselves."""
    if not whom:
        return frozenset()
    asked = text("SELECT resident, number FROM contacts WHERE resident = ANY (CAST(:whom AS uuid[]))")
    rows = await conn.execute(asked, {"whom": list(whom)})
    return frozenset(row.resident for row in rows if row.number in everybody)


async def tried(conn: AsyncConnection, id: UUID, rung: Rung) -> Tried:
    asked = text("SELECT * FROM reach_steps WHERE notice = :notice AND rung = :rung")
    row = (await conn.execute(asked, {"notice": id, "rung": rung.value})).first()
    if row is None:
        return Tried(BitMap())
    return Tried(BitMap.deserialize(bytes(row.tried)), row.sent, row.failed, row.no_way, row.spared)


async def keep(conn: AsyncConnection, id: UUID, ward: str | None, rung: Rung, more: Tried, now: datetime) -> None:
    """Adds to what was kept: another worker may have come on meanwhile, and nobody is tried for twice."""
    line = {"notice": id, "rung": rung.value, "ward": ward, "now": now, "nothing": BitMap().serialize()}
    made = text("""
        INSERT INTO reach_steps (notice, rung, ward, tried, sent, failed, no_way, spared, begun_at, at)
        VALUES (:notice, :rung, :ward, :nothing, 0, 0, 0, 0, :now, :now) ON CONFLICT DO NOTHING
    """)
    await conn.execute(made, line)
    held = text("SELECT tried FROM reach_steps WHERE notice = :notice AND rung = :rung FOR UPDATE")
    before = BitMap.deserialize(bytes((await conn.execute(held, line)).scalar_one()))
    changed = text("""
        UPDATE reach_steps SET tried = :tried, sent = sent + :sent, failed = failed + :failed,
            no_way = no_way + :no_way, spared = spared + :spared, at = :now
        WHERE notice = :notice AND rung = :rung
    """)
    counts = {"sent": more.sent, "failed": more.failed, "no_way": more.no_way, "spared": more.spared}
    await conn.execute(changed, {**line, **counts, "tried": (before | more.tried).serialize()})


async def again(conn: AsyncConnection, id: UUID, at: datetime | None) -> None:
    """When the next rung is looked at; None: it is over."""
    await conn.execute(text("UPDATE reach_climbs SET next_at = :at WHERE notice = :notice"), {"notice": id, "at": at})


async def on_paper(conn: AsyncConnection, id: UUID, numbers: BitMap, now: datetime) -> None:
    """A letter to these was printed; who had one before is not counted again."""
    held = text("SELECT printed FROM reach_steps WHERE notice = :notice AND rung = 'letter' FOR UPDATE")
    kept = (await conn.execute(held, {"notice": id})).scalar_one()
    whole = numbers | (BitMap.deserialize(bytes(kept)) if kept else BitMap())
    changed = text("""
        UPDATE reach_steps SET printed = :printed, sent = :sent, at = :now WHERE notice = :notice AND rung = 'letter'
    """)
    await conn.execute(changed, {"notice": id, "printed": whole.serialize(), "sent": len(whole), "now": now})


async def give_back(conn: AsyncConnection, id: UUID, rung: Rung, numbers: BitMap) -> None:
    """They were put down for this rung, and it came to nothing: they may be tried for again."""
    told = {"notice": id, "rung": rung.value}
    held = text("SELECT tried FROM reach_steps WHERE notice = :notice AND rung = :rung FOR UPDATE")
    kept = (await conn.execute(held, told)).scalar_one_or_none()
    if kept is not None:
        left = (BitMap.deserialize(bytes(kept)) - numbers).serialize()
        changed = text("UPDATE reach_steps SET tried = :tried WHERE notice = :notice AND rung = :rung")
        await conn.execute(changed, {**told, "tried": left})


async def printed(conn: AsyncConnection, notices: Sequence[UUID]) -> Mapping[UUID, int]:
    """Of each to how many a letter was printed who have not opened it themselves; the others are missing."""
    asked = text("""
        SELECT notice, printed FROM reach_steps
        WHERE rung = 'letter' AND printed IS NOT NULL AND notice = ANY (CAST(:notices AS uuid[]))
    """)
    found = list(await conn.execute(asked, {"notices": list(notices)}))
    return {
        row.notice: len(BitMap.deserialize(bytes(row.printed)) - await reached(conn, row.notice, "opened"))
        for row in found
    }
