"""The door for whoever holds a receipt: is it genuine, and what does it say. Nothing is kept, nothing of it is logged.

What is told is what stands in the file itself, in words of the public catalogue; nobody is looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler

from bff.signing.bundle import LARGEST
from bff.signing.trying import Fault, Genuine, NotGenuine, tried
from bff.texts import say
from bff.wiring import House
from life_events import Catalogue, Text

KINDS: Final = ("application/zip", "application/x-zip-compressed", "application/octet-stream")
_STATUS: Final[Mapping[Fault, int]] = {"too_large": 413}
_REFUSED: Final = 422
LONGEST_WORDS: Final = 2_000


def verifying(house: House) -> HTTPRouteHandler:
    """POST /verify with the zip as its body; as often as the limits let (kinds.toml)."""

    @post("/verify", include_in_schema=False, status_code=200)
    async def verify(request: Request[Any, Any, Any]) -> Response[Mapping[str, Any]]:
        client = request.client
        await house.limits.take("verify", address=house.limits.address(request.headers, client and client.host))
        if request.content_type[0] not in KINDS:
            return _told("no_receipt", 415)
        if int(request.headers.get("content-length") or 0) > LARGEST:
            return _told("too_large", 413)
        uploaded = await request.body()
        try:
            found = await asyncio.to_thread(tried, uploaded, house.signing.trust, house.clock())
        except NotGenuine as refused:
            return _told(refused.fault, _STATUS.get(refused.fault, _REFUSED))
        return Response(_said(found, house.catalogue))

    return verify


def _told(fault: Fault, status: int) -> Response[Mapping[str, Any]]:
    return Response({"genuine": False, "fault": fault, "message": _text(say(f"verify_{fault}"))}, status_code=status)


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
    return {"ja": text.ja, "easy": text.easy, "en": text.en}


def _plain(words: str) -> dict[str, str]:
    return {"ja": words, "easy": words, "en": words}
