"""Who was erased after the backup was made, erased again: her key is in no newer half, so nothing of hers opens."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bff import db as database
from bff.accounts import erasing
from bff.settings import Settings


async def erased_again(chosen: Settings, now: datetime) -> int:
    """How many; one transaction each. Broken off, the night goes on with it."""
    db, after, gone = database.connect(chosen.database_url, 1), UUID(int=0), 0
    try:
        while True:
            async with db.house() as conn:
                some = await erasing.keyless(conn, after)
            for resident in some:
                async with db.house() as conn:
                    gone += await erasing.erase(conn, resident, now, sent_or_not=True)
            if not some:
                return gone
            after = some[-1]
    finally:
        await db.close()
