"""The words every other file speaks: texts in three languages, who runs a thing, by which way, in which state."""

import enum

from msgspec import Struct


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence for people: formal Japanese, やさしい日本語, English. None of the three is ever empty."""

    ja: str
    easy: str
    en: str

    def __post_init__(self) -> None:
        for language in ("ja", "easy", "en"):
            if not getattr(self, language).strip():
                raise ValueError(f"the text for {language} is empty")


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
