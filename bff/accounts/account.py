"""What she sees of her account: what the card or the desk told and when, what changed, and what is under way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts.desk import ISSUER
from bff.errors import FieldRefused, FieldsRefused
from bff.identity.basics import ITEMS, Basics, Item
from bff.identity.residents import BEFORE, Resident
from bff.identity.tables import merged_accounts, residents
from bff.texts import say

KnownBy = Literal["card", "desk"]


@dataclass(frozen=True)
class Told:
    """One of the four basic items. `before`: what it was until the last change, when she has not read that yet."""

    item: Item
    value: str
    at: datetime | None
    before: str | None


@dataclass(frozen=True)
class Account:
    """`called_off_at`: a wish to be erased that a login called off. `moving_to` is her own word, proved by nothing."""

    known_by: KnownBy
    made_at: datetime
    told: tuple[Told, ...]
    changed_at: datetime | None
    ward: str | None
    moving_to: str | None
    called_off_at: datetime | None
    merged_at: datetime | None


async def of(conn: AsyncConnection, me: Resident, now: datetime) -> Account:
    row = (await conn.execute(select(residents).where(residents.c.id == me.id))).one()
    merged = select(func.max(merged_accounts.c.at)).where(merged_accounts.c.resident == me.id)
    before = Basics()
    if row.before is not None and row.before_until > now:
        before = msgspec.json.decode(me.key.open(BEFORE, row.before), type=Basics)
    changed = me.basics.changed_from(before)
    told = (
        Told(item, me.basics.shown(item), _at(me, item), before.shown(item) if item in changed else None)
        for item in ITEMS
    )
    return Account(
        known_by="desk" if row.issuer.startswith(ISSUER) else "card",
        made_at=row.made_at,
        told=tuple(told),
        changed_at=row.changed_at if changed else None,
        ward=me.ward,
        moving_to=row.moving_to,
        called_off_at=row.erase_called_off_at,
        merged_at=(await conn.execute(merged)).scalar(),
    )


async def has_read_changes(conn: AsyncConnection, me: Resident) -> None:
    """What was told before is forgotten, and so is that an erasing was called off."""
    read = {"before": None, "before_until": None, "erase_called_off_at": None}
    await conn.execute(update(residents).where(residents.c.id == me.id).values(read))


async def choose_moving_to(
    conn: AsyncConnection, me: Resident, ward: str | None, wards: Iterable[str], now: datetime
) -> None:
    """The ward somebody from elsewhere is going to move to; it opens no data of that ward. Raises `FieldsRefused`."""
    if me.ward is not None and ward is not None:
        raise _refused("moving_not_outside")
    if ward is not None and ward not in wards:
        raise _refused("moving_ward")
    chosen = {"moving_to": ward, "moving_to_at": now if ward else None}
    await conn.execute(update(residents).where(residents.c.id == me.id).values(chosen))


async def forget_changes(conn: AsyncConnection, now: datetime) -> None:
    """What was told before a change goes after its time, read or not (house door)."""
    late = residents.c.before_until <= now
    await conn.execute(update(residents).where(late).values(before=None, before_until=None))


def _at(me: Resident, item: Item) -> datetime | None:
    if not me.basics.shown(item):
        return None
    return me.basics.times.get(item, me.basics_at)


def _refused(why: str) -> FieldsRefused:
    return FieldsRefused(say(why), (FieldRefused("ward", why, say(why)),))
