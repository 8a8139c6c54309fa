"""A school takes somebody off a child (a code in the wrong hands, an order of a family court): she hears of the child
no more, nor do those she let in, and neither the register nor a code brings her back until the school does."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.residents import Resident, resident_of
from bff.school import marks, posting, store
from bff.school.house import House
from bff.school.school import Guardian, Pupil, School, same_name
from bff.school.tables import pupil_taken_off

KIND: Final = "pupil taken off"
"""The kind under which it is sealed with the school's key."""
_t = pupil_taken_off.c


class Said(msgspec.Struct, frozen=True):
    """`why`: for the school alone; she is not told it."""

    name: str
    why: str


@dataclass(frozen=True)
class TakenOff:
    id: UUID
    pupil: UUID
    resident: UUID
    said: Said
    by: str
    at: datetime


async def take_off(
    conn: AsyncConnection, house: House, school: School, pupil: Pupil, guardian: Guardian, *, why: str, by: str
) -> TakenOff | None:
    """House door: she and whom she let in hear of the pupil no more, and she is told so. None: she is not there."""
    me = await resident_of(conn, guardian.resident, house.keys)
    if me is None or not await store.unlink(conn, pupil.id, guardian.resident):
        return None
    everybody = await store.guardians_of(conn, school, pupil.id)
    let_in = await store.let_in_by(conn, pupil.id, guardian.resident)
    one = TakenOff(house.new_id(), pupil.id, me.id, Said(guardian.name, why), by, house.clock())
    sealed = school.key.seal(KIND, msgspec.json.encode(one.said))
    whose = {"id": one.id, "pupil": pupil.id, "resident": me.id, "ward": school.ward, "school": school.id}
    made = {"digest": _digest(house.person_secret, pupil.id, me), "said": sealed, "by_name": by, "at": one.at}
    await conn.execute(insert(pupil_taken_off).values(**whose, **made))
    for each in sorted({me.id, *(one.resident for one in everybody if one.resident in let_in)}):
        await store.unlink(conn, pupil.id, each)
        await marks.anew(conn, house, each, school)
    await posting.tell(conn, house, school, pupil, me.id, "taken_off", id=one.id, about="school")
    return one


async def bring_back(conn: AsyncConnection, school: School, pupil: Pupil, id: UUID) -> TakenOff | None:
    """House door: a code opens the pupil to her again, and so does the register once `hearing.again` was asked.
    None: it is not there."""
    found = next((one for one in await of_pupil(conn, school, pupil.id) if one.id == id), None)
    if found is None:
        return None
    row = select(_t.digest).where(_t.id == id).scalar_subquery()
    same = (_t.pupil == pupil.id, or_(_t.resident == found.resident, _t.digest == row))
    await conn.execute(delete(pupil_taken_off).where(*same))
    return found


async def of_pupil(conn: AsyncConnection, school: School, pupil: UUID) -> list[TakenOff]:
    """Newest first."""
    those = select(pupil_taken_off).where(_t.ward == school.ward, _t.school == school.id, _t.pupil == pupil)
    rows = await conn.execute(those.order_by(_t.at.desc(), _t.id))
    return [TakenOff(row.id, row.pupil, row.resident, _said(school, row.said), row.by_name, row.at) for row in rows]


async def is_off(conn: AsyncConnection, secret: bytes, pupil: UUID, me: Resident) -> bool:
    """By her account, or by her name and birth date."""
    hers = or_(_t.resident == me.id, _t.digest == _digest(secret, pupil, me))
    return bool((await conn.execute(select(exists().where(_t.pupil == pupil, hers)))).scalar_one())


def _said(school: School, sealed: bytes) -> Said:
    return msgspec.json.decode(school.key.open(KIND, sealed), type=Said)


def _digest(secret: bytes, pupil: UUID, me: Resident) -> bytes:
    """Nobody's when the card told no name and no birth date: then it finds her account alone."""
    born = me.basics.birth_date
    who = f"{same_name(me.basics.name)}|{born}" if born and me.basics.name else str(me.id)
    return hmac.digest(secret, f"off|{pupil}|{who}".encode(), "sha256")
