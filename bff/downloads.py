"""What a resident takes away as a file: her list of who looked, to read (PDF) or try (JSON), a document's copy, all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from bff.connectors.street import manifests
from bff.documents import copies, receiving
from bff.documents.paper import Print
from bff.documents.paper import paper as document_paper
from bff.errors import StepUpNeeded
from bff.exchange.message_log import LogRow
from bff.exchange.texts import basis_text, purpose_text, source_text
from bff.family.hands import hands
from bff.graphql.context import SESSION_COOKIE
from bff.identity.assurance import held
from bff.identity.residents import Resident
from bff.ink import Ink
from bff.ledger import export, listing, looks
from bff.ledger.listing import Seen
from bff.ledger.looks import Look, Looker
from bff.ledger.paper import MOST, Line, paper
from bff.takeout import gathering
from bff.takeout.packing import packed
from bff.texts import say
from bff.wiring import House
from life_events.terms import Text

JAPAN: Final = ZoneInfo("Asia/Tokyo")
PRIVATE: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def routes(house: House) -> list[HTTPRouteHandler]:
    """Under /ledger; who is not signed in is sent to the page, which says so."""

    @get("/ledger/readings.json", include_in_schema=False)
    async def as_json(request: Request[Any, Any, Any]) -> Response[Any] | Stream:
        me = await _who(house, request)
        if me is None:
            return Redirect("/readings", status_code=303)
        await _note(house, me, "JSON")
        return Stream(_bytes(house, me), media_type="application/json", headers=_named("json"))

    @get("/ledger/readings.pdf", include_in_schema=False)
    async def as_pdf(request: Request[Any, Any, Any]) -> Response[Any]:
        me = await _who(house, request)
        if me is None:
            return Redirect("/readings", status_code=303)
        await _note(house, me, "PDF")
        lines = await _lines(house, me)
        lead = [_in(me, say("export_lead")), _in(me, say("export_count", n=str(len(lines)), most=str(MOST)))]
        title, now = _in(me, say("export_title")), house.clock()
        made = await asyncio.to_thread(paper, title, lead, lines, ink=Ink(house.assets), made_at=now)
        return Response(made, media_type="application/pdf", headers=_named("pdf"))

    @get("/issued/{document:str}", include_in_schema=False)
    async def copy(request: Request[Any, Any, Any], document: FromPath[str]) -> Response[Any]:
        """A document as a PDF, marked as a copy; nothing of one whose seal does not hold."""
        me = await _who(house, request)
        if me is None:
            return Redirect("/documents", status_code=303)
        made = await _copy(house, me, document)
        if made is None:
            raise NotFoundException
        named = {**PRIVATE, "Content-Disposition": f'attachment; filename="kurashimado-copy-{house.today()}.pdf"'}
        return Response(made, media_type="application/pdf", headers=named)

    @get("/account/data.zip", include_in_schema=False)
    async def everything(request: Request[Any, Any, Any]) -> Response[Any]:
        """All that the house holds of her, to read and for programs."""
        me = await _who(house, request)
        if me is None:
            return Redirect("/account", status_code=303)
        await _note(house, me, "ZIP", "everything")
        async with house.db.house() as conn:
            gathered = await gathering.gather(conn, me, house.keys)
        now = house.clock()
        made = await asyncio.to_thread(packed, gathered, name=me.basics.name, language=me.language, now=now)
        named = {**PRIVATE, "Content-Disposition": f'attachment; filename="kurashimado-mydata-{house.today()}.zip"'}
        return Response(made, media_type="application/zip", headers=named)

    return [as_json, as_pdf, copy, everything]


async def _copy(house: House, me: Resident, document: str) -> bytes | None:
    async with house.db.resident(me.id) as conn:
        one = next((one for one in await receiving.all_of(conn, me) if str(one.kept.id) == document), None)
    code = copies.code_of(one, house.today()) if one else None
    if one is None or one.written is None or code is None:
        return None
    beside = Print(
        ward=house.catalogue.wards[one.kept.ward].name.ja,
        fetched=f"{one.kept.fetched_at.astimezone(JAPAN):%Y年%-m月%-d日 %H:%M}",
        digest=copies.digest_of(one),
        address=f"{house.settings.origin}/copy#{code.text}",
        until=code.until,
        is_over=one.is_over(house.today()),
    )
    return await asyncio.to_thread(document_paper, one.written, beside, ink=Ink(house.assets), made_at=house.clock())


async def _who(house: House, request: Request[Any, Any, Any]) -> Resident | None:
    token = request.cookies.get(SESSION_COOKIE)
    visitor = await house.who(token) if token else None
    if visitor is None or visitor.is_locked:
        return None
    try:
        held(visitor.assurance, "see_own", house.clock())
    except StepUpNeeded:
        return None
    return visitor.resident


async def _note(house: House, me: Resident, form: str, what: str = "ledger") -> None:
    """Her own export stands in her list too: a stranger with her phone leaves a trace."""
    own = Look(me.id, Looker("resident", me.id, "self"), what, "export", "own_wish", form)
    async with house.db.house() as conn:
        await looks.note(conn, own, now=house.clock(), new_id=house.new_id)


def _bytes(house: House, me: Resident) -> AsyncIterator[bytes]:
    words = {"for": me.basics.name, "title": say("export_title").ja}
    return export.as_json(house.db, me.id, words=words, now=house.clock())


async def _lines(house: House, me: Resident) -> list[Line]:
    """The newest first; officials are looked up a page at a time."""
    found: list[Seen] = []
    async for page in export.linked(house.db, me.id):
        rows = [one.row for one in page]
        known = await listing.offices(house.db, rows)
        found += [Seen(row, known.get(row.user_id or "")) for row in rows]
    wards = {code: ward.name for code, ward in house.catalogue.wards.items()}
    acting = await hands(house.db, me)
    return [_line(house, me, seen, seen.who(wards, acting)) for seen in reversed(found[-MOST:])]


def _line(house: House, me: Resident, seen: Seen, who: Text | None) -> Line:
    row = seen.row
    said = (
        ("export_who", _in(me, who) if who else ""),
        ("export_purpose", _in(me, purpose_text(row.purpose))),
        ("export_basis", _in(me, basis_text(row.basis))),
        ("export_case", seen.case or ""),
        ("export_outcome", _in(me, seen.outcome)),
    )
    at = f"{row.at.astimezone(JAPAN):%Y-%m-%d %H:%M}"
    return Line(at, _in(me, _name(house, seen, row)), [(_in(me, say(key)), value) for key, value in said])


def _name(house: House, seen: Seen, row: LogRow) -> Text:
    if seen.what is not None:
        return seen.what
    if row.caller is not None:
        return house.incoming_name(row.source, row.caller)
    manifest = manifests().get(row.source)
    return manifest.name if manifest else source_text(row.source)


def _in(me: Resident, text: Text) -> str:
    return text.in_language(me.language)


def _named(ending: str) -> dict[str, str]:
    return {**PRIVATE, "Content-Disposition": f'attachment; filename="kurashimado-readings.{ending}"'}
