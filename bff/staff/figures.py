"""A broadcast with the figures shown beside it: its size before it is sent, what became of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.audience_words import Names, audience_in_words
from bff.staff.sized import size_of
from bff.staff.visit import Visit
from bff.staff.words import moment, rate, word
from notifications import broadcasts as mail
from notifications.audience import Headcount
from notifications.broadcasts import Broadcast, Counts, State
from notifications.broadcasts.waves import WaveTold, waves_of

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
    """`audience`: in words. `size`: of the audience today, only before sending; `counts`: only from the approval on."""

    broadcast: Broadcast
    audience: str
    size: Headcount | None
    counts: Counts | None
    every: int | None
    """Seconds until the counts should be asked for again; None: they rest."""
    begins_at: datetime | None = None
    """When it goes out; None: at once, or out already."""
    has_agreed: bool = False
    """The visitor, to the version that waits for another's approval too."""
    waves: tuple[WaveTold, ...] = ()
    """Of what goes out in stages, once it has begun."""

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
        if self.broadcast.state is State.APPROVED and self.begins_at is not None:
            return word("aloud", "planned", at=moment(self.begins_at))
        done = self.counts.accepted + self.counts.failed
        told = {"done": done, "waiting": self.counts.waiting}
        told |= {"accepted": self.counts.accepted, "failed": self.counts.failed}
        return word("aloud", self.broadcast.state, **told)


async def with_figures(conn: AsyncConnection, visit: Visit, broadcast: Broadcast, names: Names) -> Figures:
    """Ward door."""
    told = audience_in_words(broadcast.audience, visit.ward_name, names)
    if broadcast.state in UNSENT:
        waits = broadcast.state is State.AWAITING_APPROVAL
        agreed = waits and await mail.has_agreed(conn, broadcast.id, broadcast.version, visit.by.id)
        return Figures(broadcast, told, await size_of(conn, visit, broadcast.audience), None, None, has_agreed=agreed)
    counts = await mail.counts(conn, visit.official.ward, broadcast.id)
    at = broadcast.plan.begins_at
    ahead = at if at is not None and at > visit.now else None
    rests = ahead is not None and ahead - visit.now > WATCHED_AFTERWARDS
    waves = await waves_of(conn, broadcast.id, visit.now) if broadcast.plan.first_percent else ()
    every = None if rests else _every(visit, broadcast, counts)
    return Figures(broadcast, told, None, counts, every, ahead, waves=waves)


def _every(visit: Visit, broadcast: Broadcast, counts: Counts) -> int | None:
    if broadcast.state in UNDER_WAY or (broadcast.state is State.SENT and counts.waiting):
        return LIVE
    if broadcast.sent_at is not None and visit.now - broadcast.sent_at < WATCHED_AFTERWARDS:
        return SLOW
    return None
