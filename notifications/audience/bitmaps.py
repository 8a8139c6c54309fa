"""An audience answered in memory: for each ward and word a bitmap of numbers, as the address book's triggers keep them.

A process holds the wards it was asked about. Each question reads what was changed since the last one. Changes of
transactions that still ran then are read again the next time; the last change of a number in a word is what holds, and
those are in the order of their ids, since whoever changes a contact has its row. What has been folded into the base
before this process had read it makes it read the ward anew.

Ages are refined to the day: whole months are kept beside their days, so that a range of years is a union of months and,
at its edges, of days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from pyroaring import BitMap
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import sql
from notifications.audience.audience import Audience
from notifications.audience.rules import All, ChildAge, ChildBorn, Marked, Not, Rule, Speaks
from notifications.audience.rules import Any as AnyOf

FOLDED_AT_ONCE: Final = 200_000
READ_AT_ONCE: Final = 20_000
_EARLIEST: Final = date(1900, 1, 1)
_NEWS: Final = text("""
    SELECT coalesce((SELECT upto FROM audience_wards WHERE ward = :ward), 0) AS upto,
        pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
        current_setting('app.door', true) = 'ward'
            AND (current_setting('app.ward', true) <> :ward OR current_setting('app.school', true) <> '') AS narrower,
        c.key, c.number, c.holds
    FROM (SELECT 1) AS once LEFT JOIN audience_changes c ON c.ward = :ward AND c.tx >= :since ORDER BY c.id
""")
_BASE: Final = text("""
    SELECT coalesce((SELECT upto FROM audience_wards WHERE ward = :ward), 0) AS upto, b.key, b.bits
    FROM (SELECT 1) AS once LEFT JOIN audience_bits b ON b.ward = :ward
""")
_COMPLETE: Final = text("""
    SELECT key, number, holds FROM audience_changes WHERE ward = :ward AND tx < :upto ORDER BY id
""").execution_options(yield_per=READ_AT_ONCE)
_FORGET: Final = text("DELETE FROM audience_changes WHERE ward = :ward AND tx < :upto")
_BITS_OF: Final = text("""
    SELECT key, bits FROM audience_bits WHERE ward = :ward AND key = ANY (CAST(:keys AS text[]))
""")
_FOLDED: Final = text("""
    INSERT INTO audience_wards VALUES (:ward, :upto) ON CONFLICT (ward) DO UPDATE SET upto = excluded.upto
""")
_BITS: Final = text("""
    INSERT INTO audience_bits VALUES (:ward, :key, :bits) ON CONFLICT (ward, key) DO UPDATE SET bits = excluded.bits
