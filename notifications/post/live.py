"""The broadcasts that lie in inboxes now, held in memory by each process that is asked for an inbox.

A statement about an inbox carries what this process believes: her numbers and which broadcasts are hers. With its
answer come her numbers as her own door shows them and the newest serial there is. Where either differs from what was
believed, it is learnt and the statement asked again: so nothing is asked twice but once after something was published,
and no broadcast is shown through a door that does not know the resident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.post.snapshot import Snapshot, snapshot_of

SMALL: Final = 1_000
"""Up to so many members a snapshot is looked up by number, as a class's notice is; above, it is asked bit by bit."""
MOST_KNOWN: Final = 200_000
"""Residents whose numbers a process remembers."""
_NEWER: Final = text("SELECT * FROM mail_room_newer(:serial)")
KNOWN: Final = (
    "SELECT ARRAY(SELECT number FROM contacts WHERE resident = :resident UNION ALL"
    " SELECT number FROM contact_aliases WHERE resident = :resident ORDER BY 1) AS numbers,"
    " mail_room_newest() AS newest"
)
"""What `Live.learn` wants to hear of `:resident`."""


@dataclass(slots=True)
class _Ward:
    """The large snapshots of one ward, and everybody who is in any of them."""

    anybody: BitMap = field(default_factory=BitMap)
    snapshots: dict[UUID, Snapshot] = field(default_factory=dict)


class Live:
    """`clock` says what has lapsed and which stage has come."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._serial = 0
        self._kept: dict[UUID, Snapshot] = {}
        self._large: dict[str, _Ward] = {}
        self._small: dict[int, set[UUID]] = {}
        self._numbers: dict[UUID, tuple[int, ...]] = {}

    def of(self, resident: UUID) -> list[Snapshot]:
        """What is believed to lie in her inbox, newest first."""
        return self.shown_to(self._numbers.get(resident, ()))

    def shown_to(self, numbers: Sequence[int]) -> list[Snapshot]:
        """What lies in the inbox of who has these numbers, newest first."""
        now = self.clock()
        found: dict[UUID, Snapshot] = {}
        for number in numbers:
            candidates = [self._kept[notice] for notice in self._small.get(number, ())]
            for ward in self._large.values():
                if number in ward.anybody:
                    candidates += [one for one in ward.snapshots.values() if number in one.members]
            found |= {one.notice: one for one in candidates if one.shows(number, now)}
        return sorted(found.values(), key=lambda one: (one.sent_at, one.notice), reverse=True)

    def lying(self, numbers: BitMap, since: datetime) -> dict[int, list[Snapshot]]:
        """What was sent since then and lies in the inboxes of many, by their numbers; where nothing lies, no number."""
        now = self.clock()
        found: dict[int, list[Snapshot]] = {}
        for one in self._kept.values():
            if one.sent_at >= since and one.lapses_at > now:
                for number in one.members & numbers:
                    if one.shows(number, now):
                        found.setdefault(number, []).append(one)
        return found

    def one(self, notice: UUID) -> Snapshot | None:
        """None: not known to be live."""
        return self._kept.get(notice)

    def numbers_of(self, resident: UUID) -> tuple[int, ...]:
        return self._numbers.get(resident, ())

    async def surely(self, conn: AsyncConnection, resident: UUID) -> list[Snapshot]:
        """What lies in her inbox, asked of the database; through her own door or the house's."""
        row = (await conn.execute(text(KNOWN), {"resident": resident})).one()
        await self.learn(conn, resident, row.numbers, row.newest)
        return self.of(resident)

    async def learn(self, conn: AsyncConnection, resident: UUID, numbers: Iterable[int], newest: int) -> bool:
        """True: something else had been believed."""
        told = tuple(numbers)
        believed = self._numbers.get(resident, ()) == told
        if not believed:
            if len(self._numbers) >= MOST_KNOWN:
                self._numbers.clear()
            self._numbers[resident] = told
        if newest <= self._serial:
            return not believed
        await self.refresh(conn)
        return True

    async def refresh(self, conn: AsyncConnection) -> None:
        """Takes in what was published, changed or stopped since it last looked; any door."""
        rows = (await conn.execute(_NEWER, {"serial": self._serial})).all()
        self._forget_lapsed()
        for row in rows:
            self._take(snapshot_of(row))
        self._serial = max([self._serial, *(row.serial for row in rows)])

    def _take(self, snapshot: Snapshot) -> None:
        known = self._kept.get(snapshot.notice)
        if known is not None:
            if known.serial >= snapshot.serial:
                return
            self._drop(known)
        self._kept[snapshot.notice] = snapshot
        if len(snapshot.members) <= SMALL:
            for number in snapshot.members:
                self._small.setdefault(number, set()).add(snapshot.notice)
        else:
            ward = self._large.setdefault(snapshot.ward, _Ward())
            ward.snapshots[snapshot.notice] = snapshot
            ward.anybody |= snapshot.members

    def _drop(self, snapshot: Snapshot) -> None:
        del self._kept[snapshot.notice]
        if len(snapshot.members) <= SMALL:
            for number in snapshot.members:
                self._small[number].discard(snapshot.notice)
        else:
            del self._large[snapshot.ward].snapshots[snapshot.notice]

    def _forget_lapsed(self) -> None:
        now = self.clock()
        for lapsed in [one for one in self._kept.values() if one.lapses_at <= now]:
            self._drop(lapsed)
