"""Trusted documents: the front end's build writes them with their hashes, and in production no other is accepted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec


class UnknownDocument(ValueError):
    """The request names a document that this front end does not have, or sends a text where none is accepted."""


def trusted(path: Path) -> dict[str, str]:
    """Documents by `sha256:<hex>`; a text whose hash is not its name is refused."""
    documents = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    for name, document in documents.items():
        if name != f"sha256:{hashlib.sha256(document.encode()).hexdigest()}":
            raise UnknownDocument(f"{path.name}: {name} is not the hash of its document")
    return documents