""")


@dataclass
class _Ward:
    """`since`: changes of transactions before it are known."""

    since: int = 0
    bits: dict[str, BitMap] = field(default_factory=dict)
    months: dict[tuple[int, int], BitMap] = field(default_factory=dict)

    def of(self, key: str) -> BitMap:
        return self.bits.get(key, BitMap())

    def change(self, key: str, number: int, *, holds: bool) -> None:
        bits = self.bits.setdefault(key, BitMap())
        if holds:
            bits.add(number)
        else:
            bits.discard(number)
        if key.startswith("born:"):
            self.months.pop((int(key[5:9]), int(key[10:12])), None)

    def take_in(self, rows: Sequence[Row[Any]]) -> None:
        for row in rows:
            if row.key is not None:
                self.change(row.key, row.number, holds=row.holds)
        self.since = rows[0].horizon

    def month(self, year: int, month: int) -> BitMap:
        known = self.months.get((year, month))
        if known is None:
            days = (self.bits.get(f"born:{year:04}-{month:02}-{day:02}") for day in range(1, 32))
            known = self.months[year, month] = BitMap.union(BitMap(), *(day for day in days if day is not None))
        return known

    def born(self, since: date, until: date) -> BitMap:
        """With a child born from `since` to `until`, both included."""
        return BitMap.union(BitMap(), *self._parts(max(since, _EARLIEST), until))

    def _parts(self, since: date, until: date) -> Iterator[BitMap]:
        day = since
        while day <= until:
            next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            if day.day == 1 and next_month - timedelta(days=1) <= until:
                yield self.month(day.year, day.month)
                day = next_month
            else:
                yield self.of(f"born:{day}")
                day += timedelta(days=1)


class Bitmaps:
    """One for a process; tens of megabytes for a ward of a million."""

    def __init__(self) -> None:
        self._wards: dict[str, _Ward] = {}

    async def members(self, conn: AsyncConnection, audience: Audience, today: date) -> BitMap:
        """The numbers of the contacts it holds today: the same as `sql.members`, which answers where the door shows
        less than the ward."""
        while True:
            known = self._wards.get(audience.ward) or await self._base(conn, audience.ward)
            since = known.since
            rows = (await conn.execute(_NEWS, {"ward": audience.ward, "since": since})).all()
            if rows[0].narrower:
                return await sql.members(conn, audience, today)
            if rows[0].upto > since:
                self._wards.pop(audience.ward, None)
            elif known.since == since:
                break
        known.take_in(rows)
        self._wards[audience.ward] = known
        return _of(audience.rule, known, today) & known.of("all")

    async def _base(self, conn: AsyncConnection, ward: str) -> _Ward:
        base = (await conn.execute(_BASE, {"ward": ward})).all()
        bits = {row.key: BitMap.deserialize(bytes(row.bits)) for row in base if row.key is not None}
        return _Ward(base[0].upto, bits)


async def fold(conn: AsyncConnection, most: int = FOLDED_AT_ONCE) -> int:
    """Periodic, house door: changes that are complete go into the base. How many."""
    horizon = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    upto: int = (await conn.execute(horizon)).scalar_one()
    await conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('audience_fold'))"))
    wards = await conn.execute(text("SELECT DISTINCT ward FROM audience_changes WHERE tx < :upto"), {"upto": upto})
    folded = 0
    for ward in sorted(wards.scalars()):
        if folded < most:
            folded += await _fold(conn, ward, upto)
    return folded


async def _fold(conn: AsyncConnection, ward: str, upto: int) -> int:
    """Changes are read by and by: after an import there are millions of them."""
    known, folded = _Ward(), 0
    asked = {"ward": ward, "upto": upto}
    async with conn.stream(_COMPLETE, asked) as rows:
        async for part in rows.partitions(READ_AT_ONCE):
            new = sorted({row.key for row in part} - known.bits.keys())
            base = await conn.execute(_BITS_OF, {"ward": ward, "keys": new}) if new else ()
            known.bits |= {row.key: BitMap.deserialize(bytes(row.bits)) for row in base}
            for row in part:
                known.change(row.key, row.number, holds=row.holds)
            folded += len(part)
    for bits in known.bits.values():
        bits.run_optimize()
    await conn.execute(_FORGET, asked)
    await conn.execute(_FOLDED, asked)
    if known.bits:
        told = [{"ward": ward, "key": key, "bits": bits.serialize()} for key, bits in sorted(known.bits.items())]
        await conn.execute(_BITS, told)
    return folded


def _of(rule: Rule, known: _Ward, today: date) -> BitMap:
    match rule:
        case All(of):
            parts = [_of(part, known, today) for part in of]
            return BitMap.intersection(*parts) if parts else known.of("all")
        case AnyOf(of):
            return BitMap.union(*(_of(part, known, today) for part in of))
        case Not(inner):
            return known.of("all") - _of(inner, known, today)
        case _:
            return _told(rule, known, today)


def _told(rule: Speaks | ChildAge | ChildBorn | Marked, known: _Ward, today: date) -> BitMap:
    match rule:
        case Speaks(language):
            return known.of(f"speaks:{language.value}")
        case ChildAge():
            after, until = rule.range.births(today)
            return known.born(after + timedelta(days=1), until)
        case ChildBorn(since, until):
            return known.born(since, until)
        case Marked(mark):
            return known.of(mark)
