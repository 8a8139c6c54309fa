"""Her yes to asking a body, and her no: what is kept follows both at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.street import Source, Street
from bff.consent import grants
from bff.errors import FieldRefused, FieldsRefused
from bff.facts import stopping
from bff.identity.residents import Resident
from bff.texts import say

CONSENT_TEXT: Final = "records-2026-11"
"""The wording above the button that she agrees to on her page of records; changed with that wording."""
MOST_AT_ONCE: Final = 24
RECKONED_FROM: Final[Mapping[str, Sequence[str]]] = {"registry": ("benefits",)}
"""What is no record of its own, but reckoned from what a source told."""


def askable(street: Street, wanted: Sequence[str]) -> Mapping[str, Source]:
    """The wanted sources by id; raises `FieldsRefused`, which names each that nobody can be asked for."""
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        code = "too_many" if wanted else "none"
        _refuse([FieldRefused("sources", code, say("records_at_once", most=str(MOST_AT_ONCE)))])
    unknown = [source for source in dict.fromkeys(wanted) if source not in street.tellers]
    if unknown:
        _refuse([FieldRefused(source[:64], "unknown_source", say("records_unknown")) for source in unknown])
    return {source: street.tellers[source] for source in wanted}


async def agree(
    conn: AsyncConnection,
    resident: Resident,
    sources: Mapping[str, Source],
    *,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Her yes to each that has none; a silence from before her yes is forgotten with it, not when it was asked."""
    held = await grants.granted(conn, resident.id)
    fresh = [source for source in sources if source not in held]
    await stopping.let_go(conn, resident.id, fresh)
    for source in fresh:
        await grants.give(
            conn,
            resident.id,
            source,
            purpose=sources[source].manifest.purpose,
            text_version=CONSENT_TEXT,
            now=now,
            new_id=new_id,
        )


async def stop(conn: AsyncConnection, resident: Resident, source: Source, now: datetime) -> None:
    """Her no: the source is not asked any more, and what it told is dropped, with what was reckoned from it."""
    name = source.manifest.id
    await grants.end(conn, resident.id, name, now)
    await stopping.let_go(conn, resident.id, [name, *RECKONED_FROM.get(name, ())])
    if source.manifest.exposure == "home":  # home does not wait for an answer that will not come
        await stopping.stopped(conn, resident.id, name, now)


def _refuse(fields: Sequence[FieldRefused]) -> None:
    raise FieldsRefused(fields[0].message, tuple(fields))
