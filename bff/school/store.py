"""Statements over schools, pupils and who answers for them; each names the school, the pupil or the resident."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import rewrapping
from bff.identity.keys import KeyRing, WrappedKey
from bff.school.school import Guardian, Kind, Named, Pupil, Role, School
from bff.school.tables import pupil_guardians, pupils, schools
from notifications.jobs import JAPAN

PUPIL: Final = "pupil"
GUARDIAN: Final = "pupil guardian"
"""The kinds under which it is sealed with the school's key."""
_p, _g, _s = pupils.c, pupil_guardians.c, schools.c


async def open_school(
    conn: AsyncConnection, ward: str, id: str, *, kind: Kind, cut_off: str, keys: KeyRing, new_id: UUID, now: datetime
) -> School:
    """The school, made with a key of its own when it was not there yet."""
    wrapped = keys.fresh(new_id)
    made = upsert(schools).values(
        ward=ward,
        school=id,
        kind=kind,
        cut_off=cut_off,
        id=new_id,
        key_id=wrapped.key_id,
        data_key=wrapped.wrapped,
        made_at=now,
    )
    await conn.execute(made.on_conflict_do_nothing())
    found = await school_of(conn, ward, id, keys)
    assert found is not None
    return found


async def school_of(conn: AsyncConnection, ward: str, id: str, keys: KeyRing) -> School | None:
    row = (await conn.execute(select(schools).where(_s.ward == ward, _s.school == id))).first()
    return _school(row, keys) if row else None


async def schools_of(
    conn: AsyncConnection, ids: Collection[tuple[str, str]], keys: KeyRing
) -> Mapping[tuple[str, str], School]:
    """By ward and id."""
    if not ids:
        return {}
    wards, names = {ward for ward, _ in ids}, {id for _, id in ids}
    rows = await conn.execute(select(schools).where(_s.ward.in_(wards), _s.school.in_(names)))
    return {(row.ward, row.school): _school(row, keys) for row in rows if (row.ward, row.school) in ids}


async def set_cut_off(conn: AsyncConnection, school: School, cut_off: str) -> None:
    await conn.execute(update(schools).where(_s.ward == school.ward, _s.school == school.id).values(cut_off=cut_off))


async def pupils_of(conn: AsyncConnection, school: School) -> list[Pupil]:
    """Those who go there now."""
    those = select(pupils).where(_p.ward == school.ward, _p.school == school.id, _p.left_at.is_(None))
    return [pupil_of(row, school) for row in await conn.execute(those)]


async def pupils_since(conn: AsyncConnection, school: School, first: date) -> list[Pupil]:
    """Those who go there now, and who have left since that day: a year's records are theirs too."""
    here = or_(_p.left_at.is_(None), _p.left_at >= datetime.combine(first, time(), JAPAN))
    those = select(pupils).where(_p.ward == school.ward, _p.school == school.id, here)
    return [pupil_of(row, school) for row in await conn.execute(those)]


async def pupil(conn: AsyncConnection, id: UUID, keys: KeyRing) -> tuple[Pupil, School] | None:
    row = (await conn.execute(select(pupils).where(_p.id == id, _p.left_at.is_(None)))).first()
    school = await school_of(conn, row.ward, row.school, keys) if row else None
    return (pupil_of(row, school), school) if row and school else None


async def pupil_by_digest(conn: AsyncConnection, school: School, digest: bytes) -> Pupil | None:
    same = (_p.ward == school.ward, _p.school == school.id, _p.digest == digest, _p.left_at.is_(None))
    row = (await conn.execute(select(pupils).where(*same))).first()
    return pupil_of(row, school) if row else None


