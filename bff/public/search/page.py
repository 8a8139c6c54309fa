"""One procedure or life event, and a group of words of one meaning, ready to be asked (pwa/data/search.ts)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from bff.public.search.fold import HAN, bigrams, fold, is_japanese, pieces

Kind = Literal["deed", "turn", "plain"]
_HAN: Final = re.compile(f"[{HAN}]")
_SHORT_KANA: Final = re.compile("[ぁ-ん]{1,3}|なく[ぁ-ん]*")
_ALONE: Final = re.compile(f"[{HAN}]")
_PARTICLES: Final = "のがをにとはもで"


@dataclass(frozen=True)
class Phrase:
    said: Sequence[str]
    folded: str
    worth: float


@dataclass(frozen=True, eq=False)
class Page:
    """Its phrases, what each bigram or word is worth in it, and all its letters, a phrase a line."""

    phrases: Sequence[Phrase]
    marks: Mapping[str, float]
    letters: str


@dataclass(frozen=True, eq=False)
class Group:
    members: Sequence[str]
    worth: Mapping[Page, float]
    kind: Kind


def page_of(texts: Sequence[tuple[str, float]]) -> Page:
    phrases: list[Phrase] = []
    marks: dict[str, float] = {}
    for text, worth in texts:
        said = pieces(fold(text))
        phrases.append(Phrase(said, "".join(said), worth))
        for piece in said:
            for mark in [*bigrams(piece), *_HAN.findall(piece)] if is_japanese(piece) else [piece]:
                marks[mark] = max(worth, marks.get(mark, 0))
    return Page(phrases, marks, "\n".join(phrase.folded for phrase in phrases))


def group_of(members: Sequence[str], pages: Sequence[Page], kind: Kind) -> Group:
    """Whoever has not even the letters of a member anywhere is not read phrase by phrase."""
    worth: dict[Page, float] = {}
    first = [(member, _first(member)) for member in members]
    for page in pages:
        here = [member for member, letters in first if letters in page.letters]
        worths = [phrase.worth for phrase in page.phrases if any(says(phrase.said, one) for one in here)]
        if worths and here:
            worth[page] = max(worths)
    return Group(members, worth, kind)


def says(said: Sequence[str], member: str) -> bool:
    """Whether the pieces say the member of a group: a Latin one as words of its own, a Japanese one anywhere."""
    wanted, is_latin = _wanted(member)
    if is_latin:
        return f" {wanted} " in f" {' '.join(said)} "
    if _ALONE.fullmatch(wanted):
        alone = re.compile(f"(?<![{HAN}]){wanted}(?![{HAN}])")
        return any(alone.search(piece) for piece in said)
    return any(begins_in(piece, wanted) for piece in said) if is_short_kana(wanted) else wanted in "".join(said)


@lru_cache(8192)
def _wanted(member: str) -> tuple[str, bool]:
    wanted = pieces(member)
    is_latin = not any(is_japanese(piece) for piece in wanted)
    return (" " if is_latin else "").join(wanted), is_latin


def _first(member: str) -> str:
    wanted, is_latin = _wanted(member)
    return wanted.split(" ")[0] if is_latin else wanted


def is_short_kana(word: str) -> bool:
    """いぬ is no dog in せたいぬし, and 入れなくなった no death: such a word begins the piece or follows a particle."""
    return bool(_SHORT_KANA.fullmatch(word))


def is_short(word: str) -> bool:
    """車 is no word in 自転車."""
    return bool(_ALONE.fullmatch(word)) or is_short_kana(word)


def begins_in(piece: str, word: str) -> bool:
    return piece.startswith(word) or any(particle + word in piece for particle in _PARTICLES)
