"""The list of whom a ward posts a letter to: who has left a notice unread for a week. Made after a second person's yes,
part by part, and each look at a name leaves a row that she sees. A part is a file to print; what was printed counts as
on paper, once, and what never was may be asked for again."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from pyroaring import BitMap
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.keys import DataKey
from bff.identity.residents import resident_of
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.reach.house import House
from bff.reach.tables import reach_letter_parts as parts
from bff.reach.tables import reach_letters as kept
from notifications.reach import rates, rows
from notifications.reach.climbing import Told
from notifications.reach.ladders import Rung
from notifications.reach.rows import Tried

MAKE: Final = "reach_letters"
"""args: {"list": uuid}"""
LIVES: Final = timedelta(days=14)
A_PART: Final = 200
SEALED: Final = "letter list"
PURPOSE: Final = "letter_list"


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One letter: where it goes, to whom, in which language she reads."""

    address: str
    name: str
    language: str


@dataclass(frozen=True)
class Part:
    """`printed_at` None: nobody has taken it yet."""

    number: int
    size: int
    printed_at: datetime | None


@dataclass(frozen=True)
class List:
    """`state`: making or made. `size`: how many letters so far; `whole`: how many people were unread when it began."""

    id: UUID
    notice: UUID
    state: str
    size: int
    whole: int
    reason: str
    asked_by: UUID
    made_at: datetime
    until: datetime
    parts: Sequence[Part] = ()


async def promise(conn: AsyncConnection, house: House, *, notice: UUID, ward: str, by: UUID, reason: str) -> UUID:
    """House door, with the row that says who agreed; `by` has asked for it."""
    id, now = house.new_id(), house.clock()
    line = {"id": id, "notice": notice, "ward": ward, "asked_by": by, "reason": reason, "state": "making", "size": 0}
    await conn.execute(insert(kept).values(**line, made_at=now, until=now + LIVES))
    await house.defer(conn, MAKE, args={"list": str(id)})
    return id


async def make(house: House, id: UUID) -> None:
    """The job; may be run again: a part is kept with the note of whom it is for, and they are not found any more."""
    while await _one_more(house, id):
        pass


async def of_notice(conn: AsyncConnection, notice: UUID, now: datetime) -> Sequence[List]:
    """Ward door; those that may still be taken."""
    asked = select(kept).where(kept.c.notice == notice, kept.c.until > now).order_by(kept.c.made_at.desc())
    found = list(await conn.execute(asked))
    cut = select(parts.c.list, parts.c.part, parts.c.size, parts.c.printed_at).order_by(parts.c.part)
    of: dict[UUID, list[Part]] = {row.id: [] for row in found}
    for row in await conn.execute(cut.where(parts.c.list.in_(list(of)))) if of else ():
        of[row.list].append(Part(row.part, row.size, row.printed_at))
    return [_list(row, of[row.id]) for row in found]


async def taken(
    conn: AsyncConnection, house: House, id: UUID, now: datetime, part: int | None = None
) -> tuple[List, Sequence[Line]] | None:
    """Ward door; of one part, or of all, in the order of addresses, as a postman walks. None: there is none here, it is
    not made yet, or its time is over."""
    row = (await conn.execute(select(kept).where(kept.c.id == id, kept.c.until > now))).first()
    if row is None or (part is None and row.state != "made"):
        return None
    asked = select(parts).where(parts.c.list == id)
    found = list(await conn.execute(asked if part is None else asked.where(parts.c.part == part)))
    if not found and (part is not None or row.size):
        return None
    key = _key(house, id)
    lines = [one for each in found for one in msgspec.json.decode(key.open(SEALED, each.body), type=list[Line])]
    return _list(row, ()), sorted(lines, key=lambda one: (one.address, one.name))


