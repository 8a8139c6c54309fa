"""Trusted documents: the front end's build writes them with their hashes, and in production no other is accepted.

A phone may still run the app of the release before: its documents lie beside the built ones and are answered too.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

FORMER: Final = "documents.before.json"
UNKNOWN: Final = "UNKNOWN_DOCUMENT"
"""What an app of another release is told: it is to bring itself up to date and to keep what it has not sent."""


class UnknownDocument(ValueError):
    """The request names a document that this front end does not have, or sends a text where none is accepted."""


def trusted(path: Path) -> dict[str, str]:
    """Documents by `sha256:<hex>`, those of the release before too; a text whose hash is not its name is refused."""
    former = path.with_name(FORMER)
    return {**(_read(former) if former.exists() else {}), **_read(path)}


def _read(path: Path) -> dict[str, str]:
    documents = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    for name, document in documents.items():
        if name != f"sha256:{hashlib.sha256(document.encode()).hexdigest()}":
            raise UnknownDocument(f"{path.name}: {name} is not the hash of its document")
    return documents
