"""Kept facts: what each source told and when, and since when it has been silent. Both may hold at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

import msgspec
from sqlalchemy import DateTime, Row, Select, Text, and_, any_, bindparam, delete, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.street import tellers
from bff.exchange.silence import Why
from bff.facts.found import found
from bff.facts.tables import kept_facts
from bff.identity.keys import DataKey
from bff.identity.residents import Resident
from bff.questions import Question
from life_events import Entered, EnteredValue
from life_events.benefits import Benefits
from life_events.dates import months_after
from life_events.entered import MONTHS_KEPT
from life_events.facts import (
    LOOKED_UP,
    Answers,
    CareRecords,
    ChildcareRecords,
    Contracts,
    Facts,
    Household,
    NationalProfile,
    Pupils,
)
from life_events.standing import Questions, dated, with_answer
from life_events.terms import UNKNOWN

Part = msgspec.Struct
SELF: Final = "self"
ENTERED: Final = "entered"
STUDIED: Final[Mapping[str, type[Part]]] = {
    "registry": Household,
    "childcare": ChildcareRecords,
    "care": CareRecords,
    "national": NationalProfile,
    "school": Pupils,
    "electricity": Contracts,
    "benefits": Benefits,
}
"""What the study judges from, by the part of the facts that is called like its source."""
SHAPES: Final[Mapping[str, type[Part]]] = {
    **{id: teller.shape for id, teller in tellers().items()},
    **STUDIED,
    SELF: Answers,
    ENTERED: Entered,
}


OF_HOME: Final = (*STUDIED, *LOOKED_UP, SELF, ENTERED)
"""What home is judged from; records that are told on her wish stay shut meanwhile."""


@dataclass(frozen=True)
class Told:
    """What a source told `at`; it may be shown `until` (None: as long as she is with us)."""

    part: Part
    at: datetime
    until: datetime | None


@dataclass(frozen=True)
class Gap:
    """A source that is silent: why it was at the last asking, and since when."""

    source: str
    why: Why
    since: datetime


@dataclass(frozen=True)
class Held:
    """One source as it stands; with both, the old facts stand and are shown with their time.

    `asked_at`: when it was last asked, whatever came of it.
    """

    source: str
    told: Told | None
    gap: Gap | None
    asked_at: datetime | None = None


Kept = Mapping[str, Held]


async def kept(
    conn: AsyncConnection,
    resident: Resident,
    now: datetime | None = None,
    sources: Collection[str] = tuple(SHAPES),
) -> Kept:
    """What is held of `resident`, by source; a source never asked is not in it. One round trip.

    Facts beyond their time are as if never told (`now` None: by the database's clock). `sources`: no other is opened.
    """
    rows = await conn.execute(_asking(*sources), {"whose": resident.id, "now": now})
    return held_of(rows, resident)


def held_of(rows: Iterable[Any], resident: Resident) -> Kept:
    """What the rows of `of_home` hold, opened."""
    return {row.source: _held(row, resident.key) for row in rows if row.source in SHAPES}


@cache
def of_home() -> Question:
    """All that a home is made of; asked with `whose` and `now`."""
    return Question(_asking(*OF_HOME))


@cache
def _asking(*sources: str) -> Select[Any]:
    now = func.coalesce(bindparam("now", type_=DateTime(timezone=True)), func.now())
    return select(kept_facts, (kept_facts.c.expires_at <= now).label("expired")).where(
        kept_facts.c.resident == bindparam("whose"), kept_facts.c.source == any_(literal([*sources], ARRAY(Text)))
    )


async def asked_at(conn: AsyncConnection, resident: UUID) -> Mapping[str, datetime | None]:
    """When each source was last asked; nothing of what it told."""
    rows = select(kept_facts.c.source, kept_facts.c.asked_at).where(kept_facts.c.resident == resident)
    return {row.source: row.asked_at for row in await conn.execute(rows)}


async def settle_told(conn: AsyncConnection, resident: Resident, source: str, told: Told) -> None:
    """A source has told: its new facts replace the old, and it is silent no more."""
    sealed = resident.key.seal(_kind(source), msgspec.json.encode(told.part))
    values = {"value": sealed, "told_at": told.at, "expires_at": told.until, "asked_at": told.at}
    values |= {"silent_since": None, "silent_why": None}
    new = insert(kept_facts).values(resident=resident.id, source=source, **values)
    await conn.execute(
        new.on_conflict_do_update(index_elements=[kept_facts.c.resident, kept_facts.c.source], set_=values)
    )


async def settle_silent(conn: AsyncConnection, resident: UUID, gap: Gap) -> None:
    """A source was silent: the old facts stay; a silence that lasts keeps its beginning."""
    new = insert(kept_facts).values(
        resident=resident, source=gap.source, silent_since=gap.since, silent_why=str(gap.why), asked_at=gap.since
    )
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[kept_facts.c.resident, kept_facts.c.source],
            set_={
                "silent_since": func.coalesce(kept_facts.c.silent_since, new.excluded.silent_since),
                "silent_why": new.excluded.silent_why,
                "asked_at": new.excluded.asked_at,
            },
        )
    )


async def forget(conn: AsyncConnection, resident: UUID, sources: Collection[str]) -> None:
    """Drop what these sources told and whether they were silent, at once."""
    await conn.execute(delete(kept_facts).where(kept_facts.c.resident == resident, kept_facts.c.source.in_(sources)))


async def answer(
    conn: AsyncConnection, resident: Resident, questions: Questions, fact: str, value: object, now: datetime
) -> None:
    """What she herself says of one fact (id as in `life_events.facts.answer_id`); None takes it back."""
    before = await _held_fast(conn, resident, SELF)
    answers = before.part if before and isinstance(before.part, Answers) else Answers()
    await settle_told(conn, resident, SELF, Told(with_answer(answers, questions, fact, value, now), now, None))


async def enter(conn: AsyncConnection, resident: Resident, values: Mapping[str, EnteredValue], now: datetime) -> None:
    """What she wrote in a form she sent, by term, for the next forms; the newest of each is kept, 13 months long."""
    if not values:
        return
    before = await _held_fast(conn, resident, ENTERED)
    earlier = before.part.values if before and isinstance(before.part, Entered) else {}
    await _settle_entered(conn, resident, Entered({**earlier, **values}), now)


async def with_old_entries(conn: AsyncConnection, now: datetime, *, after: UUID, most: int) -> list[UUID]:
    """Up to `most` residents by id, those after `after`, of whom something entered has been kept for long enough."""
    found = await conn.scalars(
        select(kept_facts.c.resident)
        .where(kept_facts.c.source == ENTERED, kept_facts.c.value.is_not(None), kept_facts.c.resident > after)
        .where(func.coalesce(kept_facts.c.expires_at, now) <= now)
        .order_by(kept_facts.c.resident)
        .limit(most)
    )
    return list(found)


async def forget_entered(conn: AsyncConnection, resident: Resident, now: datetime) -> None:
    """Drop what she entered longer ago than it may be kept; the rest stays."""
    before = await _held_fast(conn, resident, ENTERED)
    entered = before.part if before and isinstance(before.part, Entered) else Entered()
    await _settle_entered(conn, resident, entered, now)


async def _settle_entered(conn: AsyncConnection, resident: Resident, entered: Entered, now: datetime) -> None:
    """The row's end is that of its oldest value; what is younger then stays."""
    kept = entered.kept(now.date())
    if kept.values:
        ends = min(months_after(one.at.date(), MONTHS_KEPT) for one in kept.values.values())
        until = datetime.combine(ends, time(), UTC)
        await settle_told(conn, resident, ENTERED, Told(kept, now, until))
    else:
        mine = (kept_facts.c.resident == resident.id, kept_facts.c.source == ENTERED)
        await conn.execute(delete(kept_facts).where(*mine))


async def _held_fast(conn: AsyncConnection, resident: Resident, source: str) -> Told | None:
    """What is kept, held until the transaction ends; a row to wait at, so that of two at once none is lost."""
    await conn.execute(insert(kept_facts).values(resident=resident.id, source=source).on_conflict_do_nothing())
    rows = select(kept_facts).where(kept_facts.c.resident == resident.id, kept_facts.c.source == source)
    row = (await conn.execute(rows.with_for_update())).one()
    return _told(row, resident.key)


def facts_of(kept: Kept) -> Facts:
    """The facts the rules work on; a source that has told nothing is UNKNOWN."""
    parts: dict[str, Any] = {source: held.told.part for source, held in kept.items() if held.told}
    hers = {"answers": parts.pop(SELF, Answers()), "entered": parts.pop(ENTERED, Entered())}
    studied = {source: parts.get(source, UNKNOWN) for source in STUDIED}
    return Facts(**studied, **hers, **cast(dict[str, Any], found(parts)))


async def forget_expired(conn: AsyncConnection, now: datetime) -> int:
    """Drop facts beyond their time (house door), and when somebody was asked of whom nothing is kept; how many.

    What she entered ends value by value: `forget_entered`.
    """
    ended = and_(kept_facts.c.expires_at <= now, kept_facts.c.source != ENTERED)
    is_empty = and_(kept_facts.c.value.is_(None), kept_facts.c.silent_since.is_(None))
    rested = and_(is_empty, kept_facts.c.asked_at <= now - timedelta(days=1))
    return (await conn.execute(delete(kept_facts).where(or_(ended, rested)))).rowcount


def _held(row: Row[*tuple[Any, ...]], key: DataKey) -> Held:
    is_over = row.expired and row.source != ENTERED
    return Held(
        source=row.source,
        told=None if is_over else _told(row, key),
        gap=Gap(row.source, Why(row.silent_why), row.silent_since) if row.silent_since else None,
        asked_at=row.asked_at,
    )


def _told(row: Row[*tuple[Any, ...]], key: DataKey) -> Told | None:
    part = _part(row.source, row.value, key) if row.value is not None else None
    if isinstance(part, Answers):
        part = dated(part, row.told_at)
    return Told(part, row.told_at, row.expires_at) if part is not None else None


def _part(source: str, sealed: bytes, key: DataKey) -> Part | None:
    """None when it was kept in a shape of another version: it is asked for anew."""
    try:
        return _decoder(source).decode(key.open(_kind(source), sealed))
    except msgspec.MsgspecError:
        return None


@cache
def _decoder(source: str) -> msgspec.json.Decoder[Part]:
    return msgspec.json.Decoder(SHAPES[source])


def _kind(source: str) -> str:
    return f"facts:{source}"
