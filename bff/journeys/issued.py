"""What her ward has issued is fetched, and she hears before it ends: prepares (db), acts (network), settles (db)."""

from __future__ import annotations

import asyncio
from uuid import UUID

from bff.connectors.ward_documents.client import WardDocuments
from bff.documents import receiving, store
from bff.exchange.reading import Reading
from bff.identity.residents import resident_of
from bff.wiring import House
from life_events import day


async def fetch(house: House, resident: UUID, ward: str = "", known_as: str = "", tries: str = "") -> None:
    """Of her ward, or of `ward`, which has decided and may issue only later; raises `Silent` (to be tried again)."""
    async with house.db.house() as conn:
        whose = await resident_of(conn, resident, house.keys)
    if whose is None or not (ward or whose.ward):
        return
    asked, connector = ward or str(whose.ward), house.street.the(WardDocuments)
    subject = house.refresher.subjects.in_ward(whose, asked, known_as or None)
    reading = Reading(subject, connector.manifest.purpose, connector.manifest.basis, whose.id, unasked=bool(tries))
    issued = await connector.issued(reading)
    roots = await asyncio.to_thread(receiving.roots_of, house.settings.ward_seal_roots)
    async with house.db.house() as conn:
        now = house.clock()
        fresh = await receiving.receive(conn, whose, asked, issued, roots, now, house.new_id)
        if tries and not fresh:
            await receiving.promise_again(conn, resident, asked, known_as, int(tries), now)


async def remind(house: House) -> None:
    """Once, a month before; one transaction a document."""
    async with house.db.house() as conn:
        soon = await store.ending(conn, house.today())
    for one in soon:
        async with house.db.house() as conn:
            if one.valid_until is not None:
                await receiving.remind(conn, one, day(one.valid_until).ja, house.clock())
