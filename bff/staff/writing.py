"""Writing a broadcast: the form, its live size and preview, and the saved draft."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.staff import audience_form
from bff.staff.audience_keeping import keeps, uses
from bff.staff.choices import choices_of
from bff.staff.draft_form import PLACES, draft_of, has_key, typed_from, version_of
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.refusals import done, refusal
from bff.staff.template_use import typed_from_template
from bff.staff.typed import Sent, Typed, typed_of
from bff.staff.visit import Visit, Visiting, broadcast_of
from bff.staff.words import word
from bff.staff.writing_shown import preview_shown, shown, size_shown
from notifications import broadcasts as mail
from notifications.broadcasts import Broadcast, Draft, DraftRefused, Refused
from notifications.notice import Kind

Save = Callable[[AsyncConnection, Draft], Awaitable[Broadcast]]


class Overtaken(Exception):
    """Another text is there already (`why`: saved or edit); raised inside the transaction, so that it is undone."""

    def __init__(self, broadcast: UUID, why: str) -> None:
        super().__init__(why)
        self.broadcast = broadcast
        self.why = why


@get("/broadcasts/new", act="broadcasts_write")
async def blank(visit: Visiting, audience: FromQuery[str] = "") -> Response[str]:
    """`audience`: a saved one to begin with."""
    rows = await uses(visit, audience) if audience else audience_form.blank()
    begun = {"key": str(visit.house.new_id()), "kind": str(Kind.INFORMATION), "when": "at_once", "stages": "all"}
    begun["topic"] = "school" if visit.official.school else "other"
    return await _form(visit, rows.but(**begun))


@post("/broadcasts/new/from-template", status_code=200, act="broadcasts_write")
async def from_template(visit: Visiting, typed: Sent) -> Response[str]:
    """A template with what was put into its gaps, as a form that is not saved yet."""
    begun = await typed_from_template(visit, typed)
    return await _form(visit, begun.but(key=str(visit.house.new_id())))


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
    typed = typed_of(request.scope["query_string"])
    async with visit.door() as conn:
        told = await size_shown(conn, visit, typed, await choices_of(conn, visit))
    return visit.show("size_part.html", **told)


@post("/broadcasts/preview", status_code=200, act="broadcasts_write")
async def preview(visit: Visiting, typed: Sent) -> Response[str]:
    """For htmx: the phones as typed so far."""
    return visit.show("preview_part.html", **preview_shown(visit, typed))


async def _keep(visit: Visit, typed: Typed, kept: Broadcast | None, save: Save) -> Response[Any]:
    """`kept`: the broadcast that is rewritten. Whatever goes wrong, the form comes back as it was typed."""
    if (moved := await _rows_moved(visit, typed)) is not None:
        return await _form(visit, moved[0], kept=kept, go_on=moved[1])
    try:
        saved = await _saved(visit, typed, save)
    except Mistakes as error:
        return await _form(visit, typed, kept=kept, status=422, mistakes=error.mistakes)
    except DraftRefused as error:
        return await _form(visit, typed, kept=kept, status=422, mistakes=_mistakes(error))
    except Overtaken as overtaken:
        return await _overtaken(visit, typed, overtaken)
    except Refused as error:
        return await refusal(visit, error, broadcast=kept, typed=typed)
    return await _form(visit, typed, kept=kept) if saved is None else done(saved.id, "saved")


async def _rows_moved(visit: Visit, typed: Typed) -> tuple[Typed, str] | None:
    """After a button that only changes the rows of the audience: (the form, the input to go on with)."""
    if typed.one("do") != "use":
        return audience_form.pressed(typed)
    rows = (await uses(visit, typed.one("saved"))).values
    rest = {name: said for name, said in typed.values.items() if not audience_form.FIELD.fullmatch(name)}
    return Typed({**rest, **rows}), "h-audience"


async def _saved(visit: Visit, typed: Typed, save: Save) -> Broadcast | None:
    """None: it was only looked at. Raises what `_keep` answers."""
    async with visit.door() as conn:
        choices = await choices_of(conn, visit)
    ward, school = visit.official.ward, visit.official.school
    draft = draft_of(typed, ward=ward, school=school, sender=visit.sender, now=visit.now, choices=choices)
    if typed.one("do") == "check":
        return None
    async with visit.door() as conn:
        await keeps(conn, visit, typed.one("audience_name").strip(), draft.audience)
        return await save(conn, draft)


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
    go_on: str = "",
) -> Response[str]:
    """`kept`: the saved broadcast the form rewrites. `conflict`: saved or edit, why it was not saved just now. `go_on`:
    the input to go on with."""
    async with visit.door() as conn:
        beside = await shown(conn, visit, typed)
    return visit.show(
        "form.html",
        status,
        action=f"/staff/broadcasts/{kept.id}/edit" if kept else "/staff/broadcasts/new",
        kept=kept,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        conflict=conflict,
        go_on=go_on,
        **beside,
    )


def _draft_in(kept: Broadcast) -> Draft:
    texts = kept.sender, kept.title, kept.body
    return Draft(kept.kind, *texts, kept.audience, kept.act_by, kept.about, kept.topic, kept.plan)


def _mistakes(error: DraftRefused) -> tuple[Mistake, ...]:
    places = PLACES | {"title": "title_ja", "body": "body_ja", "about": ""}
    return tuple(Mistake(places.get(fault.field, fault.field), fault.text.ja) for fault in error.faults)


HANDLERS = (blank, from_template, write, size, preview, reopen, rewrite)
"""`size` and `preview` are addresses of their own, before any broadcast's."""
