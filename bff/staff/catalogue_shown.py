"""A version of a procedure's words as officials see it: beside what holds, and on the home of made-up people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bff.administration.households import MadeUp, who_meets
from bff.staff.catalogue_form import LANGUAGES
from bff.staff.words import day, word
from life_events import Catalogue, Step, Text
from life_events.amending import TEXTS, Amendment, Days, shipped
from life_events.catalogue import Attachment, Fee

NOTHING: Final = "—"


@dataclass(frozen=True)
class Row:
    """One thing that is otherwise; `before` and `after` in words."""

    label: str
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class Card:
    """A step on the home of the made-up people, as it is and as it would be."""

    step: Step
    is_it: bool
    """Whether it is the procedure looked at."""


@dataclass(frozen=True)
class Preview:
    """`who` None: it stands on nobody's home; `before`: her step as it holds; `whole`: all that is said of it."""

    who: MadeUp | None
    others: Sequence[MadeUp]
    cards: Sequence[Card]
    before: Step | None
    step: Step | None
    whole: Amendment


def differing(before: Amendment, after: Amendment) -> Sequence[Row]:
    """Of two that say everything (`life_events.amending.shipped`)."""
    return [*_texts(before, after), *_fee(before.fee, after.fee), *_papers(before, after), *_days(before, after)]


def preview(catalogue: Catalogue, now: Catalogue, ward: str, procedure: str, today: date, chosen: str) -> Preview:
    """`catalogue`: in which the version holds; `now`: as it is. `chosen`: id of a household, or of none."""
    meeting = who_meets(catalogue, ward, procedure, today)
    who = next((one for one in meeting if one.id == chosen), meeting[0] if meeting else None)
    whole = shipped(catalogue, ward, procedure)
    if who is None:
        return Preview(None, (), (), None, None, whole)
    bundles = who.home(catalogue, ward, today).bundles
    steps = [step for bundle in bundles for step in (*bundle.steps, *bundle.more)]
    cards = [Card(step, step.procedure == procedure) for bundle in bundles for step in bundle.steps]
    step = next(one for one in steps if one.procedure == procedure)
    before = who.home(now, ward, today).step(step.id)
    return Preview(who, meeting, cards, before, step, whole)


def _texts(before: Amendment, after: Amendment) -> Iterator[Row]:
    for name in TEXTS:
        yield from _text(word("catalogue_field", name), getattr(before, name), getattr(after, name))


def _text(label: str, before: Text | None, after: Text | None) -> Iterator[Row]:
    for language in LANGUAGES:
        one, other = _in(before, language), _in(after, language)
        if one != other:
            yield Row(label, word("language", language), one, other)


def _fee(before: Fee | None, after: Fee | None) -> Iterator[Row]:
    one, other = _yen(before), _yen(after)
    if one != other:
        yield Row(word("catalogue_field", "fee"), "", one, other)
    notes = (before.note if before else None), (after.note if after else None)
    yield from _text(word("catalogue_field", "fee_note"), *notes)


def _yen(fee: Fee | None) -> str:
    if fee is None or fee.yen is None:
        return word("catalogue", "fee_unknown")
    return f"{fee.yen:,}円"


def _papers(before: Amendment, after: Amendment) -> Iterator[Row]:
    old = {one.id: one for one in before.attachments or ()}
    new = {one.id: one for one in after.attachments or ()}
    for id in [*old, *(id for id in new if id not in old)]:
        if old.get(id) != new.get(id):
            told = [(_paper(old.get(id), language), _paper(new.get(id), language)) for language in LANGUAGES]
            yield from (
                Row(word("catalogue_field", "paper"), word("language", language), *pair)
                for language, pair in zip(LANGUAGES, told, strict=True)
                if pair[0] != pair[1]
            )


def _paper(one: Attachment | None, language: str) -> str:
    if one is None:
        return NOTHING
    needed = f"（{_in(one.needed, language)}）" if one.needed else ""
    return f"{_in(one.name, language)}{needed}{word('catalogue', 'original') if one.original else ''}"


def _days(before: Amendment, after: Amendment) -> Iterator[Row]:
    for id in [*before.terms, *(id for id in after.terms if id not in before.terms)]:
        if before.terms.get(id) != after.terms.get(id):
            yield Row(term_name(id), "", *(f"{one.terms[id]}日" for one in (before, after)))
    for id in [*before.windows, *(id for id in after.windows if id not in before.windows)]:
        if before.windows.get(id) != after.windows.get(id):
            yield Row(term_name(id), "", _window(before.windows.get(id)), _window(after.windows.get(id)))


def term_name(id: str) -> str:
    return word("catalogue_term", id)


def _window(days: Days | None) -> str:
    return NOTHING if days is None else f"{day(days.opens)}から{day(days.closes)}まで"


def _in(text: Text | None, language: str) -> str:
    said: Any = NOTHING if text is None else getattr(text, language)
    return str(said)
