"""/staff/school: the absences of a day, taken note of or sent back with a reason; what waits for the teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from bff.school import absences, notice, posting, store
from bff.school.absences import Absence
from bff.school.school import Pupil
from bff.staff.mistakes import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.school_desk import PATH, back_to, done_in_words, house_of, known, looked, school_of
from bff.staff.typed import Sent
from bff.staff.visit import Visit, Visiting, identified
from bff.staff.words import word
from notifications.notice import Kind as NoticeKind


@dataclass(frozen=True)
class Row:
    absence: Absence
    pupil: Pupil
    guardian: str


@get("/school", act="school_read")
async def today(visit: Visiting, day: FromQuery[str] = "", done: FromQuery[str] = "") -> Response[Any]:
    async with visit.door() as conn:
        if await known(conn, visit) is None:
            return back_to(f"{PATH}/roster")
    return await _page(visit, _day(visit, day), told=done_in_words(done))


@post("/school/absences/{absence:str}/accept", act="school_absences")
async def accept(visit: Visiting, absence: FromPath[str], typed: Sent) -> Response[Any]:
    return await _settled(visit, absence, typed, None)


@post("/school/absences/{absence:str}/send-back", act="school_absences")
async def send_back(visit: Visiting, absence: FromPath[str], typed: Sent) -> Response[Any]:
    why = typed.one("note").strip()
    if wrong := mistakes_in(why):
        return await _page(visit, _day(visit, typed.one("day")), mistakes=wrong, at=absence, note=typed.one("note"))
    return await _settled(visit, absence, typed, why)


async def _settled(visit: Visit, said: str, typed: Sent, why: str | None) -> Response[Any]:
    """The parent is told in the same transaction, once for each version; what is sent back is hers to do."""
    day, version = _day(visit, typed.one("day")), typed.one("version")
    house = house_of(visit)
    async with house.db.house() as conn:
        school = await school_of(conn, visit)
        pupils = {one.id: one for one in await store.pupils_of(conn, school)}
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 5 else 0  # noqa: PLR2004
        settled = await absences.settle(
            conn, school, identified(said), number, reply=why, by=visit.official.name, now=visit.now
        )
        if settled is not None and settled.pupil in pupils:
            what = "accepted" if why is None else "sent_back"
            pupil = pupils[settled.pupil]
            id, about = absences.told_as(settled.id, settled.version, what), f"/school/absence?id={settled.id}"
            kind = NoticeKind.STATUS if why is None else NoticeKind.ACTION
            await posting.tell(
                conn, house, school, pupil, settled.resident, what, id=id, about=about, kind=kind, why=why or ""
            )
            await visit.note(conn, "school_absences", about=word("school_done", what))
    if settled is None:
        wrong = (Mistake("", word("school_mistake", "absence_changed")),)
        return await _page(visit, day, mistakes=wrong, status=409)
    done = "accepted" if why is None else "sent_back"
    return back_to(f"{PATH}?day={day}&done={done}#absences")


async def _page(
    visit: Visit,
    day: date,
    *,
    told: str = "",
    mistakes: tuple[Mistake, ...] = (),
    status: int = 422,
    at: str = "",
    note: str = "",
) -> Response[Any]:
    house = house_of(visit)
    async with house.db.house() as conn:
        school = await school_of(conn, visit)
        pupils = {one.id: one for one in await store.pupils_of(conn, school)}
        names = {(one.pupil, one.resident): one.name for one in await store.guardians_of(conn, school)}
        those = [one for one in await absences.of_day(conn, school, day) if one.pupil in pupils]
        fresh = [one for one in those if one.is_new]
        await looked(conn, visit, (one.resident for one in fresh), "absence", word("school", "look_absence"))
        await absences.looked_at(conn, school, (one.id for one in fresh))
        notices = await notice.of_school(conn, school, 8)
    rows = [Row(one, pupils[one.pupil], names.get((one.pupil, one.resident), "")) for one in those]
    waiting = [row for row in rows if row.absence.state in ("sent", "looking")]
    return visit.show(
        "school_today.html",
        status if mistakes else 200,
        school=school,
        waiting=waiting,
        withdrawn=[row for row in rows if row.absence.state == "withdrawn"],
        rest=[row for row in rows if row.absence.state in ("accepted", "sent_back")],
        notices=notices,
        pupils=len(pupils),
        on=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        told=told,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        at=at,
        note=note,
    )


def _day(visit: Visit, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return visit.today


HANDLERS = (today, accept, send_back)
