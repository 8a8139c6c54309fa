"""Older notices than those on her phone, looked through by the house: a bounded number a request, through the one
statement an inbox is read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.mail.folding import fold
from bff.mail.owing import is_to_do
from notifications import inbox
from notifications.inbox import MOST_AT_ONCE, Letter, LetterPage
from notifications.post.live import Live

ROUNDS: Final = 4
"""Pages of MOST_AT_ONCE looked through in one request; where it stopped says the cursor."""


class Show(StrEnum):
    ALL = "all"
    TO_DO = "todo"
    UNREAD = "unread"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Word:
    """`children`: the keys of those of her children whose names have it, which only the house's other rooms know."""

    text: str
    children: frozenset[UUID]


@dataclass(frozen=True)
class Wanted:
    """`child` None: everybody; `is_hers`: what concerns no child. `sender`, `topic` None: all. All words are found."""

    show: Show
    child: UUID | None
    is_hers: bool
    sender: str | None
    topic: str | None
    words: Sequence[Word]


async def find(
    conn: AsyncConnection, live: Live, *, resident: UUID, wanted: Wanted, first: int, after: str | None, now: datetime
) -> LetterPage:
    """Up to `first` that fit and follow `after`; whether there may be more says `has_next` alone. BadCursor."""
    folded = [Word(fold(one.text), one.children) for one in wanted.words]
    found: list[Letter] = []
    for _ in range(ROUNDS):
        page = await inbox.page(conn, live, resident=resident, first=MOST_AT_ONCE, after=after)
        fitting = [one for one in page.nodes if _fits(one, wanted, now) and all(_has(one, word) for word in folded)]
        found += fitting
        if len(found) >= first:
            shown = found[:first]
            is_rest = len(found) > first or page.has_next or page.nodes[-1].id != shown[-1].id
            return LetterPage(tuple(shown), is_rest, inbox.cursor_of(shown[-1]))
        after = page.end_cursor or after
        if not page.has_next:
            return LetterPage(tuple(found), has_next=False, end_cursor=after)
    return LetterPage(tuple(found), has_next=True, end_cursor=after)


def _fits(letter: Letter, wanted: Wanted, now: datetime) -> bool:
    if (letter.archived_at is not None) is not (wanted.show is Show.ARCHIVED):
        return False
    if wanted.show is Show.TO_DO and not is_to_do(letter, now):
        return False
    if wanted.show is Show.UNREAD and not (letter.is_unread and letter.recalled_at is None):
        return False
    if (wanted.is_hers and letter.children) or (wanted.child is not None and wanted.child not in letter.children):
        return False
    return wanted.sender in {None, letter.sender_key} and wanted.topic in {None, letter.topic}


def _has(letter: Letter, word: Word) -> bool:
    if word.children & letter.children:
        return True
    said = [part for text in (letter.title, letter.body, letter.sender) for part in text.told().values()]
    return word.text in fold("\n".join([*said, *(file.name for file in letter.attachments)]))
