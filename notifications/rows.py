"""Between the values of this room and the rows of its tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from notifications.notice import Kind, Notice
from notifications.words import Text


def text_to_json(text: Text) -> dict[str, str]:
    return text.told()


def notice_of(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        ward=row.ward,
        kind=Kind(row.kind),
        sender=Text(**row.sender),
        title=Text(**row.title),
        body=Text(**row.body),
        sent_at=row.sent_at,
        act_by=row.act_by,
        about=row.about,
        sender_key=row.sender_key,
        topic=row.topic,
        marks=frozenset(row.marks),
        asks=row.asks,
        lapses_at=row.lapses_at,
        revision=row.revision,
        revised_at=row.revised_at,
        recalled_at=row.recalled_at,
    )
