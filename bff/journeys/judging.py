"""そびれゼロ: every morning each home is judged anew, and support that has newly come within reach is told of once.

A window that opens, a term that begins, a number in law that changes: none of them needs her to look. The notice names
nothing, since the mail room never sees a fact; it leads to the page where her home says what it is.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bff import db as database
from bff import home
from bff.home import reach
from bff.identity import residents
from bff.identity.residents import Resident, resident_of
from bff.texts import say
from bff.wiring import House
from life_events import Change
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText

log = structlog.get_logger()
AT_ONCE = 200


async def judge_all(house: House) -> int:
    """Judge every resident's home on today; how many were told something. One transaction a person.

    What cannot be judged of one person (a row that does not open, a defect in a rule) is logged, and the rest go on.
    """
    told, after = 0, UUID(int=0)
    while True:
        async with house.db.house() as conn:
            page = await residents.page(conn, after=after, most=AT_ONCE)
        for resident in page:
            try:
                told += await judge(house, resident)
            except (OSError, SQLAlchemyError):
                raise
            except Exception:
                log.exception("a home could not be judged")
        if len(page) < AT_ONCE:
            return told
        after = page[-1]


async def judge(house: House, resident: UUID) -> bool:
    """Compare her home with what it was at the last judgement, keep it, and tell her; whether she was told."""
    async with house.db.house() as conn:
        who = await resident_of(conn, resident, house.keys)
        if who is None or who.ward is None:
            return False
        shown = await home.of(conn, who, house.catalogue, today=house.today(), now=house.clock())
        news = reach.within_reach(shown, await reach.remember(conn, who, shown, house.clock()))
        if news:
            await tell_one(conn, database.defer, who.id, _notice(house, who, who.ward, news))
        return bool(news)


def _notice(house: House, who: Resident, ward: str, news: list[Change]) -> Notice:
    """The same news makes the same notice, so that a morning that is done again tells nothing twice."""
    title, body, sender = say("support_title"), say("support_body", count=str(len(news))), say("support_sender")
    named = ",".join(sorted(change.step for change in news))
    return Notice(
        id=uuid5(NAMESPACE_URL, f"support:{who.id}:{house.today()}:{named}"),
        ward=ward,
        kind=Kind.ACTION,
        sender=NoticeText(ja=sender.ja, easy=sender.easy, en=sender.en),
        title=NoticeText(ja=title.ja, easy=title.easy, en=title.en),
        body=NoticeText(ja=body.ja, easy=body.easy, en=body.en),
        sent_at=house.clock(),
        about="/benefits",
    )
