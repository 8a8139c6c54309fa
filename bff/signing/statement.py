"""What the house says of an application under its seal: a JSON of one form only (RFC 8785)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec
import rfc8785

from bff.applications.application import Application
from bff.signing.store import Signed

FORMAT: Final = "kurashimado-receipt/1"


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A person's signature as its verifier confirmed it; `digest` and `value` are base64. No certificate."""

    algorithm: str
    digest_algorithm: str
    digest: str
    value: str
    verification: str
    result: str
    checked_at: datetime


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """`application_sha256` and `files` (by name) are in hex; `signature` is null when nobody signed."""

    format: str
    id: UUID
    receipt_number: str
    ward: str
    procedure: str
    accepted_at: datetime
    sealed_at: datetime
    application_sha256: str
    signature: Signature | None
    files: dict[str, str]

    def written(self) -> bytes:
        return rfc8785.dumps(msgspec.to_builtins(self))


def statement_of(
    sent: Application, canonical: bytes, signed: Signed | None, files: dict[str, bytes], now: datetime
) -> Statement:
    """`files` are those beside it that the seal is to cover too."""
    return Statement(
        format=FORMAT,
        id=sent.id,
        receipt_number=sent.receipt_number,
        ward=sent.ward,
        procedure=sent.procedure,
        accepted_at=_second(sent.accepted_at),
        sealed_at=_second(now),
        application_sha256=sha256(canonical).hexdigest(),
        signature=_signature(signed) if signed else None,
        files={name: sha256(content).hexdigest() for name, content in files.items()},
    )


def read(written: bytes) -> Statement:
    """Raises ValueError when it is not a statement, or not written in its one form."""
    statement = msgspec.json.decode(written, type=Statement)
    if statement.format != FORMAT or statement.written() != written:
        raise ValueError("not a statement in its one form")
    return statement


def _signature(signed: Signed) -> Signature:
    checked = signed.checked
    return Signature(
        algorithm=checked.algorithm,
        digest_algorithm=signed.digest.algorithm,
        digest=base64.b64encode(signed.digest.value).decode(),
        value=base64.b64encode(checked.value).decode(),
        verification=checked.verification,
        result="valid",
        checked_at=_second(checked.at),
    )


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
