"""A file as a letter names it; its bytes are asked for by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Attached:
    """`pages`: of a PDF, each kept as a picture too; 0: it is a picture. `kept_until`: its last day."""

    id: UUID
    name: str
    media_type: str
    size: int
    pages: int
    kept_until: date


def attached_of(listed: Sequence[Any]) -> tuple[Attached, ...]:
    """From `notices.attachments`, as the migration's trigger writes it."""
    return tuple(
        Attached(
            UUID(one["id"]),
            one["name"],
            one["media_type"],
            one["size"],
            one["pages"],
            date.fromisoformat(one["kept_until"]),
        )
        for one in listed
    )
