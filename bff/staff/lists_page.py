"""/staff/lists: a ward's own lists, made of receipt numbers; neither the numbers nor anything beside them is kept."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.applications.whose import whose
from bff.school import roster_file
from bff.school.roster_file import FileRefused
from bff.staff import list_file
from bff.staff.list_file import ListRead
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from life_events import contains_individual_number
from notifications.broadcasts import lists
from notifications.broadcasts.lists import FEWEST, LONGEST_NAME, FewKnown, NameTaken

ACT: Final = "lists_make"
NUMBER: Final = re.compile(r"KM-[0-9]{6}-[0-9]{8}-[0-9]{6,}")
MOST: Final = 5000
MOST_BODY: Final = roster_file.MOST_BYTES + 64 * 1024
SHOWN: Final = 20


@get("/lists", act=ACT)
async def listed(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, Typed(), told=word("list_done", done) if knows("list_done", done) else "")


@post("/lists", act=ACT)
async def make(visit: Visiting, typed: Sent) -> Response[Any]:
    """From whatever was pasted, a whole table too: what looks like a receipt number is read, the rest is not."""
    name, numbers = typed.one("name").strip(), numbers_in(typed.one("numbers"))
    if mistakes := _wrong(name, numbers):
        return await _page(visit, typed, mistakes)
    async with visit.house.db.house() as conn:
        found = await whose(conn, visit.official.ward, numbers)
    unknown = [one for one in numbers if one not in found]
    if unknown and typed.one("anyway") != "yes":
        return await _page(visit, typed, (_unknown(unknown),), unknown=len(unknown))
    try:
        async with visit.house.db.house() as conn:
            kept = await lists.make(
                conn,
                id=visit.house.new_id(),
                ward=visit.official.ward,
                name=name,
                residents=set(found.values()),
                by_name=visit.official.name,
                now=visit.now,
            )
            await visit.note(conn, ACT, about=f"{name}（{kept.people}人）")
    except FewKnown:
        return await _page(visit, typed, (Mistake("numbers", word("mistake", "few_known", least=FEWEST)),))
    except NameTaken:
        return await _page(visit, typed, (Mistake("name", word("mistake", "name_taken")),))
    return Redirect("/staff/lists?done=made", status_code=303)


@post("/lists/file", status_code=200, act=ACT, request_max_body_size=MOST_BODY)
async def from_file(visit: Visiting, request: Request[Any, Any, Any]) -> Response[Any]:
    """Its numbers as if they had been pasted, to be looked over; nothing is kept yet, and of the file nothing ever."""
    form = await request.form()
    upload, typed = form.get("file"), Typed().but(name=str(form.get("name", "")))
    if not isinstance(upload, UploadFile) or not upload.filename:
        return await _page(visit, typed, (Mistake("file", word("school_mistake", "file")),))
    try:
        found = await asyncio.to_thread(list_file.read, await upload.read(), numbers_in)
    except FileRefused as refused:
        return await _page(visit, typed, (Mistake("file", str(refused)),))
    mistakes = (Mistake("file", word("list_file", "rows", count=len(found.faults))),) if found.faults else ()
    told = word("list_file", "read", count=len(found.numbers))
    return await _page(visit, typed.but(numbers="\n".join(found.numbers)), mistakes, told=told, read=found)


@post("/lists/{list:str}/forget", act=ACT)
async def forget(visit: Visiting, list: FromPath[str], typed: Sent) -> Response[Any]:
    id = identified(list)
    async with visit.house.db.house() as conn:
        if not await lists.forget(conn, visit.official.ward, id):
            raise NotHere
        await visit.note(conn, ACT, about=word("list_done", "forgotten"))
    return Redirect("/staff/lists?done=forgotten", status_code=303)


def numbers_in(text: str) -> list[str]:
    """Each once, in their order, however a spreadsheet has written them."""
    return [*dict.fromkeys(NUMBER.findall(unicodedata.normalize("NFKC", text).upper().replace("‐", "-")))]


def _wrong(name: str, numbers: list[str]) -> tuple[Mistake, ...]:
    found = []
    if not 0 < len(name) <= LONGEST_NAME:
        found.append(Mistake("name", word("mistake", "name", limit=LONGEST_NAME)))
    if "\x00" in name or contains_individual_number(name):
        found.append(Mistake("name", word("mistake", "number_in_name")))
    if not numbers or len(numbers) > MOST:
        found.append(Mistake("numbers", word("mistake", "receipt_numbers", most=MOST)))
    return tuple(found)


def _unknown(unknown: list[str]) -> Mistake:
    shown = "、".join(unknown[:SHOWN]) + ("、ほか" if len(unknown) > SHOWN else "")
    return Mistake("numbers", word("mistake", "unknown_receipts", count=len(unknown), shown=shown))


async def _page(
    visit: Visit,
    typed: Typed,
    mistakes: tuple[Mistake, ...] = (),
    *,
    told: str = "",
    unknown: int = 0,
    read: ListRead | None = None,
) -> Response[str]:
    async with visit.door() as conn:
        rows = await lists.of_ward(conn, visit.official.ward, visit.today)
    wrong = {one.field: one.text for one in mistakes}
    values = {"typed": typed, "mistakes": mistakes, "wrong": wrong, "told": told, "unknown": unknown, "read": read}
    return visit.show("lists.html", 422 if mistakes else 200, rows=rows, **values)


HANDLERS = (listed, make, from_file, forget)
