"""The index made ready (`prepare` of pwa/data/search.ts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bff.public.search.fold import fold
from bff.public.search.page import Group, Kind, Page, group_of, page_of

NAME, OFFICIAL, KANA, WORDS, LAW, TEXT = 1, 0.95, 0.95, 0.85, 0.4, 0.35

Entry = Mapping[str, Any]
"""Of /open/search.json, as the phone reads it."""


@dataclass(frozen=True)
class Searcher:
    index: Mapping[str, Any]
    pages: Sequence[Page]
    events: Sequence[Page]
    groups: Sequence[Group]
    fillers: Sequence[str]
    known: Mapping[str, int]
    acts: Sequence[str]

    def is_known(self, piece: str) -> bool:
        return piece in self.known


def prepare(index: Mapping[str, Any]) -> Searcher:
    """`index`: /open/search.json."""
    pages = [page_of(_texts(entry)) for entry in index["entries"]]
    events = [page_of([(text, NAME) for text in event["name"]]) for event in index["events"]]
    known: dict[str, int] = {}
    for mark in (mark for page in pages for mark in page.marks):
        known[mark] = known.get(mark, 0) + 1
    kinds: tuple[tuple[str, Kind], ...] = (("synonyms", "plain"), ("deeds", "deed"), ("turns", "turn"))
    groups = [
        group_of([fold(word) for word in words], [*pages, *events], kind)
        for name, kind in kinds
        for words in index.get(name, ())
    ]
    fillers = sorted((fold(filler) for filler in index["fillers"]), key=len, reverse=True)
    return Searcher(index, pages, events, groups, fillers, known, index.get("acts", ()))


def _texts(entry: Entry) -> list[tuple[str, float]]:
    told: list[tuple[str, float]] = [(text, NAME) for text in entry["name"]]
    told += [(text, OFFICIAL) for text in entry["official"]]
    told.append((entry.get("kana", ""), KANA))
    told += [(text, WORDS) for text in entry.get("words", ())]
    told += [(text, TEXT) for text in entry.get("text", ())]
    return [*told, (entry.get("law", ""), LAW)]
