"""/staff/facilities: a ward's open data brought in, looked over, published by two, and taken back."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facilities import cells, importing, store
from bff.facilities.cells import Unreadable
from bff.facilities.columns import datasets, limits
from bff.facilities.importing import File
from bff.facilities.reading import NotReadable
from bff.facilities.store import Version
from bff.facilities.words import word as told_by_importer
from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

PUBLISH: Final = "facilities_publish"
SHOWN: Final = 20
FLAWS_SHOWN: Final = 50
MOST_BODY: Final = limits().most_bytes + 64 * 1024


@dataclass(frozen=True)
class Listed:
    version: Version
    dataset: str


@get("/facilities", act="facilities_read")
async def versions(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _list(visit, told=word("facilities_done", done) if knows("facilities_done", done) else "")


@post("/facilities", act="facilities_bring", request_max_body_size=MOST_BODY)
async def bring(visit: Visiting, request: Request[Any, Any, Any]) -> Response[Any]:
    """A draft version of the file; nobody but the ward's staff sees it yet."""
    form = await request.form()
    typed = Typed({name: (str(form.get(name, "")),) for name in ("dataset", "as_of", "source")})
    upload = form.get("file")
    mistakes = _wrong(typed, upload)
    if mistakes or not isinstance(upload, UploadFile):
        return await _list(visit, mistakes, typed)
    with tempfile.NamedTemporaryFile(prefix="km-facilities-") as kept:
        upload.file.seek(0)
        shutil.copyfileobj(upload.file, kept)
        kept.flush()
        try:
            version = await _brought(visit, typed, Path(kept.name), upload.filename)
        except NotReadable as wrong:
            return await _list(visit, (Mistake("file", told_by_importer("file", wrong.why)),), typed)
    return Redirect(f"/staff/facilities/{version.id}", status_code=303)


async def _brought(visit: Visit, typed: Typed, path: Path, name: str) -> Version:
    as_of = typed.one("as_of").strip()
    file = File(
        path=path,
        name=name or "—",
        dataset=datasets()[typed.one("dataset")],
        ward=visit.official.ward,
        ward_name=visit.ward_name,
        as_of=date.fromisoformat(as_of) if as_of else None,
        source_url=typed.one("source").strip(),
        by=visit.official.name,
    )
    async with visit.door() as conn:
        version = await importing.bring_in(conn, file, id=visit.house.new_id(), now=visit.now)
        await visit.note(conn, "facilities_bring", about=_named(version))
    return version


@get("/facilities/{version:str}", act="facilities_read")
async def preview(visit: Visiting, version: FromPath[str]) -> Response[str]:
    return await _preview(visit, await _found(visit, version))


@post("/facilities/{version:str}/publish", act="facilities_publish")
async def publish(visit: Visiting, version: FromPath[str], typed: Sent) -> Response[Any]:
    """A draft, or a past version again; where the table of acts wants it, another agrees first."""
    found = await _found(visit, version)
    if found.state == "published" or await _blocks(visit, found):
        return await _preview(visit, found, 422)
    if not visit.house.acts.needs_two(PUBLISH):
        async with visit.door() as conn:
            await store.publish(conn, found, by=visit.official.name, now=visit.now)
            await visit.note(conn, PUBLISH, about=_named(found))
        return Redirect("/staff/facilities?done=published", status_code=303)
    async with visit.door() as conn:
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=PUBLISH,
            about=str(found.id),
            about_name=_named(found),
            reason=f"{found.good}件（除外{found.bad}行、注意{found.warned}行）",
            now=visit.now,
            what={"version": str(found.id)},
        )
        if is_new:
            await visit.note(conn, PUBLISH, outcome="asked", about=_named(found))
    return Redirect(f"/staff/facilities?done={'asked' if is_new else 'asked_before'}", status_code=303)


@post("/facilities/{version:str}/drop", act="facilities_bring")
async def drop(visit: Visiting, version: FromPath[str], typed: Sent) -> Response[Any]:
    found = await _found(visit, version)
    async with visit.door() as conn:
        await store.drop(conn, found)
        await visit.note(conn, "facilities_bring", about=f"{_named(found)}（削除）")
    return Redirect("/staff/facilities?done=dropped", status_code=303)


async def agreed_to_publish(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does. A version that is gone meanwhile is not published."""
    found = await store.one(conn, visit.official.ward, UUID(asked.what["version"]))
    if found is not None and found.state != "published":
        by = f"{asked.asked_by_name}・{visit.official.name}"
        await store.publish(conn, found, by=by, now=visit.now)


async def _list(
    visit: Visit, mistakes: tuple[Mistake, ...] = (), typed: Typed | None = None, told: str = ""
) -> Response[str]:
    async with visit.door() as conn:
        kept = await store.all_of(conn, visit.official.ward)
    rows = [Listed(one, datasets()[one.dataset].name) for one in kept if one.dataset in datasets()]
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    values = {"typed": typed or Typed(), "told": told, "sets": datasets(), "may_bring": visit.may("facilities_bring")}
    return visit.show("facilities.html", 422 if mistakes else 200, rows=rows, mistakes=mistakes, wrong=wrong, **values)


async def _preview(visit: Visit, found: Version, status: int = 200) -> Response[str]:
    async with visit.door() as conn:
        some = await store.some_of(conn, found.id, SHOWN)
    return visit.show(
        "facility_version.html",
        status,
        version=found,
        name=datasets()[found.dataset].name,
        some=some,
        flaws=found.flaws[:FLAWS_SHOWN],
        blocks=await _blocks(visit, found),
        may_publish=visit.may(PUBLISH),
        may_bring=visit.may("facilities_bring"),
        needs_two=visit.house.acts.needs_two(PUBLISH),
    )


async def _blocks(visit: Visit, found: Version) -> list[str]:
    async with visit.door() as conn:
        current = {one.dataset: one for one in await store.published(conn, visit.official.ward)}
    return importing.blocks(found, current.get(found.dataset))


async def _found(visit: Visit, said: str) -> Version:
    """Of the visitor's ward; raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await store.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


def _wrong(typed: Typed, upload: object) -> tuple[Mistake, ...]:
    found = []
    if not isinstance(upload, UploadFile) or not upload.filename:
        found.append(Mistake("file", told_by_importer("file", "nothing")))
    if typed.one("dataset") not in datasets():
        found.append(Mistake("dataset", word("mistake", "dataset")))
    try:
        date.fromisoformat(typed.one("as_of").strip() or "2026-01-01")
    except ValueError:
        found.append(Mistake("as_of", word("mistake", "date")))
    try:
        cells.address_of_page(typed.one("source"))
    except Unreadable:
        found.append(Mistake("source", word("mistake", "source")))
    return tuple(found)


def _named(version: Version) -> str:
    return f"{datasets()[version.dataset].name}（{version.file_name}）"


HANDLERS = (versions, bring, preview, publish, drop)
