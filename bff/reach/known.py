"""What the ladder asks of the house: addresses, the other guardian, and what is done already. Through the house's door,
at the moment of sending."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.keys import KeyRing
from bff.reach import addresses
from bff.reach.links import Links
from notifications.jobs import day_in_japan
from notifications.reach.ports import Guardian, Kind, Way

STEP: Final = re.compile(r"/(?:step|procedure)/([a-z0-9_]+)")

_GUARDIANS: Final = text("""
    SELECT DISTINCT mine.resident, other.resident AS other
    FROM household_people AS mine
    JOIN household_people AS other
        ON other.digest = mine.digest AND other.tie = 'child' AND other.resident <> mine.resident
    JOIN residents ON residents.id = other.resident AND residents.closed_at IS NULL AND residents.erase_at IS NULL
    WHERE mine.resident = ANY (CAST(:whom AS uuid[])) AND mine.tie = 'child' AND NOT EXISTS (
        SELECT FROM protections WHERE protections.resident IN (mine.resident, other.resident)
            AND protections.ended_at IS NULL AND protections.until >= :today
    )
    ORDER BY mine.resident, other
""")
"""Who stands as a parent of the same child in the same household of the register; where one of them is protected from
being found (支援措置), neither hears of the other."""

_HOMES: Final = text("""
    SELECT DISTINCT asked.resident, other.resident AS other, other.child
    FROM unnest(CAST(:whom AS uuid[]), CAST(:children AS uuid[])) AS asked (resident, child)
    JOIN pupil_guardians AS mine ON (mine.resident, mine.child) = (asked.resident, asked.child)
    JOIN pupil_guardians AS other ON other.pupil = mine.pupil AND other.resident <> mine.resident
    JOIN residents ON residents.id = other.resident AND residents.closed_at IS NULL AND residents.erase_at IS NULL
    WHERE mine.role = 'guardian' AND other.role = 'guardian' AND NOT EXISTS (
        SELECT FROM protections WHERE protections.resident IN (mine.resident, other.resident)
            AND protections.ended_at IS NULL AND protections.until >= :today
    )
    ORDER BY asked.resident, other
""")
"""Whom a school has in its own list as a guardian of the same pupil, whichever home; helpers are none."""

_SAME: Final = text("""
    SELECT DISTINCT other.child FROM pupil_guardians AS mine JOIN pupil_guardians AS other ON other.pupil = mine.pupil
    WHERE mine.child = ANY (CAST(:children AS uuid[]))
""")

_APPLIED: Final = text("""
    SELECT DISTINCT resident FROM applications
    WHERE resident = ANY (CAST(:whom AS uuid[])) AND procedure = :procedure
        AND state NOT IN ('withdrawn', 'sent_back', 'rejected')
""")


@dataclass(frozen=True)
class KnownToTheHouse:
    """Implements `notifications.reach.ports.Known`."""

    keys: KeyRing
    links: Links
    clock: Callable[[], datetime]

    async def ways(self, conn: AsyncConnection, whom: Sequence[UUID], kind: Kind) -> Mapping[UUID, Way]:
        found = await addresses.confirmed(conn, whom, kind, self.keys)
        return {resident: self._way(kept) for resident, kept in found.items()}

    async def gone(self, conn: AsyncConnection, ways: Sequence[UUID]) -> None:
        await addresses.bounced(conn, ways, self.clock())

    async def guardians(self, conn: AsyncConnection, whom: Sequence[UUID]) -> Mapping[UUID, Sequence[UUID]]:
        rows = await conn.execute(_GUARDIANS, {"whom": list(whom), "today": day_in_japan(self.clock())})
        found: dict[UUID, list[UUID]] = {}
        for row in rows:
            found.setdefault(row.resident, []).append(row.other)
        return found

    async def homes(
        self, conn: AsyncConnection, children: Mapping[UUID, Collection[UUID]]
    ) -> Mapping[UUID, Sequence[Guardian]]:
        pairs = [(resident, child) for resident, keys in children.items() for child in keys]
        told = {"whom": [one for one, _ in pairs], "children": [one for _, one in pairs]}
        found: dict[UUID, list[Guardian]] = {}
        for row in await conn.execute(_HOMES, {**told, "today": day_in_japan(self.clock())}) if pairs else ():
            found.setdefault(row.resident, []).append(Guardian(row.other, row.child))
        return found

    async def same(self, conn: AsyncConnection, children: Collection[UUID]) -> frozenset[UUID]:
        if not children:
            return frozenset()
        return frozenset(children) | frozenset(await conn.scalars(_SAME, {"children": list(children)}))

    async def applied(self, conn: AsyncConnection, whom: Sequence[UUID], about: str) -> frozenset[UUID]:
        step = STEP.match(about)
        if step is None:
            return frozenset()
        return frozenset(await conn.scalars(_APPLIED, {"whom": list(whom), "procedure": step[1]}))

    def _way(self, kept: addresses.Kept) -> Way:
        return Way(kept.id, kept.address, self.links.url("stop", kept.id), self.links.back_to(kept.id))
