"""The door for whoever holds a receipt: is it genuine, and what does it say. Nothing is kept, nothing of it is logged.

What is told is what stands in the file itself, in words of the public catalogue; nobody is looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from litestar import Request, Response, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from bff.guards import ONLY_ORIGIN
from bff.signing.bundle import LARGEST
from bff.signing.trying import Fault, Genuine, NotGenuine, tried
from bff.texts import on_the_wire, say
from bff.wiring import House
from life_events import Catalogue, Text

KINDS: Final = ("application/zip", "application/x-zip-compressed", "application/octet-stream")
_STATUS: Final[Mapping[Fault, int]] = {"too_large": 413}
_REFUSED: Final = 422
AROUND: Final = 2_048
"""Bytes a form puts around a file."""
LONGEST_WORDS: Final = 2_000


Page = Callable[[Request[Any, Any, Any], Mapping[str, Any] | None, int], Response[bytes]]
"""How what is told to programs is shown to people (`bff.public`); None: no file came along."""


def verifying(house: House, page: Page) -> HTTPRouteHandler:
    """POST /verify with the zip as its body, answered in JSON, or in a form, answered by a page; as often as the limits
    let (kinds.toml). It acts on no session: whoever is signed in is asked for no token."""

    @post("/verify", include_in_schema=False, status_code=200, opt=ONLY_ORIGIN)
    async def verify(request: Request[Any, Any, Any]) -> Response[Any]:
        client = request.client
        await house.limits.take("verify", address=house.limits.address(request.headers, client and client.host))
        is_form = request.content_type[0] == RequestEncodingType.MULTI_PART
        if not is_form and request.content_type[0] not in KINDS:
            found, status = _told("no_receipt", 415)
        elif int(request.headers.get("content-length") or 0) > LARGEST + is_form * AROUND:
            found, status = _told("too_large", 413)
        else:
            uploaded = await _file_of(request) if is_form else await request.body()
            if not uploaded and is_form:
                return page(request, None, _REFUSED)
            found, status = await _tried(house, uploaded)
        return page(request, found, status) if is_form else Response(found, status_code=status)

    return verify


async def _file_of(request: Request[Any, Any, Any]) -> bytes:
    try:
        field = (await request.form()).get("receipt")
    except (HTTPException, ValueError):
        return b""
    return await field.read() if isinstance(field, UploadFile) else b""


async def _tried(house: House, uploaded: bytes) -> tuple[Mapping[str, Any], int]:
    try:
        found = await asyncio.to_thread(tried, uploaded, house.signing.trust, house.clock())
    except NotGenuine as refused:
        return _told(refused.fault, _STATUS.get(refused.fault, _REFUSED))
    return _said(found, house.catalogue), 200


def _told(fault: Fault, status: int) -> tuple[Mapping[str, Any], int]:
    return {"genuine": False, "fault": fault, "message": _text(say(f"verify_{fault}"))}, status


def _said(found: Genuine, catalogue: Catalogue) -> Mapping[str, Any]:
    said, signature = found.statement, found.statement.signature
    procedure, ward = catalogue.procedures.get(said.procedure), catalogue.wards.get(said.ward)
    return {
        "genuine": True,
        "receiptNumber": said.receipt_number,
        "procedure": _text(procedure.name) if procedure else _plain(said.procedure),
        "ward": _text(ward.name) if ward else _plain(said.ward),
        "completedAt": str(found.application.get("completedAt", "")),
        "acceptedAt": said.accepted_at.isoformat(),
        "sealedAt": said.sealed_at.isoformat(),
        "sealedBy": found.sealed_by,
        "stampedAt": found.stamped_at.isoformat() if found.stamped_at else None,
        "stamps": found.stamps,
        "together": found.together,
        "signature": signature and {"algorithm": signature.algorithm, "checkedAt": signature.checked_at.isoformat()},
        "answers": _answers(found, catalogue),
    }


def _answers(found: Genuine, catalogue: Catalogue) -> Sequence[Mapping[str, Any]]:
    """Each entry under the words of the form as it is today; an entry that no form has any more under its own name."""
    procedure = catalogue.procedures.get(found.statement.procedure)
    form = procedure.form if procedure else None
    fields = {field.id: field for section in form.sections for field in section.fields} if form else {}
    answers = found.application.get("answers")
    told = []
    for id, value in answers.items() if isinstance(answers, Mapping) else ():
        field = fields.get(id)
        choices = {one.value: one.label for one in field.choices} if field else {}
        words = [_text(choices[one]) if one in choices else _plain(_words(one)) for one in _each(value)]
        told.append({"label": _text(field.label) if field else _plain(id), "values": words})
    return told


def _each(value: object) -> list[Any]:
    return [one if isinstance(one, str) else _words(one) for one in value] if isinstance(value, list) else [value]


def _words(value: object) -> str:
    return "✓" if value is True else "–" if value in (False, None) else str(value)[:LONGEST_WORDS]


def _text(text: Text) -> dict[str, str]:
    return on_the_wire(text)


def _plain(words: str) -> dict[str, str]:
    return {"ja": words, "easy": words, "en": words}
