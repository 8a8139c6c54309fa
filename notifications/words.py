"""A text for people: always in three languages, what the house itself says in ten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    JA = "ja"
    EASY = "easy"
    EN = "en"
    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    KO = "ko"
    VI = "vi"
    NE = "ne"
    TL = "tl"
    PT = "pt"


WRITTEN: Final = (Language.JA, Language.EASY, Language.EN)
"""What officials and senders write in; who reads another language gets English."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Japanese, やさしい日本語 and English; the phone picks. None: not told in that language, so English is
    read. What people write is in the three; what the house says is also in the seven."""

    ja: str
    easy: str
    en: str
    zh_hans: str | None = None
    zh_hant: str | None = None
    ko: str | None = None
    vi: str | None = None
    ne: str | None = None
    tl: str | None = None
    pt: str | None = None

    @classmethod
    def of(cls, ja: str, easy: str | None = None, en: str | None = None) -> Text:
        """A missing easy text falls back to ja, a missing English one to the easier Japanese."""
        plain = easy or ja
        return cls(ja, plain, en or plain)

    @classmethod
    def in_each(cls, say: Callable[[Language], str | None]) -> Text:
        """Of what `say` tells in a language; None may be told in one of the seven alone."""
        return cls(**{name_of(one): said for one in Language if (said := say(one)) is not None})

    def in_language(self, language: Language) -> str:
        told: str | None = getattr(self, name_of(language))
        return told or self.en

    def told(self) -> dict[str, str]:
        """By the names of its fields, in every language it is told in."""
        return {name_of(one): said for one in Language if (said := getattr(self, name_of(one))) is not None}


def name_of(language: Language) -> str:
    """As it goes by in Python and in rows."""
    return Language(language).value.lower().replace("-", "_")  # a template knows it by its value alone
