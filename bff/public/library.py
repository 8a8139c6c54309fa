"""The pages of one book, each made once and kept with its gzip form; the house has one such library."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from bff.administration.edition import Edition
from bff.public import cards
from bff.public.book import Book, Language, read
from bff.public.differences import Differences, differences, searcher
from bff.public.search import Searcher

MOST: Final = 2_000
"""Pages and pictures kept: more than there are, so that no visitor can make it grow."""


@dataclass(frozen=True)
class Made:
    """A page as it is sent. `etag` is weak: the same for the packed form and the other."""

    body: bytes
    zipped: bytes
    etag: str
    language: str

    @classmethod
    def of(cls, text: str, language: str) -> Made:
        body = text.encode()
        zipped = gzip.compress(body, 9, mtime=0)
        return cls(body, zipped, f'W/"{hashlib.sha256(body).hexdigest()[:16]}"', language)


class Library:
    """`assets`: what the build made; read when the first page is asked for. `origin`: for addresses in shared cards.
    `edition`: what holds at the moment; a page is made anew when that is another one."""

    def __init__(self, assets: Path, origin: str, edition: Callable[[], Edition] | None = None) -> None:
        self._assets, self.origin, self._edition = assets, origin, edition
        self._differences = Differences()
        self._searcher: tuple[str, Searcher | None] = ("", None)
        self._pages: dict[tuple[str, Language], Made] = {}
        self._cards: dict[tuple[str, Language], bytes] = {}
        self._drawing = asyncio.Lock()

    @cached_property
    def book(self) -> Book:
        return read(self._assets)

    @property
    def differences(self) -> Differences:
        if self._edition is not None and (now := self._edition()).mark != self._differences.mark:
            self._differences = differences(now)
            self._pages.clear()
        return self._differences

    @property
    def searcher(self) -> Searcher:
        now = self.differences
        if not now.amended:
            return self.book.searcher
        mark, made = self._searcher
        if made is None or mark != now.mark:
            made = searcher(self.book.searcher.index, now.amended)
            self._searcher = (now.mark, made)
        return made

    def page(self, path: str, language: Language, make: Callable[[], Made]) -> Made:
        """Only for addresses of which there is a known number."""
        key, _ = (path, language), self.differences
        if key not in self._pages:
            made = make()
            if len(self._pages) >= MOST:
                return made
            self._pages[key] = made
        return self._pages[key]

    async def card(self, name: str, language: Language) -> bytes | None:
        """The picture, PNG; None: there is no such page. Drawn one at a time."""
        key = (name, language)
        if key not in self._cards:
            said = cards.said_on(name, language, self.book)
            if said is None:
                return None
            async with self._drawing:
                if key not in self._cards:
                    self._cards[key] = await asyncio.to_thread(cards.draw, said, self._assets)
        return self._cards[key]
