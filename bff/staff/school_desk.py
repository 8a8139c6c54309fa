"""What every page of a school's officials needs: their school, and what is done there in whose name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import notice, store
from bff.school.house import House
from bff.school.notice import SchoolNotice
from bff.school.school import Pupil, School, in_order
from bff.staff.looking import look
from bff.staff.visit import NotHere, Visit, identified
from bff.staff.words import knows, word

PATH = "/staff/school"


def house_of(visit: Visit) -> House:
    return visit.house.for_school


async def known(conn: AsyncConnection, visit: Visit) -> School | None:
    if visit.official.school is None:
        raise NotHere
    return await store.school_of(conn, visit.official.ward, visit.official.school, visit.house.keys)


async def school_of(conn: AsyncConnection, visit: Visit) -> School:
    """Raises `NotHere`: this school has brought no list, so there is nothing of it."""
    found = await known(conn, visit)
    if found is None:
        raise NotHere
    return found


async def notice_of(conn: AsyncConnection, visit: Visit, said: str) -> tuple[School, SchoolNotice]:
    """Of the visitor's school; raises `NotHere`."""
    school = await school_of(conn, visit)
    found = await notice.one(conn, identified(said))
    if found is None or (found.ward, found.school) != (school.ward, school.id):
        raise NotHere
    return school, found


async def looked(conn: AsyncConnection, visit: Visit, residents: Iterable[UUID], what: str, reason: str) -> None:
    """House door: in each guardian's own list of who looked, before it is shown."""
    for one in sorted(set(residents)):
        await look(conn, visit, one, what=what, purpose="school_contact", basis="school_enrolment", reason=reason)


@dataclass(frozen=True)
class Groups:
    """The groups of the roster, each with how many pupils: (mark, name, pupils)."""

    years: list[tuple[str, str, int]]
    classes: list[tuple[str, str, int]]
    clubs: list[tuple[str, str, int]]


def groups_of(school: School, pupils: list[Pupil]) -> Groups:
    ordered = in_order(pupils)
    years = dict.fromkeys(one.year for one in ordered)
    classes = dict.fromkeys(one.class_name for one in ordered)
    clubs = sorted({club for one in ordered for club in one.clubs})
    unit = "歳児" if school.kind == "nursery" else "年"

    def told(mark: str, name: str) -> tuple[str, str, int]:
        return mark, name, sum(mark in one.marks(school) for one in ordered)

    return Groups(
        [told(school.year_mark(one), f"{one}{unit}") for one in years],
        [told(school.class_mark(one), one) for one in classes],
        [told(school.club_mark(one), one) for one in clubs],
    )


def marks_in_words(school: School, marks: Iterable[str]) -> str:
    """The groups a notice is for, as the school calls them."""
    names = []
    for mark in sorted(marks):
        group, _, rest = mark.partition(":")
        name = rest.removeprefix(school.id).removeprefix(":")
        unit = "歳児" if school.kind == "nursery" else "年"
        names.append({"school": "全員", "year": f"{name}{unit}"}.get(group, name))
    return "、".join(names)


def done_in_words(done: str, **values: str | int) -> str:
    return word("school_done", done, **{"n": "", **values}) if knows("school_done", done) else ""


def back_to(path: str) -> Response[bytes]:
    return Redirect(path, status_code=303)
