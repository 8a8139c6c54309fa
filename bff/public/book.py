"""What the public pages are made of: open data, the app's words and the stylesheet, as the build left them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from bff.public.search import Searcher, prepare
from life_events.terms import OTHERS

Language = Literal["ja", "easy", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ja", "easy", "en")
Service = Mapping[str, Any]
"""A `PublicService` of /open/catalogue.json, as its schema (/open/schema.json) has it."""
Event = Mapping[str, Any]


@dataclass(frozen=True)
class Book:
    """`words`: by language, the texts of the app's rooms that speak here too. `edition`: of all that is read here."""

    folder: Path
    edition: str
    as_of: date
    services: Mapping[str, Service]
    events: Mapping[str, Event]
    references: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Mapping[str, str]]
    stylesheet: str

    @cached_property
    def searcher(self) -> Searcher:
        return prepare(_json(self.folder / "open" / "search.json"))

    def sources_of(self, service: Service) -> Sequence[Mapping[str, str]]:
        """The pages it was read from, each once."""
        cited = {source for told in service["trust"].values() for source in told.get("sources", ())}
        return [self.references[id] for id in sorted(cited) if id in self.references]

    def events_of(self, service: Service) -> Sequence[Event]:
        return [self.events[id] for id in service["isGroupedBy"] if id in self.events]


def read(assets: Path) -> Book:
    """`assets`: what the front end's build made."""
    files = [assets / "open" / name for name in ("catalogue.json", "bundles.json")]
    catalogue, bundles = (_json(file) for file in files)
    style = next((assets / "assets").glob("pages-*.css"))
    words = assets / "public" / "words.json"
    edition = hashlib.sha256(b"".join(file.read_bytes() for file in (*files, words, style)))
    return Book(
        folder=assets,
        edition=edition.hexdigest()[:12],
        as_of=date.fromisoformat(catalogue["dateOfState"]),
        services={one["identifier"]: one for one in catalogue["publicServices"]},
        events={one["identifier"]: one for one in bundles["lifeEvents"]},
        references=catalogue["references"],
        words=_json(words),
        stylesheet=f"/assets/{style.name}",
    )


def ends(service: Service, today: date) -> date | None:
    """The last day on which there was such a procedure, once it is over."""
    until = service.get("validUntil")
    last = date.fromisoformat(until) if until else None
    return last if last is not None and last < today else None


def language_of(asked: str | None) -> Language:
    """Who reads one of the app's other languages gets English here, as in the app where a text is not told in hers."""
    return asked if asked in LANGUAGES else "en" if asked in OTHERS else "ja"


def _json(file: Path) -> Any:
    return msgspec.json.decode(file.read_bytes())
