"""What stands in the head of a page: where it is, in which languages, and how it looks where somebody shares it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from bff.public.book import LANGUAGES, Language, Service
from bff.public.words import HREFLANG, NAMES, Voice

LONGEST_TITLE: Final = 60
LONGEST: Final[Mapping[Language, int]] = {"ja": 120, "easy": 120, "en": 200}
"""What LINE, X and a list of search results show of a description."""


@dataclass(frozen=True)
class Head:
    """`path` without a language; `query` as it is kept when the language changes. `structured`: JSON-LD."""

    origin: str
    voice: Voice
    path: str
    title: str
    description: str
    card: str = "site"
    query: Mapping[str, str] | None = None
    structured: Sequence[Mapping[str, Any]] = ()
    crumbs: Sequence[tuple[str, str]] = ()
    """Address and name of each page above this one."""
    is_found: bool = True
    """Whether a search engine may keep it."""

    def at(self, language: Language) -> str:
        asked = {**(self.query or {}), **({} if language == "ja" else {"lang": language})}
        return self.path + (f"?{urlencode(asked)}" if asked else "")

    @property
    def canonical(self) -> str:
        return self.origin + self.at(self.voice.language)

    @property
    def whole_title(self) -> str:
        ending = f"｜{self.voice.site}"
        return cut(self.title, LONGEST_TITLE - len(ending)) + ending

    @property
    def picture(self) -> str:
        return f"{self.origin}/cards/{self.card}.{self.voice.language}.{self.voice.book.edition}.png"

    @property
    def alternates(self) -> Sequence[tuple[str, str]]:
        return [
            *((HREFLANG[one], self.origin + self.at(one)) for one in LANGUAGES),
            ("x-default", self.origin + self.at("ja")),
        ]

    @property
    def tongues(self) -> Sequence[tuple[Language, str, str]]:
        return [(one, NAMES[one], self.at(one)) for one in LANGUAGES]

    def to(self, path: str, **query: str) -> str:
        """Another of these pages, in the same language."""
        asked = {**query, **({} if self.voice.language == "ja" else {"lang": self.voice.language})}
        return path + (f"?{urlencode(asked)}" if asked else "")


def told_of(service: Service, voice: Voice) -> str:
    """By when, for whom and what, for whoever sees no more of the page than this."""
    parts = (service.get(name) for name in ("applicationPeriod", "addressee", "description"))
    return cut(" ".join(voice.pick(part) for part in parts if part), LONGEST[voice.language])


def cut(text: str, most: int) -> str:
    """At most so many characters, at a place where one stops."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    stop = max(head.rfind(mark) for mark in "。、. ")
    return head[: stop if stop > most // 2 else len(head)].rstrip("、. ") + "…"
