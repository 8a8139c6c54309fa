"""Whether people will understand a text: what to look at again before it is sent. Advice, never a refusal.

Sources and lengths stand in data/plain.toml and data/kanji.toml.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from notifications.notice import Kind
from notifications.words import Language

SHOWN: Final = 5
"""Of one sort of remark; who mends those will ask again."""
SENTENCE: Final = re.compile(r"[^。！？!?\n]+")
READING: Final = re.compile(r"([一-鿿々]+)[（(][ぁ-んァ-ヶー・ ]+[)）]")
KANJI: Final = re.compile(r"[一-鿿]")
DAY: Final = re.compile(r"(\d{1,2})月\s*(\d{1,2})日")
PHONE: Final = re.compile(r"0\d{1,3}[-‐ー－]\d{2,4}[-‐ー－]\d{3,4}")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Remark:
    """`field`: of the form, such as body_easy. `code`: under [plain] in the officials' texts, with `told` filled in."""

    field: str
    code: str
    told: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


def remarks(kind: Kind, titles: Mapping[Language, str], bodies: Mapping[Language, str]) -> tuple[Remark, ...]:
    """Of the texts as they were typed: a language nobody wrote in is empty. In the order of the form."""
    japanese, easy, english = (bodies.get(one, "") for one in (Language.JA, Language.EASY, Language.EN))
    if not japanese.strip():
        return ()
    return (
        *_missing(kind, japanese, easy, english),
        *_long("body_ja", japanese, _limits()["sentence_ja"]),
        *_rare("body_ja", japanese),
        *_twice("body_ja", japanese),
        *_hard("title_easy", titles.get(Language.EASY, "")),
        *_long("body_easy", easy, _limits()["sentence_easy"]),
        *_hard("body_easy", easy),
        *_twice("body_easy", easy),
        *_different("body_easy", japanese, easy),
        *_different("body_en", japanese, english),
    )


def _missing(kind: Kind, japanese: str, easy: str, english: str) -> Iterator[Remark]:
    """When, where and whom to ask; and the languages of those who do not read Japanese well."""
    for what, pattern in _data("plain")["asked"].items():
        if not re.search(pattern, japanese):
            yield Remark("body_ja", f"no_{what}")
    if not easy.strip():
        yield Remark("body_easy", "no_easy")
    if kind is Kind.EMERGENCY and not english.strip():
        yield Remark("body_en", "no_english")


def _long(where: str, text: str, most: int) -> Iterator[Remark]:
    found = [one.strip() for one in SENTENCE.findall(text) if len(one.strip()) > most]
    for sentence in found[:SHOWN]:
        yield Remark(where, "long", {"begin": sentence[:15], "count": len(sentence), "most": most})


def _rare(where: str, text: str) -> Iterator[Remark]:
    """Beyond 常用漢字, and without its reading."""
    if found := _beyond(text, _known(None)):
        yield Remark(where, "rare", {"kanji": "、".join(found)})


def _hard(where: str, text: str) -> Iterator[Remark]:
    year = _limits()["kanji_year"]
    if found := _beyond(text, _known(year)):
        yield Remark(where, "kanji", {"kanji": "、".join(found), "year": year})
    words = [(hard, plain) for hard, plain in _data("plain")["plainer"].items() if hard in text]
    for hard, plain in words[:SHOWN]:
        yield Remark(where, "word", {"hard": hard, "plain": plain})
    if re.search(r"\d{1,2}/\d{1,2}", text):
        yield Remark(where, "slash")
    if re.search(r"(令和|平成|昭和)\d", text):
        yield Remark(where, "era")


def _twice(where: str, text: str) -> Iterator[Remark]:
    for pattern, instead in _data("plain")["twice"].items():
        if found := re.search(pattern, text):
            whole = SENTENCE.match(text, max(0, found.start() - 8))
            said = (whole[0] if whole and whole.end() > found.end() else found[0])[:24]
            yield Remark(where, "twice", {"said": said, "instead": instead})


def _different(where: str, japanese: str, other: str) -> Iterator[Remark]:
    """A day or a telephone number that one language tells and the other does not."""
    if not other.strip():
        return
    for month, day in dict.fromkeys(DAY.findall(japanese)):
        if not _tells_day(other, int(month), int(day)):
            yield Remark(where, "other_day", {"day": f"{month}月{day}日"})
    digits = re.sub(r"\D", "", other)
    for phone in dict.fromkeys(PHONE.findall(japanese)):
        if re.sub(r"\D", "", phone) not in digits:
            yield Remark(where, "other_phone", {"phone": phone})


def _tells_day(text: str, month: int, day: int) -> bool:
    name = MONTHS[month - 1] if month <= len(MONTHS) else "?"
    ways = (
        rf"\b{name}[a-z]*\.?\s*0?{day}(st|nd|rd|th)?\b",
        rf"\b0?{day}(st|nd|rd|th)?\s+(of\s+)?{name}",
        rf"(?<!\d){month}\s*(月|がつ|/)\s*{day}(?!\d)",
        rf"-0?{month}-0?{day}(?!\d)",
    )
    return any(re.search(way, text.lower()) for way in ways)


def _beyond(text: str, known: frozenset[str]) -> list[str]:
    without_readings = READING.sub("", text)
    return list(dict.fromkeys(one for one in KANJI.findall(without_readings) if one not in known))[: 2 * SHOWN]


@cache
def _known(year: int | None) -> frozenset[str]:
    """Learnt by the end of that year of primary school; None: all of 常用漢字."""
    lists = _data("kanji")
    if year is None:
        return frozenset().union(*(one["characters"] for one in lists.values()))
    return frozenset().union(*(lists[f"year_{one}"]["characters"] for one in range(1, year + 1)))


def _limits() -> dict[str, int]:
    limits: dict[str, int] = _data("plain")["limits"]
    return limits


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text("utf-8"))
