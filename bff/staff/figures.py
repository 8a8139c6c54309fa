"""A broadcast with the figures shown beside it: its size before it is sent, what became of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.visit import Visit
from bff.staff.words import audience_in_words, rate, word
from notifications import broadcast as mail
from notifications.audience import Audience, Headcount
from notifications.audience_sql import headcount
from notifications.broadcast import Broadcast, Counts, State

UNDER_WAY = frozenset({State.APPROVED, State.SENDING})
UNSENT = frozenset({State.DRAFT, State.AWAITING_APPROVAL, State.SENT_BACK})
STOPPABLE = frozenset({State.AWAITING_APPROVAL, State.APPROVED, State.SENDING})
REWRITABLE = frozenset({State.DRAFT, State.SENT_BACK})
WATCHED_AFTERWARDS = timedelta(minutes=15)
"""No longer: each question of an open page keeps its session from ending."""
LIVE = 2
SLOW = 10


@dataclass(frozen=True)
class People:
    """People written to as the pages may tell them: of too few nothing but that they are few, so that nobody can be
    singled out by what was done with one notice."""

    recipients: str
    with_device: str
    opened: str
    reached: str
    are_few: bool

    @classmethod
    def of(cls, broadcast: Broadcast, counts: Counts) -> People:
        """Nobody is hidden before it is sent: the noughts then are nobody's."""
        size = Headcount.of(counts.recipients)
        if broadcast.sent_at is not None and size.exact is None:
            hidden = word("few", "hidden")
            return cls(word("few", "people", floor=size.floor), hidden, hidden, hidden, True)
        recipients, with_device, opened = (
            f"{number:,}人" for number in (counts.recipients, counts.with_device, counts.opened)
        )
        return cls(recipients, with_device, opened, rate(counts.opened, counts.recipients), False)


@dataclass(frozen=True)
class Figures:
    """`size`: of the audience today, only before sending; `counts`: only from the approval on."""

    broadcast: Broadcast
    size: Headcount | None
    counts: Counts | None
    every: int | None
    """Seconds until the counts should be asked for again; None: they rest."""

    @property
    def people(self) -> People | None:
        """None: not approved yet."""
        return None if self.counts is None else People.of(self.broadcast, self.counts)

    @property
    def seen(self) -> str:
        """Changes when there is something new worth saying aloud: the state, or another quarter handed over."""
        if self.counts is None:
            return str(self.broadcast.state)
        done = self.counts.accepted + self.counts.failed
        return f"{self.broadcast.state}-{done * 4 // max(done + self.counts.waiting, 1)}"

    @property
    def aloud(self) -> str:
        """One sentence for who listens instead of looking."""
        if self.counts is None:
            return ""
        done = self.counts.accepted + self.counts.failed
        told = {"done": done, "waiting": self.counts.waiting}
        told |= {"accepted": self.counts.accepted, "failed": self.counts.failed}
        return word("aloud", self.broadcast.state, **told)


async def with_figures(conn: AsyncConnection, visit: Visit, broadcast: Broadcast) -> Figures:
    """Ward door."""
    if broadcast.state in UNSENT:
        return Figures(broadcast, await size_of(conn, visit, broadcast.audience), None, None)
    counts = await mail.counts(conn, visit.official.ward, broadcast.id)
    return Figures(broadcast, None, counts, _every(visit, broadcast, counts))


async def size_of(conn: AsyncConnection, visit: Visit, audience: Audience) -> Headcount:
    return await headcount(conn, audience, visit.today)


def in_words(visit: Visit, audience: Audience) -> str:
    return audience_in_words(audience, visit.ward_name)


def _every(visit: Visit, broadcast: Broadcast, counts: Counts) -> int | None:
    if broadcast.state in UNDER_WAY or (broadcast.state is State.SENT and counts.waiting):
        return LIVE
    if broadcast.sent_at is not None and visit.now - broadcast.sent_at < WATCHED_AFTERWARDS:
        return SLOW
    return None
