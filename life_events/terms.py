"""The words every other file speaks: texts in the languages, who runs a thing, by which way, in which state."""

import enum
from collections.abc import Callable
from typing import Final

from msgspec import Struct

OTHERS: Final = {one: one.lower().replace("-", "_") for one in ("zh-Hans", "zh-Hant", "ko", "vi", "ne", "tl", "pt")}
"""The languages a text may also be told in, and the names they go by in Python."""


class Text(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={name: language for language, name in OTHERS.items()},
):
    """One sentence for people: formal Japanese, やさしい日本語, English. None of the three is ever empty. It may
    be told in seven more languages; who reads one that it is not told in gets English."""

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

    def __post_init__(self) -> None:
        for language in ("ja", "easy", "en"):
            if not getattr(self, language).strip():
                raise ValueError(f"the text for {language} is empty")

    def in_language(self, language: str) -> str:
        """As somebody reads it who has chosen `language` (`ja`, `zh-Hans`, …)."""
        told: str | None = getattr(self, OTHERS.get(language, language))
        return told or self.en

    def changed(self, change: Callable[[str, str], str]) -> "Text":
        """Each sentence as `change(language, sentence)` makes it; it is told in the same languages as before."""
        own = {name: (language, getattr(self, name)) for language, name in (_WRITTEN | OTHERS).items()}
        return Text(**{name: change(language, said) for name, (language, said) in own.items() if said})


_WRITTEN: Final = {one: one for one in ("ja", "easy", "en")}


class Operator(enum.Enum):
    """Who runs a procedure or answers for a source."""

    WARD = "ward"
    NATION = "nation"
    METROPOLIS = "metropolis"
    PRIVATE = "private"


class Channel(enum.Enum):
    """HERE: filed through this window. AUTOMATIC: nothing has to be filed."""

    HERE = "here"
    ONLINE_ELSEWHERE = "online_elsewhere"
    COUNTER = "counter"
    AUTOMATIC = "automatic"


class StepState(enum.Enum):
    """Where a step stands for this person. SENT is not known here: whoever keeps the applications adds it."""

    DUE = "due"
    OPEN = "open"
    NOT_YET = "not_yet"
    ASK = "ask"
    UNHEARD = "unheard"
    DONE = "done"


class Unknown(enum.Enum):
    """The value of a part of the facts nobody has told us yet."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


class Person(Struct, frozen=True):
    """Whom a step concerns; `id` is the ward registry's own name for a household member."""

    id: str
    name: str
