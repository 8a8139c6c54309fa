"""Every minute: what was exchanged since is linked to what was before, and the newest link is time-stamped.

Which link that is stands in the log too, outside the database: an end that is cut off here is missed there.
"""

from __future__ import annotations

import structlog

from bff.exchange.evidence import chain, stamping
from bff.wiring import House

log = structlog.get_logger()


async def seal(house: House) -> None:
    """Whatever is new; when the authority is silent the records stay linked, and the next stamp covers them too."""
    while True:
        async with house.db.house() as conn:
            linked = await chain.link_new(conn)
        if linked < chain.AT_ONCE:
            break
    async with house.db.house() as conn:
        newest = await stamping.newest_unstamped(conn)
    if newest is None:
        return
    place, link = newest
    log.info("the head of the evidence", place=place, link=link.hex())
    if house.time_stamps is None:
        return
    try:
        token = await house.time_stamps.stamp(link)
    except stamping.NotStamped as silent:
        log.warning("no time stamp this time", reason=str(silent))
        return
    async with house.db.house() as conn:
        await stamping.keep_stamp(conn, place, token, house.clock())
