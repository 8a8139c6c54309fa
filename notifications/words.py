"""A text for people, always in three languages."""

from __future__ import annotations

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
    """One text in Japanese, やさしい日本語 and English; the phone picks."""

    ja: str
    easy: str
    en: str

    @classmethod
    def of(cls, ja: str, easy: str | None = None, en: str | None = None) -> Text:
        """A missing easy text falls back to ja, a missing English one to the easier Japanese."""
        plain = easy or ja
        return cls(ja, plain, en or plain)

    def in_language(self, language: Language) -> str:
        return {Language.JA: self.ja, Language.EASY: self.easy}.get(language, self.en)
