"""What the mail room is told of a guardian: marks of her children's groups, each with the key of the child.

A mark of a class stands under the ward of the school, not of her home. The house's own sendings go to the guardians
themselves (`posting`), so a father who lives elsewhere hears of his daughter's class; marks are for audiences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.contacts import child_key
from bff.facts import store as facts
from bff.identity.residents import Resident, resident_of
from bff.school import store
from bff.school.house import House
from bff.school.school import Guardian, Pupil, School
from life_events.facts import Pupils
from notifications import address_book

GROUPS: Final = ("year", "class", "club")
Hers = tuple[Pupil, School, Guardian]
Facilities = Collection[tuple[str, UUID]]
"""What the ward's service of schools says of hers: a school's name and the key of the child."""


async def alone(conn: AsyncConnection, resident: UUID) -> None:
    """The register and the schools settle at one moment: the second waits for the first, until it has committed."""
    await conn.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"marks:{resident}", 0))))


async def anew(conn: AsyncConnection, house: House, resident: UUID, *touched: School) -> None:
    """House door: all of hers, also at schools (`touched`) of which nobody of hers is left."""
    await alone(conn, resident)
    me = await resident_of(conn, resident, house.keys)
    if me is not None:
        hers = await store.hers(conn, me.id, house.keys)
        await of_groups(conn, me.id, (*touched, *(school for _, school, _ in hers)), hers)
        kept = (await facts.kept(conn, me, house.clock(), ("school",))).get("school")
        part = kept.told.part if kept and kept.told else None
        told = facilities(house.person_secret, me, part) if isinstance(part, Pupils) else ()
        await of_schools(conn, me, hers, told)


def facilities(secret: bytes, me: Resident, told: Pupils) -> Facilities:
    ward = me.ward or ""
    return [(one.facility, child_key(secret, ward, one.person)) for one in told.pupils if one.facility and ward]


async def of_groups(conn: AsyncConnection, resident: UUID, schools: Iterable[School], hers: Collection[Hers]) -> None:
    """Years, classes and clubs at each of these schools become exactly those of `hers`."""
    for school in {(one.ward, one.id): one for one in schools}.values():
        here = [one for one in hers if (one[1].ward, one[1].id) == (school.ward, school.id)]
        marks = {(mark, guardian.child) for pupil, _, guardian in here for mark in pupil.marks(school)}
        for group in GROUPS:
            prefix = f"{group}:{school.id}:"
            mine = {one for one in marks if one[0].startswith(prefix)}
            await address_book.keep_marks(conn, resident=resident, ward=school.ward, prefix=prefix, marks=mine)


async def of_schools(conn: AsyncConnection, me: Resident, hers: Collection[Hers], told: Facilities) -> None:
    """The schools themselves: of the rosters, and of what the service says."""
    marks = {(f"school:{name}", child) for name, child in told}
    marks |= {(school.mark, guardian.child) for _, school, guardian in hers}
    ward = me.ward or next((school.ward for _, school, _ in hers), None)
    await address_book.keep_marks(conn, resident=me.id, ward=ward, prefix="school:", marks=marks)
