"""Copies on paper: each carries a code under which whoever holds it sees what the ward sealed, to compare. ADR 0042."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from cryptography import x509

from bff.db import Database
from bff.documents import store
from bff.documents.document import Document, Verdict, Written, tried
from bff.documents.words import say
from bff.errors import NotFound
from bff.identity.keys import KeyRing, Unreadable
from bff.identity.residents import resident_of
from bff.ledger import looks
from bff.ledger.looks import Look, Looker

HOLDS: Final = timedelta(days=90)
LONGEST_CODE: Final = 120
_KIND: Final = "document.copy"
_ID_BYTES: Final = 16


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    def today(self) -> date: ...


@dataclass(frozen=True)
class Code:
    """Of the address `/copy#…`; `until`: its last day. Sealed with her key, so that it ends with her account too."""

    text: str
    until: date


@dataclass(frozen=True)
class Seen:
    """What the ward sealed, tried again now; `digest`: SHA-256 of it, hex, as it stands on the paper."""

    ward: str
    written: Written
    verdict: Verdict
    is_over: bool
    digest: str


def digest_of(one: Document) -> str:
    return hashlib.sha256(one.content).hexdigest()


def code_of(one: Document, today: date) -> Code | None:
    """None: its seal does not hold, or it is no ward's (a receipt), so that no copy of it is made."""
    if one.kept.verdict != "valid" or one.written is None or one.written.kind == "receipt":
        return None
    until = today + HOLDS
    sealed = one.resident.key.seal(f"{_KIND} {one.kept.id}", until.isoformat().encode())
    return Code(base64.urlsafe_b64encode(one.kept.id.bytes + sealed).rstrip(b"=").decode(), until)


async def look_at(house: House, code: str, roots: Sequence[x509.Certificate]) -> Seen:
    """Raises `NotFound`: over, deleted, or never there, all the same to a stranger. The look stands in her list."""
    found = await _found(house, code)
    if found is None or found.written is None:
        raise NotFound(say("no_such_copy"))
    kept, written = found.kept, found.written
    async with house.db.house() as conn:
        holder = Looker("holder", kept.id, "copy")
        seen = Look(kept.resident, holder, "document", "copy", "copy_given", kept.number)
        await looks.note(conn, seen, now=house.clock(), new_id=house.new_id)
    verdict = tried(found.content, found.seal, ward=kept.ward, roots=roots, now=house.clock())
    return Seen(kept.ward, written, verdict, found.is_over(house.today()), digest_of(found))


async def _found(house: House, code: str) -> Document | None:
    try:
        whole = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)) if len(code) <= LONGEST_CODE else b""
    except (binascii.Error, ValueError):
        return None
    if len(whole) <= _ID_BYTES:
        return None
    async with house.db.house() as conn:
        kept = await store.held(conn, UUID(bytes=whole[:_ID_BYTES]))
        whose = await resident_of(conn, kept.resident, house.keys) if kept else None
    if kept is None or whose is None:
        return None
    try:
        until = date.fromisoformat(whose.key.open(f"{_KIND} {kept.id}", whole[_ID_BYTES:]).decode())
    except Unreadable:
        return None
    return Document(kept, whose) if house.today() <= until else None
