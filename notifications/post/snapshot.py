"""Who a broadcast is for, kept once: one bit for each contact's number, and from when on which numbers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from pyroaring import BitMap, FrozenBitMap
from sqlalchemy import Row


@dataclass(frozen=True, slots=True)
class Stage:
    """Numbers from `low` to `high`, both included, are told at `at`, as a part of this wave. `size`: how many of them
    are members."""

    low: int
    high: int
    at: datetime
    wave: int = 0
    size: int = 1


@dataclass(frozen=True, slots=True)
class Wave:
    """A part of the members (0 < `share` <= 1 of all of them) and when they are told. The last takes all that are
    left, whatever its share."""

    share: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`stages` empty: everybody from `sent_at` on. `stopped_at`: who was not to be told by then is not told any more.
    `revision`: of the notice now; `serial` grows with each change of any snapshot."""

    notice: UUID
    serial: int
    ward: str
    sent_at: datetime
    lapses_at: datetime
    revision: int
    members: FrozenBitMap
    stages: tuple[Stage, ...]
    stopped_at: datetime | None

    def shows(self, number: int, now: datetime) -> bool:
        """Whether that number is a member and sees it now."""
        if number not in self.members or self.lapses_at <= now:
            return False
        return not self.stages or any(one.low <= number <= one.high for one in self.come(now))

    def told(self, now: datetime) -> BitMap:
        """The members that see it by then."""
        if not self.stages:
            return BitMap(self.members)
        return BitMap.union(BitMap(), *(between(self.members, one.low, one.high) for one in self.come(now)))

    def come(self, now: datetime) -> list[Stage]:
        """Those of its stages whose turn has come by then."""
        last = now if self.stopped_at is None else min(now, self.stopped_at)
        return [one for one in self.stages if one.at <= last]


def rests(stopped_at: datetime | None, revised_at: datetime | None) -> bool:
    """Whether nothing more goes out by it: it was stopped, and neither corrected nor taken back since."""
    return stopped_at is not None and (revised_at is None or revised_at < stopped_at)


def between(members: BitMap | FrozenBitMap, low: int, high: int) -> BitMap:
    """The members among these numbers, both ends included."""
    numbers = BitMap()
    numbers.add_range(low, high + 1)
    return numbers & members


def snapshot_of(row: Row[Any]) -> Snapshot:
    return Snapshot(
        row.notice,
        row.serial,
        row.ward,
        row.sent_at,
        row.lapses_at,
        row.revision,
        FrozenBitMap.deserialize(bytes(row.members)),
        tuple(Stage(low, high, datetime.fromtimestamp(at, UTC), wave) for low, high, at, wave in row.stages),
        row.stopped_at,
    )


def stages_to_json(stages: Sequence[Stage]) -> list[list[float]]:
    return [[one.low, one.high, one.at.timestamp(), one.wave] for one in stages]


def staged(members: BitMap, waves: Sequence[Wave], sent_at: datetime, turn: int) -> list[Stage]:
    """Ranges of numbers that hold the waves: by rank, beginning at the rank `turn` (of any size) so that it is not the
    same people who are always told first. No waves: everybody at `sent_at`."""
    if not members:
        return []
    size, begin = len(members), turn % len(members) if len(waves) > 1 else 0
    found: list[Stage] = []
    for number, (wave, (first, end)) in enumerate(zip(waves or [Wave(1, sent_at)], _ranks(size, waves), strict=True)):
        for low, high in _cut_around(first + begin, end + begin, size):
            found.append(Stage(members[low], members[high - 1], max(wave.at, sent_at), number))
    return found


def _ranks(size: int, waves: Sequence[Wave]) -> list[tuple[int, int]]:
    ends = [0]
    for wave in waves[:-1]:
        ends.append(min(size, ends[-1] + max(1, round(size * wave.share))))
    return list(pairwise([*ends, size]))


def _cut_around(first: int, end: int, size: int) -> list[tuple[int, int]]:
    """Ranks from `first` up to `end`, where after the last comes the first again."""
    cuts = [(first, min(end, size)), (max(first, size) - size, end - size)]
    return [(low, high) for low, high in cuts if low < high]


def chunked(members: BitMap, stages: Sequence[Stage], most: int) -> list[Stage]:
    """The stages cut into ranges of at most `most` members each, in their order."""
    cut: list[Stage] = []
    for one in stages:
        first, end = members.rank(one.low) - 1, members.rank(one.high)
        for at in range(first, end, most):
            last = min(at + most, end) - 1
            cut.append(Stage(members[at], members[last], one.at, one.wave, last - at + 1))
    return cut
