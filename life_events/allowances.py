"""Monthly allowances reckoned for one child of a household on one day, by our own dated numbers.

Each function answers None for somebody the allowance is not for. Incomes are not known: where a line of income
matters, the figure is what is paid below it.
"""

from datetime import date

import msgspec
from msgspec import Struct

from life_events.dates import birthday, fiscal_year_end_from_age
from life_events.facts import Answers, Facts, Member
from life_events.law import Law
from life_events.parents import has_partner, raised_by_me
from life_events.terms import Unknown

THIRD = 3
BEARS_COST = "bears_cost"
"""Asked of each child past the school year of 18: does the parent bear its cost, with the 確認書 filed?"""


class Reckoned(Struct, frozen=True, kw_only=True):
    """Yen a month; `rests_on`: ids of the numbers.

    `if_confirmed`: yen once the older siblings nothing is said of are confirmed (確認書), None: there are none.
    `if_all_count`: yen if all of them were, whatever she said.
    """

    yen: int
    rests_on: tuple[str, ...]
    if_all_count: int
    if_confirmed: int | None = None


def child_allowance(facts: Facts, law: Law, today: date, person: str) -> Reckoned | None:
    """児童手当法3条・6条: by age and place among the children, those past 18 counted only when confirmed."""
    children = children_of(facts)
    child = next((one for one in children if one.person == person), None)
    if child is None or not _until(child, law, "child_allowance_until_age", today):
        return None
    number, yen = _rate(child, _place(child, children, facts, law, today, unsaid=False), law, today)
    hoped = _rate(child, _place(child, children, facts, law, today, unsaid=True), law, today)[1]
    everyone = msgspec.structs.replace(facts, answers=Answers())
    return Reckoned(
        yen=yen,
        rests_on=(number, "child_allowance_until_age", "child_allowance_counts_until_age"),
        if_all_count=_rate(child, _place(child, children, everyone, law, today, unsaid=True), law, today)[1],
        if_confirmed=None if hoped == yen else hoped,
    )


def confirmation_matters(facts: Facts, law: Law, today: date, person: str) -> bool:
    """Whether counting this child past 18 (確認書) raises what is paid for a younger one.

    Others of whom nothing is said are taken to count, since two may make the third together.
    """

    def paid(counts: bool) -> list[int]:
        told = Answers({**facts.answers.values, f"{BEARS_COST}:{person}": counts})
        supposed = msgspec.structs.replace(facts, answers=told)
        reckoned = [child_allowance(supposed, law, today, child.person) for child in children_of(facts)]
        return [one.yen if one.if_confirmed is None else one.if_confirmed for one in reckoned if one is not None]

    return law.in_force("yen_child_allowance_third", today) and paid(True) != paid(False)


def single_parent(facts: Facts, law: Law, today: date, person: str) -> Reckoned | None:
    """児童扶養手当法5条: the most that is paid; what each child adds by its place."""
    return _of_single_parent(facts, law, today, person, ("yen_single_parent_first", "yen_single_parent_second"))


def metropolitan_single_parent(facts: Facts, law: Law, today: date, person: str) -> Reckoned | None:
    """児童育成手当 (育成手当): the same for every child."""
    return _of_single_parent(facts, law, today, person, ("yen_metropolitan_single_parent",))


def _of_single_parent(facts: Facts, law: Law, today: date, person: str, by_place: tuple[str, ...]) -> Reckoned | None:
    home = facts.registry
    if isinstance(home, Unknown) or has_partner(home):
        return None
    paid = [one for one in children_of(facts) if _until(one, law, "single_parent_until_age", today)]
    places = [one.person for one in paid]
    if person not in places:
        return None
    place = places.index(person)
    numbers = (*by_place, "yen_single_parent_third") if len(by_place) > 1 else by_place
    number = numbers[min(place, len(numbers) - 1)]
    yen = law.numbers[number].on(today)
    return Reckoned(yen=yen, rests_on=(number,), if_all_count=yen)


def children_of(facts: Facts) -> list[Member]:
    """The eldest first: those whom the signed-in person raises."""
    home = facts.registry
    if isinstance(home, Unknown):
        return []
    children = [one for one in home.members if raised_by_me(facts, home, one)]
    return sorted(children, key=lambda one: (one.birth_date, one.person))


def _until(child: Member, law: Law, age: str, today: date) -> bool:
    """Whether the fiscal year in which the child reaches the age `age` has not ended."""
    return today <= fiscal_year_end_from_age(child.birth_date, law.numbers[age].on(today))


def _place(child: Member, children: list[Member], facts: Facts, law: Law, today: date, *, unsaid: bool) -> int:
    """1 for the first that counts; `unsaid`: whether an older one past 18 of whom nothing is said counts."""
    place = 1
    for older in children[: children.index(child)]:
        if not _until(older, law, "child_allowance_counts_until_age", today):
            continue
        confirmed = facts.answers.yes(BEARS_COST, older.person)
        minor = _until(older, law, "child_allowance_is_child_until_age", today)
        place += minor or confirmed is True or (unsaid and confirmed is None)
    return place


def _rate(child: Member, place: int, law: Law, today: date) -> tuple[str, int]:
    """The number that holds and its yen; three years end with the month of the birthday."""
    third = birthday(child.birth_date, 3)
    under_3 = (today.year, today.month) <= (third.year, third.month)
    if place >= THIRD and _until(child, law, "child_allowance_third_until_age", today):
        number = "yen_child_allowance_third"
    else:
        number = "yen_child_allowance_under_3" if under_3 else "yen_child_allowance_from_3"
    return number, law.numbers[number].on(today)
