"""そびれゼロ: how much a step is worth. Two hands reckon, ours and OpenFisca-Japan's, and neither hides the other."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from life_events.allowances import Reckoned, children_of
from life_events.catalogue import Catalogue
from life_events.entitlements import FIXED, MONTHLY, Fixed, Monthly, Per
from life_events.facts import Facts
from life_events.law import Confidence, Law, Number
from life_events.standing import standing
from life_events.terms import Text, Unknown
from life_events.wording import say

Hand = Literal["law", "benefits"]
SURE = "A"


class Amount(Struct, frozen=True, kw_only=True):
    """`yen` None: nobody can say. `told_by`: whose figure it is, our dated numbers or the source `benefits`.

    `ours` and `theirs`: both figures under the same assumption; `law` and `confidence` are of ours.
    """

    yen: int | None
    per: Per
    text: Text
    told_by: Hand | None
    ours: int | None = None
    theirs: int | None = None
    law: str | None = None
    confidence: Confidence | None = None

    @property
    def disputed(self) -> bool:
        return self.ours is not None and self.theirs is not None and self.ours != self.theirs


def amount_of(catalogue: Catalogue, procedure: str, facts: Facts, today: date, person: str | None) -> Amount | None:
    """What `procedure` brings `person` (None: the household) on that day; None: it is not about money, or not for her.

    Our number counts where it was read on an official page (confidence A); else OpenFisca's; else nobody knows.
    """
    facts = standing(facts, catalogue, today)
    sheet, texts = catalogue.procedures[procedure].fact_sheet, catalogue.words.amounts
    try:
        if sheet in MONTHLY:
            return _monthly(
                texts, MONTHLY[sheet], both_hands(MONTHLY[sheet], facts, catalogue.law, today, person), today
            )
        return _fixed(texts, FIXED[sheet], facts, catalogue.law, today) if sheet in FIXED else None
    except LookupError:
        return None


class Pair(Struct, frozen=True, kw_only=True):
    """Both hands for one allowance, yen a month; None: that hand says nothing.

    `ours` and `theirs` take every older sibling as confirmed (確認書), since OpenFisca-Japan does; `due` and
    `if_confirmed` do not.
    """

    ours: int | None
    theirs: int | None
    due: int | None
    if_confirmed: int | None
    rests_on: tuple[Number, ...]

    def confidence(self, on: date) -> Confidence | None:
        """Of our figure, as sure as the weakest number it rests upon; None: we have none."""
        return _weakest(self.rests_on, on)


def both_hands(allowance: Monthly, facts: Facts, law: Law, today: date, person: str | None) -> Pair:
    """For one child, or (None) for all of the household together."""
    persons = [child.person for child in children_of(facts)] if person is None else [person]
    reckoned = [one for person in persons if (one := _ours(allowance, facts, law, today, person)) is not None]
    theirs = [_theirs(allowance, facts, person, today) for person in persons]
    due = _sum(one.yen for one in reckoned)
    hoped = _sum(one.yen if one.if_confirmed is None else one.if_confirmed for one in reckoned)
    return Pair(
        ours=_sum(one.if_all_count for one in reckoned),
        theirs=None if None in theirs else _sum(one for one in theirs if one is not None),
        due=due,
        if_confirmed=None if hoped == due else hoped,
        rests_on=tuple(law.numbers[id] for one in reckoned for id in one.rests_on),
    )


def _monthly(texts: Mapping[str, Text], allowance: Monthly, pair: Pair, today: date) -> Amount | None:
    """The text tells ours when it is sure; theirs, when it is not; a figure of nobody is unknown."""
    if pair.ours is None and not pair.theirs:
        return None
    confidence = pair.confidence(today)
    yen: int | None = None
    told_by: Hand | None = None
    if confidence == SURE:
        yen, told_by = pair.due, "law"
    elif pair.theirs:
        yen, told_by = pair.theirs, "benefits"
    key = allowance.text if yen is not None else "unknown"
    if told_by == "law" and pair.if_confirmed is not None:
        key = allowance.text_if_confirmed
    return Amount(
        yen=yen,
        per="month",
        text=say(texts[key], {"yen": _commas(yen), "more": _commas(pair.if_confirmed)}),
        told_by=told_by,
        ours=pair.ours,
        theirs=pair.theirs,
        law=pair.rests_on[0].law if pair.rests_on else None,
        confidence=confidence,
    )


def _fixed(texts: Mapping[str, Text], fixed: Fixed, facts: Facts, law: Law, today: date) -> Amount:
    numbers = [law.numbers[id] for id in (*fixed.yen, *fixed.others.values())]
    yen = sum(law.numbers[id].on(today) for id in fixed.yen)
    alone = not isinstance(facts.registry, Unknown) and len(facts.registry.members) == 1
    if fixed.alone is not None and alone:
        yen = yen * law.numbers[fixed.alone].on(today) // 100
    confidence = _weakest(numbers, today)
    sure = confidence == SURE
    others = {name: _commas(law.numbers[id].on(today)) for name, id in fixed.others.items()}
    return Amount(
        yen=yen if sure else None,
        per=fixed.per,
        text=say(texts[fixed.text], {"yen": _commas(yen), **others}) if sure else texts["unknown"],
        told_by="law" if sure else None,
        ours=yen,
        law=numbers[0].law,
        confidence=confidence,
    )


def _ours(allowance: Monthly, facts: Facts, law: Law, today: date, person: str) -> Reckoned | None:
    """None also for a day before the law had a number for it."""
    try:
        return allowance.reckon(facts, law, today, person)
    except LookupError:
        return None


def _theirs(allowance: Monthly, facts: Facts, person: str, today: date) -> int | None:
    return None if isinstance(facts.benefits, Unknown) else facts.benefits.yen(allowance.name, person, today)


def _weakest(numbers: Iterable[Number], today: date) -> Confidence | None:
    return max((number.confidence_on(today) for number in numbers), default=None)


def _sum(yen: Iterable[int]) -> int | None:
    """None of nobody."""
    figures = list(yen)
    return sum(figures) if figures else None


def _commas(yen: int | None) -> str:
    return "" if yen is None else f"{yen:,}"
