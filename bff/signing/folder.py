"""A folder as it is signed: one document for several applications, a JSON of one form only (RFC 8785).

It lists the digest of each and nothing else of it: whoever is shown the receipt of one application learns how many
were signed with it, and not which. The phone makes the same bytes in `pwa/data/canonical.ts`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec
import rfc8785

from bff.errors import NOT_JSON

FORMAT: Final = "kurashimado-folder/1"
MOST: Final = 30
"""Applications in one folder; no life event has half as many that are filed here."""


class FolderDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """`applications`: SHA-256 in hex of the canonical bytes of each, in the order in which she saw them."""

    format: str
    id: UUID
    ward: str
    completed_at: datetime
    applications: tuple[str, ...]

    def written(self) -> bytes:
        told = msgspec.to_builtins(self)
        moment = self.completed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return rfc8785.dumps({**told, "completedAt": moment, "applications": list(self.applications)})


def folder_document(*, id: UUID, ward: str, completed_at: datetime, digests: tuple[bytes, ...]) -> bytes:
    """`digests`: SHA-256 of the canonical bytes of each application."""
    listed = tuple(one.hex() for one in digests)
    return FolderDocument(FORMAT, id, ward, completed_at, listed).written()


def read(document: bytes) -> FolderDocument:
    """Raises ValueError for whatever has another form, also for the same content written otherwise."""
    try:
        found = msgspec.json.decode(document, type=FolderDocument)
    except NOT_JSON as wrong:
        raise ValueError("no folder") from wrong
    if found.format != FORMAT or not 0 < len(found.applications) <= MOST or found.written() != document:
        raise ValueError("a folder of another form")
    return found
