"""Who else is asked when a notice about her child lies unread: told her plainly, by the names the register gives."""

from __future__ import annotations

from collections.abc import Sequence

from bff.family import people
from bff.family.house import House
from bff.family.inviting import household_of
from bff.identity.residents import Resident
from notifications.reach.ports import Known


async def others(house: House, known: Known, me: Resident) -> Sequence[str]:
    """Empty: nobody is, or the register has not been heard."""
    async with house.db.resident(me.id) as conn:
        household = await household_of(conn, house, me)
    if household is None:
        return ()
    async with house.db.house() as conn:
        told = set((await known.guardians(conn, [me.id])).get(me.id, ()))
        named = []
        for one in household.members if told else ():
            digest = people.digest_of(house.person_secret, household.ward, one.person)
            if not one.me and told & set(await people.accounts(conn, digest, "self")):
                named.append(one.name)
    return named
