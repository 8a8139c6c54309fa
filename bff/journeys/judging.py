"""そびれゼロ: every morning each home is judged anew, and support that has newly come within reach is told of once.

A window that opens, a term that begins, a number in law that changes: none of them needs her to look. The notice names
nothing, since the mail room never sees a fact; it leads to the page where her home says what it is.

A home costs some milliseconds, so all of them are cut into chunks, which as many workers as there are take in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bff import contacts, home
from bff import db as database
from bff.facts.judged import judged_since
from bff.home import reach
from bff.identity import residents
from bff.identity.residents import Resident, resident_of
from bff.reminders import due, telling
from bff.texts import handed_over, say
from bff.wiring import House
from life_events import Change
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice

log = structlog.get_logger()
JUDGE_CHUNK = "judge_chunk"
AT_ONCE = 200
"""About a second's work: so long does an application wait at most behind one."""
AFTER_ALL_ELSE = -10
LASTS = timedelta(hours=23)
"""What of a morning is not done by then is left to the next."""
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


async def promise_morning(house: House, morning: datetime, most: int = AT_ONCE) -> None:
    """A job for every `most` residents, all of them promised or none."""
    async with house.db.house() as conn:
        ends = await residents.every(conn, most)
        cuts = [FIRST, *ends, LAST]
        chunks: list[Mapping[str, object]] = [
            {"morning": morning.isoformat(), "after": str(after), "until": str(until)}
            for after, until in pairwise(cuts)
        ]
        await database.defer_many(conn, JUDGE_CHUNK, chunks, priority=AFTER_ALL_ELSE)


async def judge_chunk(house: House, morning: datetime, after: UUID, until: UUID) -> int:
    """Judge the homes of the residents after `after`, up to `until`; how many were told something.

    One transaction a person: a chunk that was broken off is done again, and whom it had come to is passed over. What
    cannot be judged of one person (a row that does not open, a defect in a rule) is logged, and the rest go on; without
    a database nobody can, and the job runner tries again.
    """
    if house.clock() >= morning + LASTS:
        log.warning("a morning is over before everybody was judged", after=str(after))
        return 0
    async with house.db.house() as conn:
        everybody = await residents.between(conn, after, until)
        done = await judged_since(conn, everybody, morning)
    told = 0
    for resident in everybody:
        try:
            told += resident not in done and await judge(house, resident)
        except (OSError, OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("a home could not be judged")
    return told


async def judge(house: House, resident: UUID) -> bool:
    """Compare her home with what it was at the last judgement, keep it, and tell her; whether she was told."""
    async with house.db.house() as conn:
        who = await resident_of(conn, resident, house.keys)
        if who is None or who.ward is None:
            return False
        shown = await home.of(conn, who, house.catalogue, today=house.today(), now=house.clock())
        before = await reach.remember(conn, who, shown, house.clock())
        news = [one for one in reach.within_reach(shown, before) if _procedure(one) not in due.shipped().health]
        if news:
            await tell_one(conn, database.defer, who.id, _notice(house, who, who.ward, news))
        await contacts.events_of(conn, who, shown.facts, house.catalogue, house.today())
        told = await telling.remind(conn, who, shown, before, house.person_secret, house.today(), house.clock())
        return bool(news) or told > 0


def _procedure(change: Change) -> str:
    """Checks and vaccinations have reminders of their own."""
    return change.step.partition(":")[0]


def _notice(house: House, who: Resident, ward: str, news: list[Change]) -> Notice:
    """The same news makes the same notice, so that a morning that is done again tells nothing twice."""
    named = ",".join(sorted(change.step for change in news))
    return Notice(
        id=uuid5(NAMESPACE_URL, f"support:{who.id}:{house.today()}:{named}"),
        ward=ward,
        kind=Kind.ACTION,
        sender=handed_over(say("support_sender")),
        title=handed_over(say("support_title")),
        body=handed_over(say("support_body", count=str(len(news)))),
        sent_at=house.clock(),
        about="/benefits",
    )