async def printed(conn: AsyncConnection, id: UUID, part: int | None, by: UUID, now: datetime) -> None:
    """House door: these letters count as on paper; again is the same."""
    first = update(parts).where(parts.c.list == id, parts.c.printed_at.is_(None))
    if part is not None:
        first = first.where(parts.c.part == part)
    done = await conn.execute(first.values(printed_at=now, printed_by=by).returning(parts.c.numbers))
    numbers = BitMap().union(*[BitMap.deserialize(bytes(one)) for one in done.scalars()])
    if numbers:
        notice = (await conn.execute(select(kept.c.notice).where(kept.c.id == id))).scalar_one()
        await rows.on_paper(conn, notice, numbers, now)


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    """Who stands in a part that nobody printed has got no letter, and is found by the next list."""
    over = select(kept.c.notice, parts.c.numbers).join(parts, parts.c.list == kept.c.id)
    for row in list(await conn.execute(over.where(kept.c.until <= now, parts.c.printed_at.is_(None)))):
        await rows.give_back(conn, row.notice, Rung.LETTER, BitMap.deserialize(bytes(row.numbers)))
    await conn.execute(delete(kept).where(kept.c.until <= now))


async def _one_more(house: House, id: UUID) -> bool:
    """One part, of whom it lies unread now. False: nobody is left, or another has made the rest."""
    async with house.db.house() as conn:
        row = (await conn.execute(select(kept).where(kept.c.id == id).with_for_update())).first()
        if row is None or row.state != "making":
            return False
        now = house.clock()
        left = (await rates.unread(conn, row.notice, now)) or BitMap()
        left -= (await rows.tried(conn, row.notice, Rung.LETTER)).tried
        whom = BitMap(list(left)[:A_PART])
        found = await _addressed(conn, house, row, whom, now) if whom else {}
        if whom:
            done = Tried(whom, spared=len(whom) - len(found))
            await rows.keep(conn, row.notice, row.ward, Rung.LETTER, done, now)
        if found:
            await _keep_part(conn, house, row, found)
        is_last = len(whom) == len(left)
        state = {"state": "made" if is_last else "making", "whole": row.whole or len(left)}
        await conn.execute(update(kept).where(kept.c.id == id).values(size=kept.c.size + len(found), **state))
        return not is_last


async def _keep_part(conn: AsyncConnection, house: House, row: Any, found: dict[int, Line]) -> None:
    before = select(func.coalesce(func.max(parts.c.part), 0)).where(parts.c.list == row.id)
    line = {"list": row.id, "part": (await conn.execute(before)).scalar_one() + 1, "ward": row.ward}
    line |= {"size": len(found), "numbers": BitMap(found).serialize()}
    sealed = _key(house, row.id).seal(SEALED, msgspec.json.encode(list(found.values())))
    await conn.execute(insert(parts).values(**line, body=sealed))


async def _addressed(conn: AsyncConnection, house: House, row: Any, whom: BitMap, now: datetime) -> dict[int, Line]:
    """By number; who has moved away or told no address is left out. The address is the one her card told."""
    notice = await rows.notice(conn, row.notice)
    if notice is None:
        return {}
    told = Told(notice.kind, "", "", notice.sent_at)
    by = Looker("official", row.asked_by, row.ward)
    found: dict[int, Line] = {}
    for one in await rows.people(conn, list(whom), told, now):
        who = await resident_of(conn, one.resident, house.keys) if one.ward == row.ward else None
        if who is None or not who.basics.name or not who.basics.address:
            continue
        look = Look(who.id, by, "account", PURPOSE, PURPOSE, row.reason)
        await looks.note(conn, look, now=now, new_id=house.new_id)
        found[one.number] = Line(who.basics.address, who.basics.name, one.language.value)
    return found


def _key(house: House, id: UUID) -> DataKey:
    return DataKey(id, hmac.digest(house.person_secret, b"letter list|" + id.bytes, "sha256"), secrets.token_bytes)


def _list(row: Any, cut: Sequence[Part]) -> List:
    return List(
        row.id, row.notice, row.state, row.size, row.whole, row.reason, row.asked_by, row.made_at, row.until, cut
    )
