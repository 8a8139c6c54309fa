"""/staff/broadcasts/{id}/attachments: files that go along with a notice, while it is being written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.mail.attaching import looked_at
from bff.mail.door import handed
from bff.staff.figures import REWRITABLE
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, broadcast_of, identified
from bff.staff.words import knows, word
from bff.uploads.checking import MOST_BYTES
from bff.uploads.refusals import UploadRefused
from notifications.attachments import store
from notifications.attachments.store import Kept
from notifications.broadcasts import Broadcast

USUALLY: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=366)
MOST_BODY: Final = MOST_BYTES + 64 * 1024


@get("/broadcasts/{broadcast:str}/attachments", act="broadcasts_read")
async def listed(visit: Visiting, broadcast: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    told = word("attachment_done", done) if knows("attachment_done", done) else ""
    return await _page(visit, broadcast, told=told)


@post("/broadcasts/{broadcast:str}/attachments", act="broadcasts_write", request_max_body_size=MOST_BODY)
async def attach(visit: Visiting, broadcast: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
    form = await request.form()
    said, upload = str(form.get("kept_until", "")), form.get("file")
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
    until = _day(said, visit.today)
    wrong = [] if until else [Mistake("kept_until", word("attachment_mistake", "kept_until"))]
    if not isinstance(upload, UploadFile) or not upload.filename:
        wrong.append(Mistake("file", word("attachment_mistake", "file")))
    if not _may_change(visit, found):
        wrong.append(Mistake("", word("attachment_mistake", "closed")))
    if wrong or until is None or not isinstance(upload, UploadFile):
        return await _page(visit, broadcast, tuple(wrong), said)
    scan = visit.house.for_paper.scan
    try:
        id = visit.house.new_id()
        kept = await looked_at(await upload.read(), upload.filename, id=id, kept_until=until, scan=scan)
        await _keep(visit, found, kept)
    except UploadRefused as refused:
        return await _page(visit, broadcast, (Mistake("file", refused.message.ja),), said)
    except store.TooMany:
        return await _page(
            visit, broadcast, (Mistake("file", word("attachment_mistake", "many", most=store.MOST)),), said
        )
    return _back(found, "attached")


@post("/broadcasts/{broadcast:str}/attachments/{attachment:str}/remove", act="broadcasts_write")
async def remove(visit: Visiting, broadcast: FromPath[str], attachment: FromPath[str], typed: Sent) -> Response[Any]:
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        if not _may_change(visit, found):
            return await _page(visit, broadcast, (Mistake("", word("attachment_mistake", "closed")),))
        if not await store.take_away(conn, notice=found.id, attachment=identified(attachment)):
            raise NotHere
        await visit.note(conn, "broadcasts_write", about=f"{found.id}（{word('attachment', 'removed')}）")
    return _back(found, "removed")


@get("/broadcasts/{broadcast:str}/attachments/{attachment:str}", act="broadcasts_read")
async def look(visit: Visiting, broadcast: FromPath[str], attachment: FromPath[str]) -> Response[Any]:
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        id = identified(attachment)
        is_its = any(one.id == id for one in await store.of_notice(conn, found.id))
        file = await store.file(conn, id, 0) if is_its else None
    if file is None:
        raise NotHere
    return handed(file)


async def _keep(visit: Visit, found: Broadcast, kept: Kept) -> None:
    who, ward, school = visit.by.id, visit.official.ward, visit.official.school
    async with visit.door() as conn:
        await store.attach(conn, notice=found.id, ward=ward, school=school, kept=kept, by=who, now=visit.now)
        await visit.note(conn, "broadcasts_write", about=f"{found.id}（{word('attachment', 'added')}：{kept.name}）")


async def _page(
    visit: Visit, broadcast: str, mistakes: tuple[Mistake, ...] = (), kept_until: str = "", told: str = ""
) -> Response[str]:
    async with visit.door() as conn:
        found = await broadcast_of(conn, visit, broadcast)
        files = await store.of_notice(conn, found.id)
    return visit.show(
        "attachments.html",
        422 if mistakes else 200,
        broadcast=found,
        files=files,
        may_change=_may_change(visit, found),
        mistakes=mistakes,
        wrong={one.field: one.text for one in mistakes},
        kept_until=kept_until or (visit.today + USUALLY).isoformat(),
        first=visit.today,
        last=visit.today + LONGEST,
        most=store.MOST,
        told=told,
    )


def _may_change(visit: Visit, found: Broadcast) -> bool:
    """What was shown to an approver stays as it was shown."""
    is_ours = found.school == visit.official.school
    return visit.may("broadcasts_write") and is_ours and found.state in REWRITABLE


def _day(said: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if today <= day <= today + LONGEST else None


def _back(found: Broadcast, what: str) -> Response[Any]:
    return Redirect(f"/staff/broadcasts/{UUID(str(found.id))}/attachments?done={what}", status_code=303)


HANDLERS = (listed, attach, remove, look)