async def add_pupils(conn: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of columns by name."""
    if rows:
        await conn.execute(insert(pupils), list(rows))


async def change_pupil(conn: AsyncConnection, school: School, id: UUID, **values: Any) -> None:
    mine = (_p.ward == school.ward, _p.school == school.id, _p.id == id)
    await conn.execute(update(pupils).where(*mine).values(**values))


async def remove_pupils(conn: AsyncConnection, school: School, ids: Collection[UUID]) -> None:
    await conn.execute(delete(pupils).where(_p.ward == school.ward, _p.school == school.id, _p.id.in_(ids)))


async def link(
    conn: AsyncConnection,
    school: School,
    pupil: UUID,
    resident: UUID,
    *,
    child: UUID,
    role: Role,
    how: str,
    name: str,
    now: datetime,
    given_by: UUID | None = None,
) -> None:
    """A guardian stays one: a helper's code never takes that from her."""
    values = {"child": child, "role": role, "how": how, "named": school.key.seal(GUARDIAN, name.encode())}
    made = upsert(pupil_guardians).values(
        pupil=pupil, resident=resident, ward=school.ward, school=school.id, since=now, given_by=given_by, **values
    )
    stays = made.on_conflict_do_update(
        index_elements=["pupil", "resident"],
        set_={**values, "given_by": given_by},
        where=(pupil_guardians.c.role == "helper") if role == "guardian" else (pupil_guardians.c.role == "nobody"),
    )
    await conn.execute(stays)


async def unlink(conn: AsyncConnection, pupil: UUID, resident: UUID) -> bool:
    gone = await conn.execute(delete(pupil_guardians).where(_g.pupil == pupil, _g.resident == resident))
    return gone.rowcount > 0


async def let_in_by(conn: AsyncConnection, pupil: UUID, resident: UUID) -> frozenset[UUID]:
    """The helpers who came by a code of hers."""
    those = select(_g.resident).where(_g.pupil == pupil, _g.given_by == resident, _g.role == "helper")
    return frozenset((await conn.execute(those)).scalars())


async def guardians_of(conn: AsyncConnection, school: School, pupil: UUID | None = None) -> list[Guardian]:
    """Of the whole school, or of one pupil; the first who came first."""
    those = select(pupil_guardians).where(_g.ward == school.ward, _g.school == school.id)
    those = those if pupil is None else those.where(_g.pupil == pupil)
    return [_guardian(row, school) for row in await conn.execute(those.order_by(_g.since, _g.resident))]


async def hers(conn: AsyncConnection, resident: UUID, keys: KeyRing) -> list[tuple[Pupil, School, Guardian]]:
    """Each pupil she hears of, with the school and as what she does."""
    whole = select(pupils, _g.resident, _g.child, _g.role, _g.named).join(pupil_guardians, _g.pupil == _p.id)
    rows = (await conn.execute(whole.where(_g.resident == resident, _p.left_at.is_(None)))).all()
    open_ones = await schools_of(conn, {(row.ward, row.school) for row in rows}, keys)
    found = []
    for row in rows:
        school = open_ones[row.ward, row.school]
        name = school.key.open(GUARDIAN, row.named).decode()
        found.append((pupil_of(row, school), school, Guardian(row.id, row.resident, row.child, row.role, name)))
    return found


def pupil_of(row: Row[Any], school: School) -> Pupil:
    return Pupil(
        id=row.id,
        ward=row.ward,
        school=row.school,
        year=row.year,
        class_name=row._mapping[_p.class_name],
        clubs=tuple(row.clubs),
        number=row.number,
        named=msgspec.json.decode(school.key.open(PUPIL, row.said), type=Named),
        paper=row.paper,
        left_at=row.left_at,
    )


def _guardian(row: Row[Any], school: School) -> Guardian:
    return Guardian(row.pupil, row.resident, row.child, row.role, school.key.open(GUARDIAN, row.named).decode())


def _school(row: Row[Any], keys: KeyRing) -> School:
    key = keys.open(row.id, WrappedKey(row.key_id, row.data_key))
    return School(row.ward, row.school, row.kind, time.fromisoformat(row.cut_off), key)


async def rewrap_some(conn: AsyncConnection, keys: KeyRing, current: str) -> int:
    """House door; as `rewrapping.rewrap_some`, of the keys of schools."""
    return await rewrapping.rewrap_some(conn, keys, current, table=schools)


async def around(conn: AsyncConnection) -> Mapping[str, int]:
    """House door; how many schools' keys each master key is around."""
    return await rewrapping.counted(conn, schools)
