"""What officials do to a service: switch it off and on, plan that it is closed. Acts are kept, never changed.

A switch belongs to one ward, whose officials decide for its residents alone, or to all (`EVERYWHERE`), by whoever runs
the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Insert, Select, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.tables import service_acts
from life_events.terms import Text

EVERYWHERE: Final = ""
LONGEST_REASON = 500


@dataclass(frozen=True)
class By:
    """Who acts; `official` is None for somebody at the machine itself."""

    official: UUID | None
    name: str


@dataclass(frozen=True)
class Off:
    """A service that is not asked until somebody switches it on again."""

    source: str
    ward: str
    since: datetime
    reason: str
    by: str


@dataclass(frozen=True)
class Outage:
    """A service that is not asked from `begins` until `ends`; `text` is for residents."""

    id: int
    source: str
    ward: str
    begins: datetime
    ends: datetime
    text: Text
    by: str

    def is_on(self, now: datetime) -> bool:
        return self.begins <= now < self.ends


@dataclass(frozen=True)
class Act:
    """One line of what was done, for those who run the services."""

    at: datetime
    act: str
    ward: str
    reason: str
    by: str


async def switch_off(conn: AsyncConnection, source: str, ward: str, *, by: By, reason: str, now: datetime) -> None:
    """From the next seconds on it is not asked; raises `ValueError` without a reason."""
    if not reason.strip():
        raise ValueError("a service is not switched off without a reason")
    await conn.execute(_row("off", source, ward, by, reason, now))


async def switch_on(conn: AsyncConnection, source: str, ward: str, *, by: By, reason: str, now: datetime) -> None:
    await conn.execute(_row("on", source, ward, by, reason, now))


async def plan_outage(
    conn: AsyncConnection,
    source: str,
    ward: str,
    *,
    begins: datetime,
    ends: datetime,
    text: Text,
    by: By,
    now: datetime,
) -> None:
    """Raises `ValueError` for one that ends before it begins or is over already."""
    if not begins < ends or ends <= now:
        raise ValueError("an outage ends after it begins, and has not ended yet")
    words = {"text_ja": text.ja, "text_easy": text.easy, "text_en": text.en}
    await conn.execute(_row("outage", source, ward, by, "", now).values(begins=begins, ends=ends, **words))


async def call_off(conn: AsyncConnection, outage: Outage, *, by: By, now: datetime) -> None:
    """The outage does not take place, or is over early. Done twice at once it is done once."""
    try:
        async with conn.begin_nested():
            await conn.execute(_row("called_off", outage.source, outage.ward, by, "", now).values(outage=outage.id))
    except IntegrityError:
        return


async def switched_off(conn: AsyncConnection) -> Sequence[Off]:
    """What is off now, as far as this door sees."""
    acts = service_acts.c
    newest = (
        select(acts.source, acts.ward, acts.at, acts.reason, acts.official_name, acts.act)
        .where(acts.act.in_(("off", "on")))
        .ext(distinct_on(acts.source, acts.ward))
        .order_by(acts.source, acts.ward, acts.id.desc())
    )
    rows = await conn.execute(newest)
    return [Off(row.source, row.ward, row.at, row.reason, row.official_name) for row in rows if row.act == "off"]


async def outages(conn: AsyncConnection, now: datetime) -> Sequence[Outage]:
    """Those under way or to come, the next one first."""
    rows = await conn.execute(_outages().where(service_acts.c.ends > now).order_by(service_acts.c.begins))
    return [
        Outage(
            row.id,
            row.source,
            row.ward,
            row.begins,
            row.ends,
            Text(row.text_ja, row.text_easy, row.text_en),
            row.official_name,
        )
        for row in rows
    ]


async def history(conn: AsyncConnection, source: str, most: int) -> Sequence[Act]:
    """The newest first."""
    acts = service_acts.c
    newest = (
        select(acts.at, acts.act, acts.ward, acts.reason, acts.official_name)
        .where(acts.source == source)
        .order_by(acts.id.desc())
        .limit(most)
    )
    return [Act(*row) for row in await conn.execute(newest)]


def _outages() -> Select[*tuple[Any, ...]]:
    called_off = service_acts.alias()
    is_called_off = select(called_off.c.id).where(called_off.c.outage == service_acts.c.id).exists()
    return select(service_acts).where(service_acts.c.act == "outage", ~is_called_off)


def _row(act: str, source: str, ward: str, by: By, reason: str, now: datetime) -> Insert:
    return insert(service_acts).values(
        at=now,
        source=source,
        ward=ward,
        act=act,
        reason=reason.strip()[:LONGEST_REASON],
        official=by.official,
        official_name=by.name,
    )
