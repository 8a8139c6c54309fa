"""Another ward than before is hers: what the former one told is not of her new home; the new one is asked at once."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.street import manifests
from bff.facts import store

RECKONED: Final = "benefits"
"""Of no ward, but reckoned from the household its register told of."""


async def left_ward(conn: AsyncConnection, resident: UUID) -> None:
    """Drops what bodies of the ward told, and when they were asked: the new ward's are others, and have no rest due."""
    of_wards = [manifest.id for manifest in manifests().values() if manifest.needs_ward]
    await store.forget(conn, resident, [*of_wards, RECKONED])
