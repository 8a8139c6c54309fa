"""What has lain in the mail room long enough is forgotten: notices and what was done with them, months of pushes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text

from notifications.jobs import Open, day_in_japan

AT_ONCE: Final = 2_000
_NOTICES: Final = text("""
    WITH old AS (
        SELECT id FROM notices WHERE sent_on < :before AND coalesce(lapses_at, sent_at) < :now
        ORDER BY sent_on LIMIT :most
    ), acts AS (DELETE FROM notice_acts a USING old WHERE a.notice = old.id)
    DELETE FROM notices n USING old WHERE n.id = old.id
""")
_MONTHS: Final = text("SELECT mail_room_drop_partitions(:whole, :before)")


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long: notices after they were sent, if they have lapsed by then; pushes, which are of use for counting
    what became of them."""

    notices: timedelta = timedelta(days=400)
    pushes: timedelta = timedelta(days=150)


async def forget_old(open: Open, now: datetime, kept: Kept, most: int = AT_ONCE) -> int:
    """Periodic: `most` notices a transaction, their snapshots with them, then whole months. How many notices."""
    before, gone = day_in_japan(now - kept.notices), 0
    while True:
        async with open() as conn:
            found = (await conn.execute(_NOTICES, {"before": before, "now": now, "most": most})).rowcount
        gone += found
        if found < most:
            break
    async with open() as conn:
        await conn.execute(_MONTHS, {"whole": "deliveries", "before": before})
        for whole in ("pushes", "push_chunks"):
            await conn.execute(_MONTHS, {"whole": whole, "before": day_in_japan(now - kept.pushes)})
    return gone
