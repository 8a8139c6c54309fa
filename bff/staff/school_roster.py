"""/staff/school/roster: the pupils, a new class list looked over before it counts, and taken back."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery

from bff.school import roster, roster_file, roster_rows, store
from bff.school.roster_file import FileRefused
from bff.school.roster_rows import Fault, Rows
from bff.school.school import KINDS, Kind, School, in_order
from bff.staff.mistakes import Mistake
from bff.staff.school_desk import PATH, back_to, done_in_words, house_of, known, school_of
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import table, word

MOST_BODY: Final = roster_file.MOST_BYTES + 64 * 1024
FAULTS_SHOWN: Final = 100


@get("/school/roster", act="school_read")
async def pupils(visit: Visiting, done: FromQuery[str] = "") -> Response[Any]:
    return await _page(visit, told=done_in_words(done))


@post("/school/roster/start", act="school_roster")
async def start(visit: Visiting, typed: Sent) -> Response[Any]:
    """The school says what it is and until when absences are asked for; later this changes the hour alone."""
    kind: Kind | None = next((one for one in KINDS if one == typed.one("kind")), None)
    cut_off = typed.one("cut_off").strip()
    async with visit.door() as conn:
        there = await known(conn, visit)
        if (kind is None and there is None) or not _is_hour(cut_off):
            return await _page(visit, (Mistake("cut_off", word("school_mistake", "start")),))
        if there is not None:
            await store.set_cut_off(conn, there, cut_off)
        elif kind is not None and visit.official.school:
            ward, keys, id = visit.official.ward, visit.house.keys, visit.house.new_id()
            await store.open_school(
                conn, ward, visit.official.school, kind=kind, cut_off=cut_off, keys=keys, new_id=id, now=visit.now
            )
        await visit.note(conn, "school_roster", about=f"{visit.official.school} {cut_off}")
    return back_to(f"{PATH}/roster?done=started")


@post("/school/roster", act="school_roster", request_max_body_size=MOST_BODY)
async def bring(visit: Visiting, request: Request[Any, Any, Any]) -> Response[Any]:
    """Looked over, with every fault of every row; nothing counts yet."""
    upload = (await request.form()).get("file")
    if not isinstance(upload, UploadFile):
        return await _page(visit, (Mistake("file", word("school_mistake", "file")),))
    body = await upload.read()
    async with visit.door() as conn:
        school = await school_of(conn, visit)
    try:
        rows = await asyncio.to_thread(_read, body, school, visit.today)
    except FileRefused as refused:
        return await _page(visit, (Mistake("file", str(refused)),))
    if rows.faults:
        return await _page(
            visit, (Mistake("file", word("school_mistake", "rows", count=len(rows.faults))),), rows.faults
        )
    id = visit.house.new_id()
    async with visit.door() as conn:
        there = await store.pupils_of(conn, school)
        plan = roster.plan_of(house_of(visit).person_secret, school, there, rows.rows, visit.house.new_id)
        await roster.show(conn, school, plan, notes=rows.notes, id=id, by=visit.official.name, now=visit.now)
    return back_to(f"{PATH}/roster/{id}")


@get("/school/roster/{roster_import:str}", act="school_read")
async def preview(visit: Visiting, roster_import: FromPath[str], done: FromQuery[str] = "") -> Response[Any]:
    return await _preview(visit, roster_import, told=done_in_words(done))


@post("/school/roster/{roster_import:str}/count", act="school_roster")
async def count(visit: Visiting, roster_import: FromPath[str], typed: Sent) -> Response[Any]:
    house = house_of(visit)
    async with house.db.house() as conn:
        school = await school_of(conn, visit)
        found = await roster.one(conn, school, identified(roster_import))
        if found is None:
            raise NotHere
        counted = found.state == "counted"
        if found.state == "shown":
            leave = typed.one("leave") == "yes"
            counted = await roster.count(conn, house, school, found, leave=leave, now=visit.now)
            if counted:
                await visit.note(conn, "school_roster", about=word("school", "counted", **found.plan.summary))
    if not counted:
        return await _preview(visit, roster_import, (Mistake("", word("school_mistake", "overtaken")),))
    return back_to(f"{PATH}/roster/{found.id}?done=counted")


@post("/school/roster/{roster_import:str}/undo", act="school_roster")
async def undo(visit: Visiting, roster_import: FromPath[str], typed: Sent) -> Response[Any]:
    house = house_of(visit)
    async with house.db.house() as conn:
        school = await school_of(conn, visit)
        found = await roster.one(conn, school, identified(roster_import))
        if found is None:
            raise NotHere
        undone = await roster.undo(conn, house, school, found, now=visit.now)
        if undone:
            await visit.note(conn, "school_roster", about=word("school", "undone"))
    if not undone:
        return await _preview(visit, roster_import, (Mistake("", word("school_mistake", "no_undo")),))
    return back_to(f"{PATH}/roster?done=undone")


def _read(body: bytes, school: School, today: date) -> Rows:
    return roster_rows.rows_of(roster_file.read(body), school.kind, today)


async def _page(visit: Visit, mistakes: tuple[Mistake, ...] = (), faults: Any = (), *, told: str = "") -> Response[str]:
    async with visit.door() as conn:
        school = await known(conn, visit)
        there = in_order(await store.pupils_of(conn, school)) if school else []
        guardians = await store.guardians_of(conn, school) if school else []
        imports = await roster.of(conn, school) if school else []
    own: dict[Any, list[str]] = {}
    for one in guardians:
        own.setdefault(one.pupil, []).append(one.name + ("" if one.role == "guardian" else "（見るだけ）"))
    shown: list[Fault] = list(faults)[:FAULTS_SHOWN]
    return visit.show(
        "school_roster.html",
        422 if mistakes else 200,
        school=school,
        name=visit.official.school,
        pupils=there,
        guardians=own,
        joined=len(own),
        imports=imports,
        kinds=table("school_kind"),
        faults=shown,
        more=len(faults) - len(shown),
        told=told,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
    )


async def _preview(visit: Visit, said: str, mistakes: tuple[Mistake, ...] = (), *, told: str = "") -> Response[str]:
    async with visit.door() as conn:
        school = await school_of(conn, visit)
        found = await roster.one(conn, school, identified(said))
    if found is None:
        raise NotHere
    return visit.show(
        "school_import.html", 409 if mistakes else 200, school=school, one=found, told=told, mistakes=mistakes
    )


def _is_hour(said: str) -> bool:
    hour, _, minute = said.partition(":")
    digits = hour.isascii() and minute.isascii() and hour.isdigit() and minute.isdigit()
    return digits and len(said) == len("08:30") and int(hour) < 24 and int(minute) < 60  # noqa: PLR2004


HANDLERS = (pupils, start, bring, preview, count, undo)
