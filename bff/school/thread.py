"""Words between one guardian and the school on one notice: hers alone, the other home does not see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused, NotFound
from bff.identity.residents import Resident
from bff.school import line_files, notice, store
from bff.school.house import House
from bff.school.line_files import Given, LineFile
from bff.school.notice import SchoolNotice
from bff.school.posting import tell
from bff.school.school import Guardian, Pupil, School
from bff.school.sending import is_blank, once
from bff.school.tables import school_lines
from bff.school.words import say
from bff.uploads import taken
from life_events import contains_individual_number

LINE: Final = "school line"
LONGEST: Final = 1000
_l = school_lines.c


@dataclass(frozen=True)
class Line:
    """`resident`: whose thread it is, also when the school wrote it."""

    id: UUID
    notice: UUID
    pupil: UUID
    resident: UUID
    by_school: bool
    by_name: str
    text: str
    at: datetime
    files: tuple[LineFile, ...] = ()


async def write(
    house: House,
    me: Resident,
    id: UUID,
    told: UUID | None,
    pupil: UUID | None,
    text: str,
    files: Sequence[str] = (),
) -> Line:
    """The same `id` twice is one line. `files`: uploads of hers, which go into it. Raises a `Refusal`."""
    _check(text, bare=bool(files))
    async with house.db.house() as conn:
        mine = next((one for one in await store.hers(conn, me.id, house.keys) if one[0].id == pupil), None)
        found = await notice.one(conn, told) if told else None
        if mine is None or found is None or not found.concerns(mine[0], mine[1]):
            raise NotFound(say("no_such_notice"))
        await once(conn, id)
        had = (await conn.execute(select(school_lines).where(_l.id == id))).first()
        if had is not None:
            if (had.resident, had.pupil) != (me.id, pupil):
                raise NotFound(say("no_such_notice"))
            return _line(had, mine[1], (await line_files.of_lines(conn, [id]))[id])
        given = await taken(conn, me, files, house.clock(), most=line_files.MOST)
        line = Line(id, found.id, mine[0].id, me.id, False, mine[2].name, text.strip(), house.clock())
        return await _keep(conn, house, mine[1], line, given)


async def reply(
    conn: AsyncConnection,
    house: House,
    school: School,
    told: SchoolNotice,
    pupil: Pupil,
    resident: UUID,
    text: str,
    *,
    id: UUID,
    by: str,
    given: Given = (),
) -> Line:
    """House door: the school's word to one guardian, with a notice to her alone. Raises `FieldsRefused`."""
    _check(text, bare=bool(given))
    line = Line(id, told.id, pupil.id, resident, True, by, text.strip(), house.clock())
    line = await _keep(conn, house, school, line, given)
    at = uuid5(NAMESPACE_URL, f"school-line:{id}")
    await tell(conn, house, school, pupil, resident, "replied", id=at, about=f"/inbox/{told.id}", title=told.title)
    return line


async def of_notice(conn: AsyncConnection, school: School, id: UUID) -> list[Line]:
    """In order."""
    here = (_l.notice == id, _l.ward == school.ward, _l.school == school.id)
    rows = (await conn.execute(select(school_lines).where(*here).order_by(_l.at, _l.id))).all()
    files = await line_files.of_lines(conn, [row.id for row in rows])
    return [_line(row, school, files[row.id]) for row in rows]


async def hers(conn: AsyncConnection, resident: UUID, mine: Sequence[tuple[Pupil, School, Guardian]]) -> list[Line]:
    """Of all her threads, in order."""
    schools = {one.id: school for one, school, _ in mine}
    those = select(school_lines).where(_l.resident == resident, _l.pupil.in_(list(schools)))
    rows = (await conn.execute(those.order_by(_l.at, _l.id))).all()
    files = await line_files.of_lines(conn, [row.id for row in rows])
    return [_line(row, schools[row.pupil], files[row.id]) for row in rows]


async def _keep(conn: AsyncConnection, house: House, school: School, line: Line, given: Given) -> Line:
    await conn.execute(
        insert(school_lines).values(
            id=line.id,
            notice=line.notice,
            pupil=line.pupil,
            resident=line.resident,
            ward=school.ward,
            school=school.id,
            by_school=line.by_school,
            by_name=line.by_name,
            said=school.key.seal(LINE, line.text.encode()),
            at=line.at,
        )
    )
    return replace(line, files=await line_files.keep(conn, school, line.id, line.resident, given, house.today()))


def _check(text: str, *, bare: bool) -> None:
    """`bare`: a file goes along, which may say it all."""
    code = (
        ("" if bare else "required") if is_blank(text) else "too_long" if len(text) > LONGEST or "\x00" in text else ""
    )
    code = code or ("individual_number" if contains_individual_number(text) else "")
    if code:
        message = say(f"fault_{code}")
        raise FieldsRefused(message, (FieldRefused("text", code, message),))


def _line(row: Row[Any], school: School, files: tuple[LineFile, ...]) -> Line:
    text = school.key.open(LINE, row.said).decode()
    return Line(row.id, row.notice, row.pupil, row.resident, row.by_school, row.by_name, text, row.at, files)
