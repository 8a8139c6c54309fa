"""What a document is: what the ward wrote, under the ward's seal, and whether that seal holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from cryptography import x509
from cryptography.x509.oid import NameOID

from bff.identity.residents import Resident
from bff.signing.seal import NotSealed, opened
from bff.signing.trying import leads
from life_events import contains_individual_number

Verdict = Literal["valid", "broken", "unknown_seal", "other_ward", "seal_expired", "unreadable"]
CONTENT: Final = "document.content"
SEAL: Final = "document.seal"
"""The kinds under which both are sealed with the resident's key."""


class Entry(msgspec.Struct, frozen=True):
    label: Annotated[str, msgspec.Meta(max_length=100)]
    value: Annotated[str, msgspec.Meta(max_length=1000)]


class Written(msgspec.Struct, frozen=True):
    """The content as the ward writes it. `kind`: `certificate` may be shown as a copy, `decision` is kept to read,
    `receipt` the house has written and sealed itself."""

    number: str
    ward: str
    kind: Literal["certificate", "decision", "receipt"]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    to: str
    issued_on: date
    valid_until: date | None
    entries: Annotated[tuple[Entry, ...], msgspec.Meta(max_length=100)]


@dataclass(frozen=True)
class Kept:
    """A row. `content` None: she has deleted it, and it is not fetched again unless she wishes."""

    id: UUID
    resident: UUID
    ward: str
    number: str
    verdict: Verdict
    content: bytes | None
    seal: bytes | None
    fetched_at: datetime
    valid_until: date | None
    deleted_at: datetime | None


@dataclass(frozen=True)
class Document:
    """A document as she sees it; `written` None: its content cannot be read."""

    kept: Kept
    resident: Resident

    @property
    def content(self) -> bytes:
        assert self.kept.content is not None
        return self.resident.key.open(CONTENT, self.kept.content)

    @property
    def seal(self) -> bytes:
        assert self.kept.seal is not None
        return self.resident.key.open(SEAL, self.kept.seal)

    @property
    def written(self) -> Written | None:
        return read(self.content)

    def is_over(self, today: date) -> bool:
        return self.kept.valid_until is not None and self.kept.valid_until < today


def read(content: bytes) -> Written | None:
    try:
        found = msgspec.json.decode(content, type=Written)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    texts = (found.title, found.to, *(one.value for one in found.entries), *(one.label for one in found.entries))
    return None if any(contains_individual_number(text) for text in texts) else found


def tried(content: bytes, seal: bytes, *, ward: str, roots: Sequence[x509.Certificate], now: datetime) -> Verdict:
    """Seal, digest, chain, whose seal, and whether it held when it was made; the first fault that is found."""
    try:
        sealed = opened(seal, content)
    except NotSealed:
        return "broken"
    if not leads(sealed.certificate, sealed.others, roots):
        return "unknown_seal"
    numbers = sealed.certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    found = read(content)
    if found is None:
        return "unreadable"
    if found.kind == "receipt" or [one.value for one in numbers] != [ward] or found.ward != ward:
        return "other_ward"
    return _in_time(sealed.certificate, now)


def tried_own(content: bytes, seal: bytes, *, roots: Sequence[x509.Certificate], now: datetime) -> Verdict:
    """The same of what the house has sealed: a receipt, and nothing that a ward issues."""
    try:
        sealed = opened(seal, content)
    except NotSealed:
        return "broken"
    if not leads(sealed.certificate, sealed.others, roots):
        return "unknown_seal"
    found = read(content)
    return "unreadable" if found is None or found.kind != "receipt" else _in_time(sealed.certificate, now)


def _in_time(certificate: x509.Certificate, now: datetime) -> Verdict:
    return "valid" if certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc else "seal_expired"
