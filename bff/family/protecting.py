"""支援措置: whoever is protected is found by a parent in another home no more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bff.family import people
from bff.family.house import House
from bff.family.official import By, NotConfirmed, leaves_a_row, look, no_number
from bff.family.tables import protections
from bff.ledger import looks

LONGEST: Final = timedelta(days=366)


async def protect(house: House, by: By, person: str, case_number: str, until: date | None) -> None:
    """From now on a parent in another home finds an empty page. Not told to anybody but whom it protects. Raises
    `NotConfirmed`, which leaves a row as well."""
    async with leaves_a_row(house, by, case_number) as case:
        digest = people.digest_of(house.person_secret, by.ward, no_number(person))
        async with house.db.house() as conn:
            mine = await people.accounts(conn, digest, "self")
            if until is None or not house.today() < until <= house.today() + LONGEST:
                raise NotConfirmed("until", mine[0] if mine else None)
            if not mine:
                raise NotConfirmed("nobody")
            for resident in mine:
                await looks.note(conn, look(by, resident, case), now=house.clock(), new_id=house.new_id)
                row = {"resident": resident, "ward": by.ward, "official": by.id, "case_number": case, "until": until}
                await conn.execute(protections.insert().values(id=house.new_id(), made_at=house.clock(), **row))
