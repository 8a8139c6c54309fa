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


async def fetch(house: House, resident: UUID) -> None:
    """Raises `Silent` (to be tried again) when the ward is silent."""
    async with house.db.house() as conn:
        whose = await resident_of(conn, resident, house.keys)
    if whose is None or whose.ward is None:
        return
    ward = house.street.the(WardDocuments)
    subject = house.refresher.subjects.of(whose, ward.manifest.id)
    issued = await ward.issued(Reading(subject, ward.manifest.purpose, ward.manifest.basis, whose.id))
    roots = await asyncio.to_thread(receiving.roots_of, house.settings.ward_seal_roots)
    async with house.db.house() as conn:
        await receiving.receive(conn, whose, whose.ward, issued, roots, house.clock(), house.new_id)


async def remind(house: House) -> None:
    """Once, a month before; one transaction a document."""
    async with house.db.house() as conn:
        soon = await store.ending(conn, house.today())
    for one in soon:
        async with house.db.house() as conn:
            if one.valid_until is not None:
                await receiving.remind(conn, one, day(one.valid_until).ja, house.clock())
