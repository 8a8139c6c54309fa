"""Writing a broadcast: the form, its live size and preview, and the saved draft."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff.draft_form import (
    KINDS,
    Mistake,
    Mistakes,
    audience_of,
    draft_of,
    has_key,
    text_of,
    typed_from,
    version_of,
)
from bff.staff.figures import in_words, size_of
from bff.staff.refusals import done, refusal
from bff.staff.typed import Sent, Typed, typed_of
from bff.staff.visit import Visit, Visiting, broadcast_of
from bff.staff.words import word
from notifications import broadcast as mail
from notifications.audience import Unit
from notifications.broadcast import Broadcast, Draft, DraftRefused, Refused
from notifications.notice import Kind, Language

Save = Callable[[AsyncConnection, Draft], Awaitable[Broadcast]]


class Overtaken(Exception):
    """Another text is there already (`why`: saved or edit); raised inside the transaction, so that it is undone."""

    def __init__(self, broadcast: UUID, why: str) -> None:
        super().__init__(why)
        self.broadcast = broadcast
        self.why = why


@get("/broadcasts/new", act="broadcasts_write")
async def blank(visit: Visiting) -> Response[str]:
    typed = Typed().but(key=str(visit.house.new_id()), kind=Kind.INFORMATION, unit=Unit.YEARS)
    return await _form(visit, typed)


@post("/broadcasts/new", act="broadcasts_write")
async def write(visit: Visiting, typed: Sent) -> Response[Any]:
    """The same form sent twice makes one draft; another text under the same key is asked about, not dropped."""

    async def save(conn: AsyncConnection, draft: Draft) -> Broadcast:
        id, key = visit.house.new_id(), typed.one("key")
        kept = await mail.write(conn, draft=draft, id=id, key=key, **visit.act)
        if _draft_in(kept) != draft:
            raise Overtaken(kept.id, "saved")
        return kept

    if not has_key(typed):
        mistake = Mistake("", word("mistake", "key"))
        return await _form(visit, typed.but(key=str(visit.house.new_id())), status=422, mistakes=(mistake,))
    return await _keep(visit, typed, None, save)


@get("/broadcasts/{broadcast:str}/edit", act="broadcasts_write")
async def reopen(visit: Visiting, broadcast: FromPath[str]) -> Response[str]:
    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
    return await _form(visit, typed_from(kept), kept=kept)


@post("/broadcasts/{broadcast:str}/edit", act="broadcasts_write")
async def rewrite(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    """Only over the version the form was opened with."""

    async def save(conn: AsyncConnection, draft: Draft) -> Broadcast:
        opened = version_of(typed)
        saved = await mail.rewrite(conn, broadcast=kept.id, draft=draft, **visit.act)
        if saved.version != opened + 1:
            raise Overtaken(kept.id, "edit")
        return saved

    async with visit.door() as conn:
        kept = await broadcast_of(conn, visit, broadcast)
    return await _keep(visit, typed, kept, save)


@get("/broadcasts/size", act="broadcasts_write")
async def size(visit: Visiting, request: Request[Any, Any, Any]) -> Response[str]:
    """For htmx: how many people the audience typed so far has."""
    return visit.show("size_part.html", **await _size(visit, typed_of(request.scope["query_string"])))


@post("/broadcasts/preview", status_code=200, act="broadcasts_write")
async def preview(visit: Visiting, typed: Sent) -> Response[str]:
    """For htmx: the phones as typed so far."""
    return visit.show("preview_part.html", **_preview(visit, typed))


async def _keep(visit: Visit, typed: Typed, kept: Broadcast | None, save: Save) -> Response[Any]:
    """`kept`: the broadcast that is rewritten. Whatever goes wrong, the form comes back as it was typed."""
    try:
        draft = draft_of(
            typed, ward=visit.official.ward, sender=visit.sender, today=visit.today, school=visit.official.school
        )
        if typed.one("do") == "check":
            return await _form(visit, typed, kept=kept)
        async with visit.door() as conn:
            saved = await save(conn, draft)
    except Mistakes as error:
        return await _form(visit, typed, kept=kept, status=422, mistakes=error.mistakes)
    except DraftRefused as error:
        return await _form(visit, typed, kept=kept, status=422, mistakes=_mistakes(error))
    except Overtaken as overtaken:
        return await _overtaken(visit, typed, overtaken)
    except Refused as error:
        return await refusal(visit, error, broadcast=kept, typed=typed)
    return done(saved.id, "saved")


async def _overtaken(visit: Visit, typed: Typed, overtaken: Overtaken) -> Response[str]:
    """What was typed stays, and saving again is now a knowing overwrite of the version shown."""
    async with visit.door() as conn:
        current = await broadcast_of(conn, visit, str(overtaken.broadcast))
    typed = typed.but(version=str(current.version))
    return await _form(visit, typed, kept=current, status=409, conflict=overtaken.why)


async def _form(
    visit: Visit,
    typed: Typed,
    *,
    kept: Broadcast | None = None,
    status: int = 200,
    mistakes: tuple[Mistake, ...] = (),
    conflict: str = "",
) -> Response[str]:
    """`kept`: the saved broadcast the form rewrites. `conflict`: saved or edit, why it was not saved just now."""
    return visit.show(
        "form.html",
        status,
        typed=typed,
        action=f"/staff/broadcasts/{kept.id}/edit" if kept else "/staff/broadcasts/new",
        kept=kept,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        conflict=conflict,
        kinds=KINDS,
        **await _size(visit, typed),
        **_preview(visit, typed),
    )


async def _size(visit: Visit, typed: Typed) -> dict[str, object]:
    try:
        audience = audience_of(typed, visit.official.ward, visit.official.school)
    except Mistakes as error:
        return {"size": None, "audience": "", "unsized": error.mistakes}
    async with visit.door() as conn:
        return {"size": await size_of(conn, visit, audience), "audience": in_words(visit, audience), "unsized": ()}


def _preview(visit: Visit, typed: Typed) -> dict[str, object]:
    kind = next((kind for kind in KINDS if kind == typed.one("kind")), Kind.INFORMATION)
    return {
        "kind": kind,
        "sender": visit.sender,
        "title": text_of(typed, "title"),
        "body": text_of(typed, "body"),
        "languages": tuple(Language),
    }


def _draft_in(kept: Broadcast) -> Draft:
    return Draft(kept.kind, kept.sender, kept.title, kept.body, kept.audience, kept.act_by, kept.about)


def _mistakes(error: DraftRefused) -> tuple[Mistake, ...]:
    places = {"title": "title_ja", "body": "body_ja", "audience": "languages", "about": ""}
    return tuple(Mistake(places.get(fault.field, fault.field), fault.text.ja) for fault in error.faults)


HANDLERS = (blank, write, reopen, rewrite, size, preview)
