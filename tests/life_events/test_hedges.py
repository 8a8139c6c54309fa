"""A last day that rests on an unconfirmed number (confidence C) is never told as firm law, in any language."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from msgspec.structs import asdict, replace

from life_events import Catalogue, Text
from life_events.judged import verdicts
from life_events.law import Law
from life_events.verdict import Due, NotYet
from tests.life_events.situation import Situation, every_situation

HEDGES = {
    "ja": ("目安", "見込み", "ごろ", "ころ", "お確かめ", "ご確認", "お尋ね", "安心です"),
    "easy": ("だいたい", "ごろ", "見こみ", "聞いて", "たしかめて", "はなして"),
    "en": ("about", "usual", "expected", "ask", "confirm", "check with", "best done"),
}
USED: list[str] = []


class Watched(Law, frozen=True):
    """The law, writing down which of its numbers a rule has counted with."""

    def last_day(self, id: str, event: date) -> date:
        USED.append(id)
        return super().last_day(id, event)

    def last_day_of_months(self, id: str, event: date) -> date:
        USED.append(id)
        return super().last_day_of_months(id, event)

    def yearly(self, id: str, today: date) -> tuple[date, date]:
        USED.append(id)
        return super().yearly(id, today)

    def days(self, id: str, on: date) -> timedelta:
        USED.append(id)
        return super().days(id, on)

    def number(self, id: str, on: date) -> int:
        if id.endswith("_months"):
            USED.append(id)
        return super().number(id, on)


def unconfirmed(law: Law, id: str) -> bool:
    """Reminders of our own (their `law` stands in brackets), first days and ages set no last day."""
    entry = law.numbers.get(id) or law.yearlies[id]
    counts = not entry.law.startswith("（") and not id.endswith(("_opens_before", "_age"))
    return entry.confidence == "C" and counts


def told_days(catalogue: Catalogue, situation: Situation) -> Iterator[tuple[str, Text, set[str]]]:
    """The reasons of every step with a last day, and the unconfirmed numbers counted with."""
    catalogue = situation.under(catalogue)
    law = Watched(**asdict(catalogue.law_in(situation.ward)))
    catalogue = replace(catalogue, law=law)
    for id, rule in catalogue.rules.items():
        USED.clear()
        for _, verdict in verdicts(rule, situation.facts, catalogue, situation.today):
            if isinstance(verdict, Due | NotYet) and verdict.by is not None:
                key = verdict.because.key
                yield f"{id}.{key}", catalogue.procedures[id].reasons[key], {u for u in USED if unconfirmed(law, u)}
            USED.clear()


@pytest.fixture(scope="module")
def resting_on_doubt(catalogue: Catalogue) -> dict[str, Text]:
    found = (each for situation in every_situation() for each in told_days(catalogue, situation))
    return {name: text for name, text, doubtful in found if doubtful}


def test_no_last_day_in_doubt_is_told_without_saying_so(resting_on_doubt: dict[str, Text]) -> None:
    firm = {
        f"{name} ({language}): {said}"
        for name, text in resting_on_doubt.items()
        for language, hedges in HEDGES.items()
        if (said := getattr(text, language)) and not any(hedge in said.lower() for hedge in hedges)
    }
    assert sorted(firm) == []


def test_the_situations_walk_into_doubt_often_enough_to_be_worth_the_question(
    resting_on_doubt: dict[str, Text],
) -> None:
    assert {"debris_removal.blocked", "disaster_relief_loan.damaged", "emergency_repair.large"} <= set(resting_on_doubt)
