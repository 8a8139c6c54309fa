"""A case that has arrived is held against the registers, and decided where the ward lets the rule decide."""

from __future__ import annotations

from uuid import UUID

from bff.cases import arriving
from bff.cases.deciding import BY_RULE, Changed, Decision, decide
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
