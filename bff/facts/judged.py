"""Her steps at the last judgement of a morning, kept beside the facts and sealed like them; not a source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts.tables import kept_facts
from bff.identity.residents import Resident
from life_events import Mark

JUDGED: Final = "judged"
_KIND: Final = f"facts:{JUDGED}"


async def judged(conn: AsyncConnection, resident: Resident) -> tuple[Mark, ...] | None:
    """Her steps as they stood at the last judgement; None before the first."""
    mine = (kept_facts.c.resident == resident.id, kept_facts.c.source == JUDGED)
    sealed = await conn.scalar(select(kept_facts.c.value).where(*mine))
    if sealed is None:
        return None
    try:
        return msgspec.json.decode(resident.key.open(_KIND, sealed), type=tuple[Mark, ...])
    except msgspec.MsgspecError:
        return None


async def judged_since(conn: AsyncConnection, residents: Sequence[UUID], moment: datetime) -> set[UUID]:
    """Those of the residents whose steps were judged then or later."""
    mine = (kept_facts.c.resident.in_(residents), kept_facts.c.source == JUDGED, kept_facts.c.told_at >= moment)
    return set(await conn.scalars(select(kept_facts.c.resident).where(*mine)))


async def keep_judged(conn: AsyncConnection, resident: Resident, steps: tuple[Mark, ...], now: datetime) -> None:
    sealed = resident.key.seal(_KIND, msgspec.json.encode(steps))
    new = insert(kept_facts).values(resident=resident.id, source=JUDGED, value=sealed, told_at=now)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[kept_facts.c.resident, kept_facts.c.source], set_={"value": sealed, "told_at": now}
        )
    )
