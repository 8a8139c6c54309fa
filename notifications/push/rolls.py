"""The snapshots of the broadcasts a worker is at, each a bitmap of numbers: a few of them, so its memory stays flat."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.tables import snapshots

KEPT = 4


class Rolls:
    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, BitMap] = OrderedDict()

    async def numbers(self, conn: AsyncConnection, notice: UUID, low: int, high: int) -> list[int]:
        """Of the members from `low` to `high`; a snapshot never changes its members."""
        roll = self._kept.get(notice)
        if roll is None:
            asked = select(snapshots.c.members).where(snapshots.c.notice == notice)
            kept = (await conn.execute(asked)).scalar_one_or_none()
            roll = BitMap() if kept is None else BitMap.deserialize(kept)
            self._kept[notice] = roll
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(notice)
        return list(roll & BitMap(range(low, high + 1)))
