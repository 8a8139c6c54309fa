"""What the ward's service of schools says of her children (`Pupils`), laid beside the rosters: a guardian by the
register becomes one of the pupil, without any code. It is heard through her own door, which sees no roster; so what
follows is a job of the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.contacts import child_key
from bff.facts import store as facts
from bff.facts.store import Part
from bff.family import people
from bff.identity.residents import Resident, resident_of
from bff.school import marks, posting, store, taken_off
from bff.school.house import House
from bff.school.school import Named, School, digest_of
from bff.school.tables import pupil_guardians
from life_events import Household
from life_events.facts import Pupil, Pupils

MATCH: Final = "match_pupils"
"""args: {"resident": uuid}"""


async def heard(conn: AsyncConnection, resident: Resident, part: Part) -> None:
    """Of the service of schools, and of the register, which may come after it."""
    if (isinstance(part, Pupils) and part.pupils) or (isinstance(part, Household) and people.is_guardian(part)):
        await again(conn, resident.id)


async def again(conn: AsyncConnection, resident: UUID) -> None:
    """What her register and the schools say is laid beside the rosters once more."""
    await database.defer(conn, MATCH, args={"resident": str(resident)}, lock=f"match:{resident}")


async def match(house: House, resident: UUID) -> None:
    """The job: who goes where by the register is a guardian in the roster; her marks, made anew; and what the schools
    sent before."""
    async with house.db.house() as conn:
        me = await resident_of(conn, resident, house.keys)
        if me is None:
            return
        await marks.alone(conn, me.id)
        kept = await facts.kept(conn, me, house.clock(), ("registry", "school"))
        known = {source: held.told.part for source, held in kept.items() if held.told}
        pupils, household = known.get("school"), known.get("registry")
        if isinstance(household, Household) and isinstance(pupils, Pupils) and people.is_guardian(household):
            joined = await _link(conn, house, me, household, pupils.pupils)
        else:
            joined = {}
        await marks.anew(conn, house, me.id)
        await posting.catch_up(conn, house, list(joined.values()), [me.id])


async def stopped(conn: AsyncConnection, resident: Resident, house: House) -> None:
    """After her no to the service of schools: what rested on it is forgotten; what a school's code gave stays."""
    by_service = (pupil_guardians.c.resident == resident.id, pupil_guardians.c.how == "register")
    before = [school for _, school, _ in await store.hers(conn, resident.id, house.keys)]
    await conn.execute(delete(pupil_guardians).where(*by_service))
    await marks.anew(conn, house, resident.id, *before)


async def _link(
    conn: AsyncConnection, house: House, me: Resident, household: Household, told: Sequence[Pupil]
) -> dict[str, School]:
    """The schools, by mark, of a pupil who was not hers before."""
    before = {one.id for one, _, _ in await store.hers(conn, me.id, house.keys)}
    joined: dict[str, School] = {}
    members = {one.person: one for one in household.members if one.relation == "child"}
    secret, ward = house.person_secret, household.ward
    for one in told:
        child = members.get(one.person)
        school = await store.school_of(conn, ward, one.facility, house.keys) if child else None
        if child is None or school is None:
            continue
        named = Named(child.name, "", child.birth_date)
        found = await store.pupil_by_digest(conn, school, digest_of(secret, ward, school.id, named))
        if found is not None and not await taken_off.is_off(conn, secret, found.id, me):
            key, name, now = child_key(secret, ward, child.person), me.basics.name, house.clock()
            await store.link(
                conn, school, found.id, me.id, child=key, role="guardian", how="register", name=name, now=now
            )
            if found.id not in before:
                joined[school.mark] = school
    return joined
