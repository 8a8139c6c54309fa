"""The form of a planned outage: what was typed, read into times and three texts, every mistake with its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.words import word
from life_events import contains_individual_number
from life_events.terms import Text
from notifications.jobs import JAPAN
from notifications.texts import text_of

LONGEST_TEXT: Final = 200
LONGEST_OUTAGE: Final = timedelta(days=31)
DEFAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "text_ja": ("機器の点検のため、情報を確認できません。",),
    "text_easy": ("きかいを しらべる 日なので、あたらしい ことが わかりません。",),
    "text_en": ("It is being maintained, so nothing new can be looked up.",),
}


@dataclass(frozen=True)
class Planned:
    """A planned outage that may be kept."""

    begins: datetime
    ends: datetime
    text: Text


def planned(typed: Typed, now: datetime) -> tuple[Planned | None, tuple[Mistake, ...]]:
    """The outage, or what is wrong with it; times are Tokyo's, as a browser writes them (2026-12-01T22:00)."""
    found: list[Mistake] = []
    begins, ends = moment_in(typed, "begins", found), moment_in(typed, "ends", found)
    if begins is not None and ends is not None:
        if not begins < ends or ends - begins > LONGEST_OUTAGE:
            found.append(Mistake("ends", word("mistake", "outage_order")))
        elif ends <= now:
            found.append(Mistake("ends", word("mistake", "outage_past")))
    text = {language: text_in(typed, f"text_{language}", found) for language in ("ja", "easy", "en")}
    if found or begins is None or ends is None:
        return None, tuple(found)
    return Planned(begins, ends, Text(**text)), ()


def moment_in(typed: Typed, name: str, found: list[Mistake]) -> datetime | None:
    """A moment in Tokyo; a mistake is added to `found`."""
    try:
        said = datetime.fromisoformat(typed.one(name).strip())
    except ValueError:
        said = None
    if said is None or said.tzinfo is not None:
        found.append(Mistake(name, word("mistake", "moment")))
        return None
    return said.replace(tzinfo=JAPAN)


def text_in(typed: Typed, name: str, found: list[Mistake]) -> str:
    """One line for everybody; a mistake is added to `found`."""
    text = " ".join(typed.one(name).split())
    if not text or len(text) > LONGEST_TEXT or "\x00" in text:
        found.append(Mistake(name, word("mistake", "outage_text", limit=LONGEST_TEXT)))
    elif contains_individual_number(text):
        found.append(Mistake(name, text_of("refused", "note_number").ja))
    return text
