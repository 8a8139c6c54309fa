"""What holds at one moment: the catalogue with what wards say otherwise of it, and the banners that are up."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from bff.administration.amendments import Version
from bff.administration.banners import Banner
from bff.administration.variants import variants, words
from bff.texts import saying
from life_events import Catalogue

SHAPE: Final = 1
FOR_EVER: Final = "9999-12-31T00:00:00Z"

say = saying(Path(__file__).with_name("texts.toml"))


@dataclass(frozen=True)
class Edition:
    """`mark`: another one as soon as anything that was published is another; `versions`: those that hold; `until`:
    when it is next to be made anew, None: as far as is known it stays."""

    mark: str
    catalogue: Catalogue
    since: datetime
    until: datetime | None
    versions: Mapping[tuple[str, str], Version] = field(default_factory=dict)
    banners: Sequence[Banner] = ()
    not_live: frozenset[str] = frozenset()

    def holds(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)

    @cached_property
    def file(self) -> bytes:
        """/open/now.json"""
        told = {"shape": SHAPE, "edition": self.mark, "wards": self._wards(), "banners": self._banners()}
        return msgspec.json.encode(told)

    @cached_property
    def tag(self) -> str:
        """Of the file as it is: a new release may say otherwise though nothing was published."""
        return f'"{hashlib.sha256(self.file).hexdigest()[:16]}"'

    @cached_property
    def zipped(self) -> bytes:
        return gzip.compress(self.file, 6, mtime=0)

    def _wards(self) -> Mapping[str, object]:
        """`since`: by procedure, of what officials have written; it is searched besides."""
        return {
            code: {"name": words(self.catalogue.wards[code].name), "procedures": told, "since": self._since(code)}
            for code, told in variants(self.catalogue).items()
            if told and code not in self.not_live
        }

    def _since(self, code: str) -> Mapping[str, str]:
        held = {id: one for (ward, id), one in self.versions.items() if ward == code}
        return {id: one.starts_at.isoformat() for id, one in held.items() if one.starts_at and not one.said.is_empty}

    def _banners(self) -> Sequence[Mapping[str, object]]:
        """That a ward is not live is said to whoever lives there, over every page."""
        early = [
            {"id": f"not-live-{code}", "ward": code, "text": words(say("not_live")), "until": FOR_EVER}
            for code in sorted(self.not_live)
        ]
        up = [
            {"id": str(one.id), "ward": one.ward or None, "text": words(one.text), "until": one.ends.isoformat()}
            for one in self.banners
        ]
        return [*early, *up]
