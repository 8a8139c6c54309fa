"""A filled-in form as it comes from a phone: hers, or one she sends for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from bff import uploads
from bff.applications import store as applications
from bff.applications.application import Application, Paper
from bff.errors import FieldRefused, FieldsRefused, StepClosed
from bff.exchange.silence import Why
from bff.exchange.texts import why_text
from bff.home import filing
from bff.home.filing import Filing
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.tasks import joining
from bff.texts import say
from bff.wiring import House


@strawberry.input
class AttachmentInput:
    paper: strawberry.ID
    upload: strawberry.ID


@strawberry.input
class SubmitApplicationInput:
    id: strawberry.ID = strawberry.field(description="made on the device; the same id is accepted once")
    procedure: strawberry.ID
    version: str
    subject: strawberry.ID | None = None
    answers: JSON
    completed_at: datetime
    digest: str | None = strawberry.field(
        default=None, description="SHA-256 (hex) of the canonical bytes (RFC 8785) as the device made them; null: none"
    )
    corrected: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="fields that were filled in with something wrong, and that she corrected"
    )
    signature: strawberry.ID | None = strawberry.field(
        default=None, description="of the signature she made over it or its folder (beginSignature); null: none"
    )
    folder: strawberry.ID | None = strawberry.field(
        default=None, description="what it is sent together with (keepFolder); null: it is sent alone"
    )
    attachments: list[AttachmentInput] = strawberry.field(
        default_factory=list, description="photographs of papers in `papers` of the form, sent to /uploads before"
    )
    clock_ahead: int | None = strawberry.field(
        default=None,
        description="seconds by which the device's clock was ahead, when completedAt was put right; null: it was not",
    )


async def with_papers(house: House, me: Resident, input: SubmitApplicationInput) -> Filing:
    """The filing with the digests of the photographs that lie with the house. Raises `FieldsRefused`."""
    wish = filing_of(input)
    if not input.attachments:
        return wish
    async with house.db.resident(me.id) as conn:
        digests = await uploads.looked_at(conn, me, _uploads_of(input), house.clock())
    papers = (Paper(one.paper, digest) for one, digest in zip(input.attachments, digests, strict=True))
    return replace(wish, papers=tuple(papers))


async def file_with_papers(
    house: House, me: Resident, home: Home, input: SubmitApplicationInput
) -> tuple[Application, bool]:
    """As `bff.home.filing.file`, with the promise to deliver it, and her photographs handed in with it."""
    try:
        return await _filed(house, me, home, input)
    except FieldsRefused:  # perhaps it was kept before, and its photographs with it: then they are free no more
        async with house.db.resident(me.id) as conn:
            before = await applications.one(conn, me.id, filing_of(input).id)
        if before is None:
            raise
        return before, False


async def _filed(house: House, me: Resident, home: Home, input: SubmitApplicationInput) -> tuple[Application, bool]:
    wish = await with_papers(house, me, input)
    async with house.db.resident(me.id) as conn:
        if await applications.one(conn, me.id, wish.id) is None and not house.shelf.serves(me.ward, me.id):
            raise StepClosed(why_text(Why.NOT_STARTED))
        waits = await joining.awaits(conn, me.id, wish.procedure, wish.subject)
        kept, fresh = await filing.file(conn, me, home, wish, house.clock(), house.signing, waits=waits)
        if fresh:
            await uploads.bind(conn, me, kept.id, _uploads_of(input), house.clock(), most=uploads.MOST_PAPERS)
            await joining.send_or_wait(conn, kept, house.clock())
    return kept, fresh


def without_papers(input: SubmitApplicationInput) -> Filing:
    """Sent for another: her papers are hers to photograph. Raises `FieldsRefused` also where there are any."""
    if input.attachments:
        raise FieldsRefused(say("papers_not_hers"), (FieldRefused("attachments", "not_hers", say("papers_not_hers")),))
    return filing_of(input)


def _uploads_of(input: SubmitApplicationInput) -> list[str]:
    return [one.upload for one in input.attachments]


def filing_of(input: SubmitApplicationInput) -> Filing:
    """Without the photographs. Raises `FieldsRefused` for what is no id and no set of answers."""
    wanted = identifier_of(input.id)
    answers: Any = input.answers
    wrong = [name for name, fine in (("id", wanted), ("answers", isinstance(answers, Mapping))) if not fine]
    if wrong or wanted is None:
        refused = tuple(FieldRefused(name, "wrong_type", say("fields_refused")) for name in wrong)
        raise FieldsRefused(say("fields_refused"), refused)
    completed = input.completed_at if input.completed_at.tzinfo else input.completed_at.replace(tzinfo=UTC)
    return Filing(
        id=wanted,
        procedure=input.procedure,
        version=input.version,
        subject=input.subject or None,
        answers=answers,
        completed_at=completed,
        digest=input.digest,
        corrected=input.corrected,
        signature=identifier_of(input.signature) if input.signature else None,
        folder=identifier_of(input.folder) if input.folder else None,
        clock_ahead=input.clock_ahead,
    )


def identifier_of(text: str) -> UUID | None:
    """An id the phone sent; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
