"""/staff/school/notices: what the school has sent, and a new notice: written, the count seen, sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery

from bff.paper import pictures
from bff.school import notice, posting, store
from bff.school.notice import SchoolNotice
from bff.school.school import Pupil, School
from bff.school.sending import once
from bff.staff.draft_form import has_key
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.school_desk import PATH, back_to, done_in_words, groups_of, house_of, known, marks_in_words, school_of
from bff.staff.school_form import Who, notice_of
from bff.staff.typed import MOST_FIELDS, Typed, Unreadable
from bff.staff.visit import Visit, Visiting
from bff.staff.words import table
from bff.uploads.refusals import UploadRefused
from notifications.attachments import store as attachments
from notifications.attachments.store import Kept

MOST_BODY: Final = 12 * 1024 * 1024
PHOTO_KEPT: Final = timedelta(days=60)


@get("/school/notices", act="school_read")
async def sent(visit: Visiting, done: FromQuery[str] = "") -> Response[Any]:
    async with visit.door() as conn:
        school = await known(conn, visit)
        notices = await notice.of_school(conn, school) if school else []
    if school is None:
        return back_to(f"{PATH}/roster")
    rows = [(one, marks_in_words(school, one.marks)) for one in notices]
    return visit.show("school_notices.html", rows=rows, school=school, told=done_in_words(done))


@get("/school/notices/new", act="school_write")
async def blank(visit: Visiting) -> Response[Any]:
    async with visit.door() as conn:
        if await known(conn, visit) is None:
            return back_to(f"{PATH}/roster")
    return await _form(visit, Typed().but(key=str(visit.house.new_id()), asks="none", one_is_enough="yes"))


@post("/school/notices/new", act="school_write", request_max_body_size=MOST_BODY)
async def write(visit: Visiting, request: Request[Any, Any, Any]) -> Response[Any]:
    """Looked over first; sent on the second button, once however often it is pressed."""
    form = await request.form()
    files = [one for _, one in form.multi_items() if isinstance(one, UploadFile)]
    typed = _typed([(name, one) for name, one in form.multi_items() if isinstance(one, str)])
    if not has_key(typed):
        typed = typed.but(key=str(visit.house.new_id()))
    async with visit.door() as conn:
        school = await school_of(conn, visit)
        pupils = await store.pupils_of(conn, school)
    try:
        who = Who(_id_of(school, typed.one("key")), visit.official.name, visit.now)
        told = notice_of(typed, school, pupils, who)
    except Mistakes as error:
        return await _form(visit, typed, mistakes=error.mistakes)
    if typed.one("do") != "send":
        return await _form(visit, typed, looked_over=told)
    house = house_of(visit)
    try:
        photos = [await _photo(visit, one) for one in files if one.filename]
    except UploadRefused as refused:
        return await _form(visit, typed, mistakes=(Mistake("photo", refused.message.ja),), looked_over=told)
    async with house.db.house() as conn:
        await once(conn, told.id)
        if await notice.one(conn, told.id) is None:
            await notice.keep(conn, told)
            for photo in photos[: attachments.MOST]:
                whose = {"ward": school.ward, "school": school.id, "by": visit.official.name}
                await attachments.attach(conn, notice=told.id, kept=photo, now=visit.now, **whose)
            people = await posting.publish(conn, house, school, told)
            await visit.note(conn, "school_write", about=f"{told.title.ja}（{people}人）")
    return back_to(f"{PATH}/notices/{told.id}?done=sent")


def _id_of(school: School, key: str) -> UUID:
    """Of what this school writes under this key, and nobody's else: a key that is the id of another's notice would make
    that one its own, to be corrected and taken back."""
    return uuid5(UUID(key), f"{school.ward}|{school.id}")


async def _photo(visit: Visit, one: UploadFile) -> Kept:
    """Painted anew: where it was taken is gone from it."""
    (checked, *_) = await pictures.pages_of([await one.read()], visit.house.for_paper.scan)
    until = visit.today + PHOTO_KEPT
    return Kept(visit.house.new_id(), "写真", checked.media_type, checked.body, (), until)


def _typed(fields: list[tuple[str, str]]) -> Typed:
    """As `typed_in`, of a form that may carry a photograph; raises `Unreadable`."""
    if len(fields) > MOST_FIELDS:
        raise Unreadable
    values: dict[str, tuple[str, ...]] = {}
    for name, one in fields:
        values[name] = (*values.get(name, ()), one.replace("\r\n", "\n").replace("\r", "\n"))
    return Typed(values)


async def _form(
    visit: Visit,
    typed: Typed,
    *,
    mistakes: tuple[Mistake, ...] = (),
    looked_over: SchoolNotice | None = None,
) -> Response[str]:
    async with visit.door() as conn:
        school = await school_of(conn, visit)
        pupils = await store.pupils_of(conn, school)
        size = await _size(conn, school, pupils, looked_over) if looked_over else None
    return visit.show(
        "school_write.html",
        422 if mistakes else 200,
        school=school,
        groups=groups_of(school, pupils),
        pupils=len(pupils),
        typed=typed,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        kinds=table("school_asks"),
        looked_over=looked_over,
        whom=marks_in_words(school, looked_over.marks) if looked_over else "",
        size=size,
    )


async def _size(conn: Any, school: School, pupils: list[Pupil], told: SchoolNotice) -> dict[str, int]:
    """Pupils, people who hear of it, and pupils for whom it goes home on paper."""
    here = {one.id: one for one in pupils if told.concerns(one, school)}
    guardians = [one for one in await store.guardians_of(conn, school) if one.pupil in here]
    joined = {one.pupil for one in guardians if one.role == "guardian"}
    paper = sum(one.paper or one.id not in joined for one in here.values())
    return {"pupils": len(here), "people": len({one.resident for one in guardians}), "paper": paper}


HANDLERS = (sent, blank, write)
