"""What single wards do otherwise, as it holds at this moment, ready for the public pages and their search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bff.administration.edition import Edition
from bff.administration.variants import Variant, variants, words
from bff.public.search import Searcher, prepare

Words = Mapping[str, str]


@dataclass(frozen=True)
class Differences:
    """By procedure: the ward's name and what it does otherwise. `mark`: another one when anything in it is another.

    `amended`: what officials have written since the files were made, by procedure: it is searched besides."""

    mark: str = ""
    told: Mapping[str, Sequence[tuple[Words, Variant]]] = field(default_factory=dict)
    amended: Mapping[str, Sequence[Variant]] = field(default_factory=dict)


def differences(edition: Edition) -> Differences:
    told: dict[str, list[tuple[Words, Variant]]] = {}
    amended: dict[str, list[Variant]] = {}
    for code, of in variants(edition.catalogue).items():
        if code in edition.not_live:
            continue
        for id, variant in of.items():
            told.setdefault(id, []).append((words(edition.catalogue.wards[code].name), variant))
            if (code, id) in edition.versions:
                amended.setdefault(id, []).append(variant)
    return Differences(edition.mark, told, amended)


def searcher(index: Mapping[str, Any], amended: Mapping[str, Sequence[Variant]]) -> Searcher:
    """`index`: /open/search.json. As pwa/data/now.ts adds to it on the phone."""
    return prepare({**index, "entries": [_with(entry, amended.get(entry["id"], ())) for entry in index["entries"]]})


def _with(entry: Mapping[str, Any], more: Sequence[Variant]) -> Mapping[str, Any]:
    if not more:
        return entry
    names = [text for one in more if "name" in one for text in one["name"].values()]
    texts = [text for one in more if "description" in one for text in one["description"].values()]
    return {**entry, "words": [*entry.get("words", ()), *names], "text": [*entry.get("text", ()), *texts]}
