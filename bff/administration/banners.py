"""Short messages over every page of the app: to a ward's residents, or by who runs the house to all (`EVERYWHERE`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration.amendments import By
from bff.administration.tables import ward_banners
from life_events import Text

EVERYWHERE: Final = ""
LONGEST: Final = 200
_b = ward_banners.c


@dataclass(frozen=True)
class Banner:
    id: UUID
    ward: str
    text: Text
    begins: datetime
    ends: datetime
    made_by_name: str
    agreed_by_name: str
    ended_at: datetime | None = None
    ended_by_name: str | None = None

    def is_up(self, now: datetime) -> bool:
        return self.ended_at is None and self.begins <= now < self.ends

    def is_over(self, now: datetime) -> bool:
        return self.ended_at is not None or self.ends <= now


async def put_up(
    conn: AsyncConnection,
    id: UUID,
    ward: str,
    text: Text,
    *,
    begins: datetime,
    ends: datetime,
    by: By,
    asked_at: datetime,
    agreed: By,
    now: datetime,
) -> None:
    """House door. Raises `ValueError` for one that ends before it begins or is over already."""
    if not begins < ends or ends <= now:
        raise ValueError("a banner ends after it begins, and has not ended yet")
    told = {"text_ja": text.ja, "text_easy": text.easy, "text_en": text.en, "begins": begins, "ends": ends}
    told |= {"made_at": asked_at, "made_by": by.official, "made_by_name": by.name}
    told |= {"agreed_at": now, "agreed_by": agreed.official, "agreed_by_name": agreed.name}
    await conn.execute(insert(ward_banners).values(id=id, ward=ward, **told))


async def take_down(conn: AsyncConnection, banner: Banner, *, by: By, now: datetime) -> bool:
    """By one: what is wrong comes down at once. False: it is down already."""
    stands = (_b.id == banner.id, _b.ended_at.is_(None), _b.ends > now)
    told = {"ended_at": now, "ended_by_name": by.name}
    return (await conn.execute(update(ward_banners).where(*stands).values(**told))).rowcount == 1


async def of_ward(conn: AsyncConnection, ward: str) -> Sequence[Banner]:
    """House door: the ward's own and those for all, the newest first."""
    asked = select(ward_banners).where(_b.ward.in_((ward, EVERYWHERE))).order_by(_b.begins.desc()).limit(50)
    return [_banner(row) for row in await conn.execute(asked)]


async def line(conn: AsyncConnection, now: datetime) -> Sequence[Banner]:
    """House door: those that are up, and those that will be."""
    asked = select(ward_banners).where(_b.ends > now, or_(_b.ended_at.is_(None), _b.ended_at > now))
    return [_banner(row) for row in await conn.execute(asked.order_by(_b.begins))]


def _banner(row: Row[Any]) -> Banner:
    text = Text(ja=row.text_ja, easy=row.text_easy, en=row.text_en)
    names = (row.made_by_name, row.agreed_by_name)
    return Banner(row.id, row.ward, text, row.begins, row.ends, *names, row.ended_at, row.ended_by_name)
