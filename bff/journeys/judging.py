"""そびれゼロ: every morning each home is judged anew, and support that has newly come within reach is told of once.

A window that opens, a term that begins, a number in law that changes: none of them needs her to look. The notice names
nothing, since the mail room never sees a fact; it leads to the page where her home says what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog

from bff import db as database
from bff import home
from bff.facts import store as facts
from bff.home.home import Home
from bff.identity import residents
from bff.identity.keys import Unreadable
from bff.identity.residents import Resident, resident_of
from bff.texts import say
from bff.wiring import House
from life_events import Change, ChangeKind, Mark, Plan, marks
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText

log = structlog.get_logger()
AT_ONCE = 200
COMES_WITHIN_REACH = frozenset({ChangeKind.NEW, ChangeKind.NOW_POSSIBLE, ChangeKind.REOPENED})
SUPPORT = frozenset({"benefit", "support"})


async def judge_all(house: House) -> int:
    """Judge every resident's home on today; how many were told something. One transaction a person."""
    told, after = 0, UUID(int=0)
    while True:
        async with house.db.house() as conn:
            page = await residents.page(conn, after=after, most=AT_ONCE)
        for resident in page:
            told += await judge(house, resident)
        if len(page) < AT_ONCE:
            return told
        after = page[-1]


async def judge(house: House, resident: UUID) -> bool:
    """Compare her home with what it was at the last judgement, keep it, and tell her; whether there was news."""
    async with house.db.house() as conn:
        try:
            who = await resident_of(conn, resident, house.keys)
        except Unreadable:
            log.error("a resident's key cannot be opened", resident=str(resident))
            return False
        if who is None:
            return False
        shown = await home.of(conn, who, house.catalogue, today=house.today(), now=house.clock())
        if any(source.state == "waiting" for source in shown.sources):
            return False
        before = await facts.judged(conn, who)
        await facts.keep_judged(conn, who, marks(Plan(tuple(shown.bundles))), house.clock())
        news = _within_reach(shown, before) if before and not _has_answered(shown, since=before[1]) else []
        if news and who.ward is not None:
            await tell_one(conn, database.defer, who.id, _notice(house, who, who.ward, news))
        return bool(news)


def _has_answered(shown: Home, since: datetime) -> bool:
    """Whether she told us something herself: then she has seen what it brought."""
    answered = shown.told_at("self")
    return answered is not None and answered > since


def _within_reach(shown: Home, before: tuple[Sequence[Mark], datetime]) -> list[Change]:
    """What she may ask for now and could not before."""
    return [
        change
        for change in shown.changes(before[0])
        if change.kind in COMES_WITHIN_REACH and (step := shown.step(change.step)) and step.category in SUPPORT
    ]


def _notice(house: House, who: Resident, ward: str, news: Sequence[Change]) -> Notice:
    """The same news makes the same notice, so that a morning that is done again tells nothing twice."""
    sender = house.catalogue.wards[ward].name
    title, body = say("support_title"), say("support_body", count=str(len(news)))
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
