"""Words between a school and one guardian on a notice: the teacher's reply, with files, and the files they sent."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from bff.errors import FieldsRefused
from bff.school import line_files, store, thread
from bff.school.line_files import Given
from bff.staff.mistakes import Mistake
from bff.staff.school_desk import PATH, back_to, house_of, looked, notice_of
from bff.staff.school_notice import page
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import word
from bff.uploads import handed
from bff.uploads.checking import checked
from bff.uploads.refusals import UploadRefused, refused

MOST_BODY: Final = 32 * 1024 * 1024


@post(
    "/school/notices/{school_notice:str}/reply/{pupil:str}/{guardian:str}",
    act="school_write",
    request_max_body_size=MOST_BODY,
)
async def reply(
    visit: Visiting,
    school_notice: FromPath[str],
    pupil: FromPath[str],
    guardian: FromPath[str],
    request: Request[Any, Any, Any],
) -> Response[Any]:
    """To this guardian alone."""
    form = await request.form()
    files = [one for one in form.getall("file", []) if isinstance(one, UploadFile) and one.filename]
    house, whom, wrong = house_of(visit), identified(guardian), ""
    async with house.db.house() as conn:
        school, told = await notice_of(conn, visit, school_notice)
        there = await store.guardians_of(conn, school, identified(pupil))
        found = await store.pupil(conn, identified(pupil), house.keys)
        if found is None or not told.concerns(found[0], school) or not any(one.resident == whom for one in there):
            raise NotHere
        id, by = visit.house.new_id(), visit.official.name
        try:
            given = await _looked_at(visit, files)
            text = str(form.get("text", ""))
            await thread.reply(conn, house, school, told, found[0], whom, text, id=id, by=by, given=given)
        except (FieldsRefused, UploadRefused) as error:
            wrong = error.message.ja
        else:
            await visit.note(conn, "school_write", about=word("school", "replied", title=told.title.ja))
    if wrong:
        return await page(visit, school_notice, show="lines", mistakes=(Mistake("", wrong),))
    return back_to(f"{PATH}/notices/{told.id}?show=lines&done=replied")


@get("/school/notices/{school_notice:str}/files/{school_file:str}", act="school_read")
async def file(visit: Visiting, school_notice: FromPath[str], school_file: FromPath[str]) -> Response[Any]:
    """Each file is a look of its own, in the list of whose thread it lies in."""
    id = identified(school_file)
    async with house_of(visit).db.house() as conn:
        school, told = await notice_of(conn, visit, school_notice)
        whose = await line_files.whose(conn, school, told.id, id)
        found = await line_files.one(conn, school, id, visit.today)
        if whose is None or found is None:
            raise NotHere
        await looked(conn, visit, [whose], "school_answer", word("school", "look_answers", title=told.title.ja))
    return handed(found)


async def _looked_at(visit: Visit, files: list[UploadFile]) -> Given:
    """As what residents add (ADR 0031). Raises `UploadRefused`."""
    if len(files) > line_files.MOST:
        raise refused("too_many")
    given, scan = [], visit.house.for_paper.scan
    for one in files:
        body = await one.read()
        fit = await asyncio.to_thread(checked, body)
        if scan is not None:
            await asyncio.to_thread(scan, body)
        given.append((fit.media_type, fit.body))
    return given


HANDLERS = (reply, file)
