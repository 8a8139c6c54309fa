"""Whom a change of a move concerns: told as certain, with an if, or not at all."""

from datetime import date

import pytest
from msgspec.structs import replace

from life_events import Answers, CareRecord, CareRecords, Catalogue, Facts, difference
from life_events.checking import WrongData, check
from tests.life_events.people import YOSHI, hana

SETAGAYA = "131121"
FRIDAY = date(2026, 12, 18)


def told_of_the_card(catalogue: Catalogue, facts: Facts) -> list[bool]:
    """Of each change of the cost-limit card, whether it is told with an if."""
    found = difference(facts, catalogue, SETAGAYA, FRIDAY, date(2026, 11, 25))
    assert found is not None
    return [change.only_if is not None for change in found.of(YOSHI.person) if change.ripple == "care_cost_limit"]


def certified(cost_limit_until: date | None = None, life: str | None = None) -> Facts:
    record = CareRecord(YOSHI.person, "0000123456", "care2", date(2026, 7, 1), date(2027, 6, 30))
    answers = Answers({f"care_life:{YOSHI.person}": life} if life else {})
    return hana(care=CareRecords((replace(record, cost_limit_until=cost_limit_until),)), answers=answers)


def test_the_card_of_a_grandmother_in_a_facility_lapses_and_is_asked_for_anew(catalogue: Catalogue) -> None:
    assert told_of_the_card(catalogue, certified(cost_limit_until=date(2027, 7, 31))) == [False, False]


@pytest.mark.parametrize("life", [None, "home", "none"])
def test_a_grandmother_at_home_hears_nothing_of_a_card_for_facilities(catalogue: Catalogue, life: str | None) -> None:
    assert told_of_the_card(catalogue, certified(life=life)) == []


def test_one_in_a_facility_without_a_card_hears_of_it_with_an_if(catalogue: Catalogue) -> None:
    assert told_of_the_card(catalogue, certified(life="facility")) == [True, True]


def test_a_card_that_ended_before_the_move_is_no_card(catalogue: Catalogue) -> None:
    assert told_of_the_card(catalogue, certified(cost_limit_until=date(2026, 7, 31))) == []


def test_a_ripple_that_waits_for_an_answer_nobody_is_asked_for_is_refused(catalogue: Catalogue) -> None:
    dog = next(ripple for ripple in catalogue.ripples if ripple.id == "dog")
    lost = replace(dog, who=replace(dog.who, facts=("answer:has_a_dog",)))
    with pytest.raises(WrongData, match="nobody is asked has_a_dog"):
        check(replace(catalogue, ripples=(lost,)))
