"""A filled-in form as it comes from a phone: hers, or one she sends for another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from bff.errors import FieldRefused, FieldsRefused
from bff.home.filing import Filing
from bff.texts import say


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


def filing_of(input: SubmitApplicationInput) -> Filing:
    """Raises `FieldsRefused` for what is no id and no set of answers."""
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
    )


def identifier_of(text: str) -> UUID | None:
    """An id the phone sent; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
