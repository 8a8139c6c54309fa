"""Files with a line of a thread: taken off her own shelf, sealed under the school's key, gone after their day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import NotFound
from bff.school import store
from bff.school.house import House
from bff.school.school import School
from bff.school.tables import school_line_files, school_lines
from bff.school.words import say
from bff.uploads.store import Upload

MOST: Final = 3
KEPT: Final = timedelta(days=60)
FILE: Final = "school line file"
_f = school_line_files.c
Given = Sequence[tuple[str, bytes]]
"""(media type, bytes) of each, checked."""


@dataclass(frozen=True)
class LineFile:
    """`kept_until`: its last day. `is_over`: its bytes are gone."""

    id: UUID
    media_type: str
    size: int
    kept_until: date
    is_over: bool


async def keep(
    conn: AsyncConnection, school: School, line: UUID, resident: UUID, given: Given, today: date
) -> tuple[LineFile, ...]:
    """With the line, in its transaction."""
    kept = []
    for place, (media_type, body) in enumerate(given, 1):
        one = LineFile(uuid5(line, f"{FILE} {place}"), media_type, len(body), today + KEPT, False)
        whose = {"line": line, "resident": resident, "ward": school.ward, "school": school.id, "place": place}
        told = {"id": one.id, "media_type": media_type, "size": one.size, "kept_until": one.kept_until}
        sealed = school.key.seal(f"{FILE} {one.id}", body)
        await conn.execute(insert(school_line_files).values(**whose, **told, sealed=sealed))
        kept.append(one)
    return tuple(kept)


async def of_lines(conn: AsyncConnection, lines: Collection[UUID]) -> Mapping[UUID, tuple[LineFile, ...]]:
    """By line, in order; without their bytes."""
    found: dict[UUID, tuple[LineFile, ...]] = defaultdict(tuple)
    if lines:
        seen = select(_f.line, _f.id, _f.media_type, _f.size, _f.kept_until, _f.sealed.is_(None).label("is_over"))
        for line, *told in await conn.execute(seen.where(_f.line.in_(list(lines))).order_by(_f.line, _f.place)):
            found[line] += (LineFile(*told),)
    return found


async def hers(house: House, resident: UUID, file: UUID) -> Upload:
    """Of a thread of hers, about a pupil of hers. Raises `NotFound`, also when its day is over."""
    async with house.db.house() as conn:
        asked = select(school_lines.c.pupil).join(school_line_files, _f.line == school_lines.c.id)
        pupil = await conn.scalar(asked.where(_f.id == file, _f.resident == resident))
        mine = await store.hers(conn, resident, house.keys) if pupil else []
        school = next((each for one, each, _ in mine if one.id == pupil), None)
        found = await one(conn, school, file, house.today()) if school else None
    if found is None:
        raise NotFound(say("no_such_file"))
    return found


async def one(conn: AsyncConnection, school: School, file: UUID, today: date) -> Upload | None:
    """Of this school; None: there is none such, or its day is over."""
    here = (_f.id == file, _f.ward == school.ward, _f.school == school.id, _f.kept_until >= today)
    row = (await conn.execute(select(school_line_files).where(*here, _f.sealed.is_not(None)))).first()
    return Upload(row.id, row.media_type, school.key.open(f"{FILE} {row.id}", row.sealed)) if row else None


async def whose(conn: AsyncConnection, school: School, notice: UUID, file: UUID) -> UUID | None:
    """In whose thread on this notice it lies."""
    here = (_f.id == file, _f.ward == school.ward, _f.school == school.id, school_lines.c.notice == notice)
    found: UUID | None = await conn.scalar(
        select(_f.resident).join(school_lines, _f.line == school_lines.c.id).where(*here)
    )
    return found


async def forget_old(conn: AsyncConnection, today: date) -> None:
    """The bytes of those whose day is over (house door); that they were there stays with the line."""
    over = (_f.kept_until < today, _f.sealed.is_not(None))
    await conn.execute(update(school_line_files).where(*over).values(sealed=None))
