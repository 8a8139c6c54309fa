"""The true OpenFisca-Japan through our connector. What it should say is worked out by hand from the law; where it says
otherwise the law is named, so that the day it is mended is noticed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bff.exchange.lean.pool import Pool
from bff.exchange.silence import Silent, Why
from bff.exchange.transport import LARGEST_ANSWER
from life_events.benefits import BenefitName, Benefits
from life_events.facts import Household, Member
from tests.connectors.test_benefits import HOUSEHOLD, NOVEMBER, Wired, member


@pytest.fixture
async def fisca(openfisca: str) -> AsyncIterator[Wired]:
    wired = Wired(Pool(), openfisca, LARGEST_ANSWER)
    yield wired
    await wired.http.aclose()


PARENTS = (member("mother", date(1980, 5, 5), "head"), member("father", date(1979, 3, 3), "spouse"))
ALONE = PARENTS[:1]


def home(*children: Member, parents: tuple[Member, ...] = PARENTS) -> Household:
    return Household(HOUSEHOLD.ward, HOUSEHOLD.address, HOUSEHOLD.postal_code, HOUSEHOLD.since, (*parents, *children))


def yen(told: Benefits, name: BenefitName = "jido_teate") -> list[int]:
    return [one.yen for one in told.monthly if one.name == name]


async def test_a_student_of_19_a_pupil_and_a_toddler_bring_nothing_10000_and_30000(fisca: Wired) -> None:
    family = home(
        member("student", date(2007, 5, 5)), member("pupil", date(2012, 5, 5)), member("toddler", date(2024, 5, 5))
    )
    told = await fisca.reckons(family)
    assert yen(told) == [0, 10_000, 30_000]
    assert yen(told, "jido_fuyo_teate") == [0, 0, 0]
    assert told.model == "openfisca-japan 2.2.0"


async def test_twins_after_a_pupil_bring_15000_and_30000(fisca: Wired) -> None:
    twins = (member("first", date(2025, 1, 10)), member("second", date(2025, 1, 10)))
    assert yen(await fisca.reckons(home(member("pupil", date(2012, 5, 5)), *twins))) == [10_000, 15_000, 30_000]


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 3, 31), 10_000), (date(2026, 4, 1), 0)])
async def test_an_april_1_child_is_paid_for_up_to_the_day_before_its_18th_birthday(
    fisca: Wired, on: date, expected: int
) -> None:
    assert yen(await fisca.reckons(home(member("teen", date(2008, 4, 1))), on)) == [expected]


async def test_a_mother_alone_with_two_children(fisca: Wired) -> None:
    two = (member("pupil", date(2012, 5, 5)), member("toddler", date(2024, 5, 5)))
    told = await fisca.reckons(home(*two, parents=ALONE))
    assert yen(told, "jido_fuyo_teate") == [46_690, 11_030]
    assert yen(told, "jido_ikusei_teate") == [13_500, 13_500]


async def test_it_drops_to_10000_on_the_third_birthday_though_the_month_is_paid_whole(fisca: Wired) -> None:
    """児童手当法6条1項 goes by months: 15,000 up to and with May 2027."""
    toddler = home(member("toddler", date(2024, 5, 5)))
    assert yen(await fisca.reckons(toddler, date(2027, 5, 4))) == [15_000]
    assert yen(await fisca.reckons(toddler, date(2027, 5, 31))) == [10_000]


async def test_it_counts_an_eldest_of_22_beyond_the_end_of_the_school_year(fisca: Wired) -> None:
    """児童手当法3条1項: born on 2003-06-01, she counts up to 2026-03-31; the third brings 15,000 from April."""
    family = home(
        member("eldest", date(2003, 6, 1)), member("pupil", date(2012, 5, 5)), member("toddler", date(2024, 5, 5))
    )
    assert yen(await fisca.reckons(family, date(2026, 4, 1))) == [0, 10_000, 30_000]
    assert yen(await fisca.reckons(family, date(2026, 6, 1))) == [0, 10_000, 15_000]


async def test_it_gives_the_rates_of_april_2025_from_november_2024_on(fisca: Wired) -> None:
    """児童扶養手当法施行令: 45,500 and 10,750 up to 2025-03."""
    two = (member("pupil", date(2012, 5, 5)), member("toddler", date(2024, 5, 5)))
    told = await fisca.reckons(home(*two, parents=ALONE), date(2024, 11, 1))
    assert yen(told, "jido_fuyo_teate") == [46_690, 11_030]


async def test_it_knows_no_child_allowance_before_october_2024_and_is_silent(fisca: Wired) -> None:
    with pytest.raises(Silent) as caught:
        await fisca.reckons(on=date(2024, 9, 30))
    assert caught.value.why is Why.UNAVAILABLE


async def test_twenty_children_are_reckoned_in_one_call(fisca: Wired) -> None:
    many = home(*(member(f"c{year}", date(year, 5, 5)) for year in range(2007, 2027)))
    told = await fisca.reckons(many, NOVEMBER)
    assert sum(yen(told)) == 10_000 + 18 * 30_000
    assert len(fisca.log) == 1
