"""A case that has arrived is held against the registers, decided where the rule may decide, and handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec

from bff.cases import arriving, handing
from bff.cases.deciding import BY_RULE, Changed, Decision, decide
from bff.cases.examining import Filed
from bff.connectors.core_cases.mapping import File
from bff.journeys.papers import as_told, papers_of
from bff.tasks import joining
from bff.wiring import House


async def examine(house: House, application: UUID) -> None:
    """An official who takes it up in the same moment is the one who decides."""
    case = await arriving.examine(house.for_cases, application)
    if case is None:
        return
    try:
        async with house.db.house() as conn:
            decision = Decision("decided", "")
            await decide(conn, house.catalogue, case, decision, by=BY_RULE, now=house.clock())
    except Changed:
        return


async def hand_over(house: House, application: UUID) -> None:
    """To the ward's core system with all that belongs to it; raises `Silent` to be tried again."""

    async def files(one: Filed) -> Sequence[File]:
        return await _files(house, one)

    await handing.hand_over(house.for_cases, application, files)


async def _files(house: House, one: Filed) -> list[File]:
    """Her photographs, then what others wrote; the same bytes at each try, so that the digests stay."""
    papers = await papers_of(house, one.sent, one.resident)
    async with house.db.house() as conn:
        parts = await joining.added(conn, one.resident, one.sent.id)
    written = [(part.title.ja, msgspec.json.encode(as_told(part))) for part in parts]
    return [
        *(File("paper", paper.name, paper.media_type, paper.digest, paper.content) for paper in papers),
        *(File("part", name, "application/json", hashlib.sha256(body).hexdigest(), body) for name, body in written),
    ]
