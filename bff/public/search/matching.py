"""Finds procedures by everyday words (pwa/data/search.ts, where each number is given its reason)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import log
from typing import Final

from bff.public.search.compounds import compounds, covers
from bff.public.search.fold import HAN, bigrams, fold, is_foreign, is_japanese, likeness, pieces
from bff.public.search.page import Group, Kind, Page, begins_in, is_short, is_short_kana, says
from bff.public.search.preparing import TEXT, Entry, Searcher
from bff.public.search.romaji import kana_of

SYNONYM, EVENT, PHRASE = 0.8, 0.2, 0.6
UNKNOWN_MATTER, UNKNOWN_KANA, UNKNOWN_WORD = 0.05, 0.2, 3
MET, MEETING = 0.2, 0.4
FEW: Final = 5
LEAST, LEAST_OF_BEST = 0.25, 0.3
MOST: Final = 20
_MATTER: Final = re.compile(f"(?:[a-z0-9]+|[{HAN}]{{2}})")
_OWN_MATTER: Final = re.compile(f"^[{HAN}]$|[{HAN}]{{2}}|[ぁ-ん]{{3}}|[a-z0-9]{{2}}")
_TELLING: Final = re.compile(f"[{HAN}0-9]")
_FEW_KANA: Final = re.compile(f"[{HAN}]?[ぁ-ん]+")
_LONG_KANA: Final = re.compile("[ぁ-ん]{4,}")


@dataclass(frozen=True)
class Term:
    """A part of the question and how much a page says of it, from 0 to 1; `weight`: how telling it is."""

    weight: float
    of: Callable[[Page], float]
    kind: Kind


@dataclass(frozen=True)
class Word:
    """A word that is one matter, and the pages that speak of too little of it."""

    word: str
    missed_by: frozenset[Page]


@dataclass(frozen=True)
class Asked:
    whole: str
    terms: Sequence[Term]
    words: Sequence[Word]

    def misses(self, page: Page) -> bool:
        return any(page in word.missed_by for word in self.words)


def search(searcher: Searcher, question: str, most: int = MOST) -> list[Entry]:
    """The best answers first; none for an empty question or one about something else."""
    asked = _understand(searcher, question)
    if asked is None or not asked.terms:
        return []
    events = [_worth_of(asked, event) for event in searcher.events]
    found = [
        (_worth_of(asked, page) + EVENT * _of_events(searcher, events, entry["id"]), entry)
        for entry, page in zip(searcher.index["entries"], searcher.pages, strict=True)
    ]
    best = max(worth for worth, _ in found)
    good = [one for one in found if one[0] >= LEAST and one[0] >= best * LEAST_OF_BEST]
    return [entry for _, entry in sorted(good, key=lambda one: -one[0])[:most]]


def said_of_elsewhere(searcher: Searcher, question: str) -> list[str]:
    """What the question says that is none of our matters, in the words of the index."""
    said = pieces(fold(question))
    return [one for one in searcher.index.get("elsewhere", ()) if says(said, fold(one))]


def _without(text: str, words: Sequence[str], by: str = " ") -> str:
    return reduce(lambda rest, word: rest.replace(word, by), words, text)


def _understand(searcher: Searcher, question: str) -> Asked | None:
    elsewhere = [fold(one) for one in said_of_elsewhere(searcher, question)]
    folded = fold(question)
    rest = _without(folded, elsewhere)
    kept = _without_fillers(searcher, pieces(rest))
    if elsewhere and not any(_is_matter(searcher, piece) for piece in kept):
        return None
    said = pieces(folded)
    groups = _heard(searcher, said)
    words = [
        Word(word, frozenset(page for page in searcher.pages if not covers(page, word, groups)))
        for word in compounds(question, searcher.acts)
        if word in rest
    ]
    own = [one for piece in kept for one in _without_words(searcher, piece, groups, said)]
    terms = [_of_run(searcher, one, words) if is_japanese(one) else _of_word(searcher, one) for one in own]
    terms += [_of_group(searcher, one, [word for word in words if _only_in(one, said, word.word)]) for one in groups]
    return Asked("".join(_meant(searcher, piece) for piece in kept), terms, words)


def _deeds(groups: Sequence[Group]) -> list[str]:
    return [member for group in groups if group.kind == "deed" for member in group.members]


def _without_words(searcher: Searcher, piece: str, groups: Sequence[Group], said: Sequence[str]) -> list[str]:
    """What the groups have heard whole is not asked a second time."""
    kana = piece if is_japanese(piece) else _in_kana(searcher, piece) or ""
    if _LONG_KANA.fullmatch(kana) and any(kana in group.members for group in groups):
        return []
    if not is_japanese(piece) or is_foreign(piece):
        return [] if not searcher.is_known(piece) and _holds(groups, said, piece) else [piece]
    heard = [
        one
        for group in groups
        for one in group.members
        if group.kind == "deed" or not any(searcher.is_known(mark) for mark in bigrams(one))
    ]
    return [rest for rest in _without(piece, heard).split(" ") if len(rest) > 1]


def _holds(groups: Sequence[Group], said: Sequence[str], piece: str) -> bool:
    """Whether it is of a phrase that a group was heard by: each of the two in “chuyển nhà”."""
    members = (one for group in groups for one in group.members)
    if is_foreign(piece):
        return any(one in piece for one in members)
    return any(says(said, one) and piece in pieces(one) for one in members)


def _is_matter(searcher: Searcher, piece: str) -> bool:
    """Whether there is more in it than what is done with any matter."""
    acts = sorted([*(fold(act) for act in searcher.acts), *_deeds(searcher.groups)], key=len, reverse=True)
    return bool(_OWN_MATTER.search(_without(piece, acts, "")))


def _heard(searcher: Searcher, said: Sequence[str]) -> list[Group]:
    """The groups the question speaks of. A short word inside a longer one of another group is not said."""
    heard = [*said, *(kana for piece in said if (kana := _in_kana(searcher, piece)) is not None)]
    groups = [group for group in searcher.groups if _hears(group, heard)]
    long = [one for group in groups for one in group.members if not is_short(one) and says(heard, one)]
    bare = [piece for one in heard for piece in pieces(_without(one, long))]
    return [
        group
        for group in groups
        if any(not is_short(member) and says(heard, member) for member in group.members) or _hears(group, bare)
    ]


def _only_in(group: Group, said: Sequence[str], word: str) -> bool:
    """Whether the group is heard in that word alone: 保険 in 失業保険."""
    return not _hears(group, [piece.replace(word, " ") for piece in said])


def _hears(group: Group, said: Sequence[str]) -> bool:
    return any(says(said, member) for member in group.members)


def _without_fillers(searcher: Searcher, said: Sequence[str]) -> list[str]:
    """Polite endings and small words say nothing of the matter, unless they are all there is."""
    fillers = [filler for filler in searcher.fillers if is_japanese(filler)]
    kept: list[str] = []
    for piece in said:
        if is_japanese(piece):
            kept += _without(piece, fillers).split(" ")
        elif piece not in searcher.fillers:
            kept.append(piece)
    telling = [piece for piece in kept if len(piece) > 1 or _TELLING.search(piece)]
    return telling or [piece for piece in said if len(piece) > 1]


def _in_kana(searcher: Searcher, piece: str) -> str | None:
    """A Latin word nobody has written, read as Japanese; None where it is no Japanese."""
    if is_japanese(piece) or len(piece) < 4 or searcher.is_known(piece):  # noqa: PLR2004 - as there
        return None
    kana = kana_of(piece)
    return fold(kana) if kana else kana


def _telling(searcher: Searcher, mark: str) -> float:
    unknown = UNKNOWN_MATTER if _MATTER.fullmatch(mark) else UNKNOWN_KANA
    return log(1 + len(searcher.pages) / searcher.known.get(mark, len(searcher.pages) * unknown))


def _of_run(searcher: Searcher, run: str, words: Sequence[Word] = ()) -> Term:
    marks = [(mark, _telling(searcher, mark)) for mark in bigrams(run)]
    whole = sum(weight for _, weight in marks)
    few = bool(_FEW_KANA.fullmatch(run)) and len(run) <= FEW
    begins = len(run) == 2 and is_short_kana(run)  # noqa: PLR2004 - a bigram

    def of(page: Page) -> float:
        if begins and not any(begins_in(piece, run) for phrase in page.phrases for piece in phrase.said):
            return 0
        missed = [word.word for word in words if page in word.missed_by]
        here = [one for one in marks if one[0] in page.marks and not any(one[0] in word for word in missed)]
        if few and len(here) * 2 <= len(marks):
            return 0
        return sum(weight * page.marks[mark] for mark, weight in here) / whole

    return Term(max(weight for _, weight in marks), of, "plain")


def _alike(searcher: Searcher, word: str) -> list[tuple[str, float]]:
    known = ((mark, likeness(word, mark)) for mark in searcher.known if mark[0] == word[0] and not is_japanese(mark))
    return [(mark, like) for mark, like in known if like > 0]


def _of_word(searcher: Searcher, word: str) -> Term:
    alike = _alike(searcher, word)
    if not alike:
        kana = _in_kana(searcher, word)
        if kana:
            return _of_run(searcher, kana)
    weights = [like * _telling(searcher, mark) for mark, like in alike]

    def of(page: Page) -> float:
        return max((like * page.marks.get(mark, 0) for mark, like in alike), default=0)

    return Term(max(weights) if weights else UNKNOWN_WORD * _telling(searcher, word), of, "plain")


def _meant(searcher: Searcher, word: str) -> str:
    """The known word a slip of the finger was meant to be."""
    if is_japanese(word) or searcher.is_known(word):
        return word
    alike = _alike(searcher, word)
    return max(alike, key=lambda one: one[1])[0] if alike else word


def _of_group(searcher: Searcher, group: Group, within: Sequence[Word]) -> Term:
    """`within`: the words in which alone the group was heard; who does not speak of them does not speak of it."""
    saying = sum(page in group.worth for page in searcher.pages)

    def of(page: Page) -> float:
        return 0 if any(page in word.missed_by for word in within) else SYNONYM * group.worth.get(page, 0)

    return Term(log(1 + len(searcher.pages) / max(1, saying)), of, group.kind)


def _worth_of(asked: Asked, page: Page) -> float:
    """The share of the question a page speaks of, and more when they share a whole phrase."""
    every = sum(term.weight for term in asked.terms)
    each = [(term, term.of(page)) for term in asked.terms]
    if any(term.kind != "plain" and told == 0 for term, told in each):
        return 0
    things = [told for term, told in each if term.kind != "deed"]
    if things and len(things) < len(each) and not any(told > TEXT for told in things):
        return 0
    told = sum(term.weight * told for term, told in each)
    met = sum(term.weight for term, told in each if told > MET)
    shared = (phrase.worth * _overlap(asked.whole, phrase.folded) for phrase in page.phrases)
    phrase = 0 if asked.misses(page) else max(shared, default=0)
    return (told / every) * (1 - MEETING + MEETING * met / every) + PHRASE * phrase


def _overlap(one: str, other: str) -> float:
    """1 for the same; less, the smaller the part that one is of the other."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return len(short) / len(long) if len(short) > 1 and short in long else 0


def _of_events(searcher: Searcher, worths: Sequence[float], id: str) -> float:
    """What is asked of a whole life event stands in the order of that event."""
    told = [0.0]
    for event, worth in zip(searcher.index["events"], worths, strict=True):
        procedures = event["procedures"]
        if id in procedures:
            told.append(worth * (1 - procedures.index(id) / len(procedures)))
    return max(told)
