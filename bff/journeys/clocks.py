"""Two clocks that should tell the same: this machine's and the database's.

What is forgotten or erased by its age is gone for good, so a clock that jumped may not decide it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import text

from bff.wiring import House

APART: Final = timedelta(minutes=5)
log = structlog.get_logger()


async def agree(house: House) -> bool:
    """Not to be asked twice for one decision: between the two the clock may jump."""
    async with house.db.house() as conn:
        there = (await conn.execute(text("SELECT clock_timestamp()"))).scalar_one()
    apart = house.clock() - there
    if abs(apart) <= APART:
        return True
    log.error("this clock and the database's are apart: nothing is forgotten or erased", seconds=apart.total_seconds())
    return False
