"""How much there is for a family: expected figures are worked out by hand from the law, month by month."""

from datetime import date

import pytest
from msgspec.structs import replace

from life_events import (
    BOTH_HANDS,
    UNKNOWN,
    Amount,
    Answers,
    Benefit,
    Benefits,
    Catalogue,
    Facts,
    Household,
    Member,
    amount_of,
    both_hands,
)
from life_events.entitlements import FIXED, MONTHLY

MINATO = "131032"
CLAIM, SUPPORT_018 = "child_allowance_claim", "metropolitan_018_support"
NOVEMBER = date(2026, 11, 25)


def member(person: str, born: date, relation: str = "child") -> Member:
    return Member(person, relation == "head", "佐藤", "サトウ", born, "female", relation)  # type: ignore[arg-type]


MOTHER = member("mother", date(1980, 5, 5), "head")
FATHER = member("father", date(1979, 3, 3), "spouse")


def family(*children: Member, parents: tuple[Member, ...] = (MOTHER, FATHER), **more: object) -> Facts:
    home = Household(MINATO, "東京都港区芝公園1-5-25", "1050011", date(2015, 4, 1), (*parents, *children))
    return Facts(registry=home, **more)  # type: ignore[arg-type]


def yen(catalogue: Catalogue, facts: Facts, child: str | None, on: date = NOVEMBER) -> int | None:
    amount = amount_of(catalogue, CLAIM, facts, on, child)
    return amount and amount.yen


def reckoned(on: date = NOVEMBER, **yen: int) -> Benefits:
    return Benefits(on, tuple(Benefit(child, "jido_teate", each) for child, each in yen.items()))


STUDENT = member("student", date(2007, 5, 5))
PUPIL = member("pupil", date(2012, 5, 5))
TODDLER = member("toddler", date(2024, 5, 5))


def test_a_first_baby_brings_15000_and_a_pupil_10000(catalogue: Catalogue) -> None:
    home = family(PUPIL, TODDLER)
    assert (yen(catalogue, home, "pupil"), yen(catalogue, home, "toddler")) == (10_000, 15_000)
    assert yen(catalogue, home, None) == 25_000


def test_the_third_child_brings_30000_when_a_student_of_19_is_confirmed(catalogue: Catalogue) -> None:
    home = family(STUDENT, PUPIL, TODDLER, answers=Answers({"bears_cost:student": True}))
    assert yen(catalogue, home, "student") is None
    assert yen(catalogue, home, "pupil") == 10_000
    assert yen(catalogue, home, "toddler") == 30_000


def test_without_the_confirmation_the_student_does_not_count_and_the_family_is_told_what_it_misses(
    catalogue: Catalogue,
) -> None:
    amount = amount_of(catalogue, CLAIM, family(STUDENT, PUPIL, TODDLER), NOVEMBER, "toddler")
    assert amount is not None
    assert amount.yen == 15_000
    assert "30,000円" in amount.text.ja
    assert "確認書" in amount.text.easy
    assert "30,000 yen" in amount.text.en


def test_a_student_who_pays_for_herself_does_not_count_and_nothing_is_promised(catalogue: Catalogue) -> None:
    home = family(STUDENT, PUPIL, TODDLER, answers=Answers({"bears_cost:student": False}))
    amount = amount_of(catalogue, CLAIM, home, NOVEMBER, "toddler")
    assert amount is not None
    assert (amount.yen, amount.text.ja) == (15_000, "月額 15,000円")


def test_three_minors_need_no_confirmation(catalogue: Catalogue) -> None:
    home = family(member("eldest", date(2009, 6, 1)), PUPIL, TODDLER)
    assert [yen(catalogue, home, child) for child in ("eldest", "pupil", "toddler")] == [10_000, 10_000, 30_000]


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 3, 31), 30_000), (date(2026, 4, 1), 15_000)],
)
def test_an_eldest_of_22_counts_up_to_the_end_of_that_school_year(
    catalogue: Catalogue, on: date, expected: int
) -> None:
    eldest = member("eldest", date(2003, 6, 1))
    home = family(eldest, PUPIL, TODDLER, answers=Answers({"bears_cost:eldest": True}))
    assert yen(catalogue, home, "toddler", on) == expected


@pytest.mark.parametrize(
    ("born", "last"),
    [(date(2008, 4, 1), date(2026, 3, 31)), (date(2008, 4, 2), date(2027, 3, 31))],
)
def test_an_april_1_child_is_paid_for_a_year_less(catalogue: Catalogue, born: date, last: date) -> None:
    home = family(member("teen", born))
    assert yen(catalogue, home, "teen", last) == 10_000
    assert yen(catalogue, home, "teen", last.replace(month=4, day=1)) is None


@pytest.mark.parametrize(("on", "expected"), [(date(2027, 5, 31), 15_000), (date(2027, 6, 1), 10_000)])
def test_the_month_of_the_third_birthday_still_brings_15000(catalogue: Catalogue, on: date, expected: int) -> None:
    assert yen(catalogue, family(TODDLER), "toddler", on) == expected


def test_before_october_2024_the_third_child_brought_15000_and_a_pupil_past_primary_school_10000(
    catalogue: Catalogue,
) -> None:
    home = family(
        member("eldest", date(2007, 5, 5)), member("second", date(2010, 5, 5)), member("third", date(2015, 5, 5))
    )
    pair = both_hands(BOTH_HANDS[0], home, catalogue.law, date(2024, 9, 30), "third")
    assert pair.ours == 15_000
    assert yen(catalogue, home, "third", date(2024, 9, 30)) is None
    assert yen(catalogue, home, "third", date(2024, 10, 1)) == 30_000


def test_twins_have_a_place_each(catalogue: Catalogue) -> None:
    twins = (member("first", date(2025, 1, 10)), member("second", date(2025, 1, 10)))
    home = family(PUPIL, *twins)
    assert [yen(catalogue, home, child.person) for child in twins] == [15_000, 30_000]


def test_when_both_hands_agree_nothing_is_disputed(catalogue: Catalogue) -> None:
    home = family(PUPIL, TODDLER, benefits=reckoned(pupil=10_000, toddler=15_000))
    amount = amount_of(catalogue, CLAIM, home, NOVEMBER, "toddler")
    assert amount is not None
    assert (amount.yen, amount.told_by, amount.theirs, amount.disputed) == (15_000, "law", 15_000, False)


def test_what_an_official_page_says_goes_before_the_other_hand_and_the_dispute_is_kept(catalogue: Catalogue) -> None:
    home = family(TODDLER, benefits=reckoned(date(2027, 5, 10), toddler=10_000))
    amount = amount_of(catalogue, CLAIM, home, date(2027, 5, 10), "toddler")
    assert amount is not None
    assert (amount.yen, amount.told_by, amount.ours, amount.theirs) == (15_000, "law", 15_000, 10_000)
    assert amount.disputed


def test_a_student_nobody_confirmed_is_no_dispute_since_the_other_hand_counts_her(catalogue: Catalogue) -> None:
    home = family(STUDENT, PUPIL, TODDLER, benefits=reckoned(toddler=30_000))
    for said in (Answers(), Answers({"bears_cost:student": False})):
        amount = amount_of(
            catalogue, CLAIM, Facts(registry=home.registry, benefits=home.benefits, answers=said), NOVEMBER, "toddler"
        )
        assert amount is not None
        assert (amount.yen, amount.disputed) == (15_000, False)


def test_what_was_reckoned_last_month_is_not_held_against_this_one(catalogue: Catalogue) -> None:
    home = family(TODDLER, benefits=reckoned(date(2026, 10, 31), toddler=99))
    amount = amount_of(catalogue, CLAIM, home, NOVEMBER, "toddler")
    assert amount is not None
    assert amount.theirs is None


@pytest.mark.parametrize("child", ["mother", "nobody"])
def test_somebody_who_is_no_child_brings_no_allowance(catalogue: Catalogue, child: str) -> None:
    assert amount_of(catalogue, CLAIM, family(TODDLER), NOVEMBER, child) is None


def test_an_unknown_household_tells_no_allowance_but_018_is_5000_a_month(catalogue: Catalogue) -> None:
    assert Facts().registry is UNKNOWN
    assert amount_of(catalogue, CLAIM, Facts(), NOVEMBER, "toddler") is None
    amount = amount_of(catalogue, SUPPORT_018, Facts(), NOVEMBER, "toddler")
    assert amount is not None
    assert (amount.yen, amount.per, amount.confidence) == (5_000, "month", "A")


def test_a_notice_about_no_money_has_no_amount(catalogue: Catalogue) -> None:
    assert amount_of(catalogue, "move_in_notice", family(TODDLER), NOVEMBER, None) is None


def of_sheet(catalogue: Catalogue, sheet: str, facts: Facts, on: date = NOVEMBER, person: str | None = None) -> Amount:
    """The amount of the procedure with this number in the sheet, whether or not its file is there yet."""
    borrowed = replace(catalogue.procedures[CLAIM], fact_sheet=sheet)
    amount = amount_of(replace(catalogue, procedures={CLAIM: borrowed}), CLAIM, facts, on, person)
    assert amount is not None
    return amount


@pytest.mark.parametrize(
    ("sheet", "yen", "per", "words"),
    [
        ("bi02", 50_000, "once", "50,000円"),
        ("bi03", 50_000, "once", "胎児1人につき 50,000円"),
        ("bi08", 500_000, "once", "488,000円"),
        ("bi10", 100_000, "once", "100,000ポイント"),
        ("ka07", 140_100, "month", "15,000円から 140,100円"),
        ("ka08", 390, "day", "1日 300円"),
        ("ka09", 100_000, "year", "100,000円"),
        ("ka10", 200_000, "once", "200,000円"),
        ("hi05", 5_000_000, "once", "2,500,000円"),
        ("hi06", 2_500_000, "once", "1,250,000円"),
        ("hi07", 3_500_000, "once", "返済"),
        ("hi08", 3_000_000, "once", "3,000,000円"),
    ],
)
def test_every_amount_of_the_sheet_is_said_in_words(
    catalogue: Catalogue, sheet: str, yen: int, per: str, words: str
) -> None:
    amount = of_sheet(catalogue, sheet, family(TODDLER))
    assert (amount.yen, amount.per, amount.told_by) == (yen, per, "law")
    assert words in amount.text.ja


def test_somebody_who_lives_alone_gets_three_quarters_of_the_recovery_grant(catalogue: Catalogue) -> None:
    assert of_sheet(catalogue, "hi08", family(parents=(MOTHER,))).yen == 2_250_000


def test_a_figure_that_changes_with_each_disaster_is_not_told(catalogue: Catalogue) -> None:
    amount = of_sheet(catalogue, "hi03", family(TODDLER))
    assert (amount.yen, amount.ours, amount.confidence) == (None, 706_000, "B")
    assert "まだ分かりません" in amount.text.ja


def single(name: str, **yen: int) -> Benefits:
    return Benefits(NOVEMBER, tuple(Benefit(child, name, each) for child, each in yen.items()))  # type: ignore[arg-type]


def test_a_mother_alone_is_told_what_the_other_hand_reckons_where_our_own_number_is_unsure(
    catalogue: Catalogue,
) -> None:
    alone = (MOTHER,)
    heard = family(PUPIL, parents=alone, benefits=single("jido_ikusei_teate", pupil=13_500))
    amount = of_sheet(catalogue, "bi13", heard, person="pupil")
    assert (amount.yen, amount.told_by, amount.confidence, amount.disputed) == (13_500, "benefits", "B", False)
    silent = of_sheet(catalogue, "bi13", family(PUPIL, parents=alone), person="pupil")
    assert (silent.yen, silent.told_by) == (None, None)
    assert silent.text.en == "The amount is not known yet. Please ask at the counter."


def test_the_single_parent_allowance_of_two_children_before_and_after_november_2024(catalogue: Catalogue) -> None:
    three = family(PUPIL, member("second", date(2015, 1, 1)), member("third", date(2018, 1, 1)), parents=(MOTHER,))
    allowance = MONTHLY["ko14"]
    october = both_hands(allowance, three, catalogue.law, date(2024, 10, 31), None)
    november = both_hands(allowance, three, catalogue.law, date(2024, 11, 1), None)
    assert october.ours == 45_500 + 10_750 + 6_450
    assert november.ours == 45_500 + 10_750 + 10_750


def test_in_2024_a_girl_of_17_still_brought_the_single_parent_allowance_though_child_allowance_had_ended(
    catalogue: Catalogue,
) -> None:
    """児童扶養手当法3条: to the end of the fiscal year of 18, also while child allowance ended with that of 15."""
    alone = family(member("teen", date(2007, 5, 5)), parents=(MOTHER,))
    september = date(2024, 9, 30)
    assert both_hands(MONTHLY["ko14b"], alone, catalogue.law, september, "teen").ours == 45_500
    assert both_hands(BOTH_HANDS[0], alone, catalogue.law, september, "teen").ours is None


def test_a_daughter_with_a_child_in_the_house_of_her_parents_has_the_amounts_of_her_own_child(
    catalogue: Catalogue,
) -> None:
    parents = (member("grandfather", date(1955, 1, 1), "spouse"), member("grandmother", date(1956, 1, 1), "head"))
    daughter = Member("daughter", True, "佐藤", "サトウ", date(1996, 5, 5), "female", "child")
    elders = tuple(replace(one, me=False) for one in parents)
    baby = member("baby", date(2026, 5, 5), "other")
    home = family(daughter, baby, parents=elders, answers=Answers({"my_child:baby": True}))
    assert yen(catalogue, home, "baby") == 15_000
    assert yen(catalogue, home, "daughter") is None
    assert both_hands(MONTHLY["ko14b"], home, catalogue.law, NOVEMBER, None).ours == 46_690


def test_two_parents_are_no_single_parent(catalogue: Catalogue) -> None:
    pair = both_hands(MONTHLY["ko14"], family(PUPIL), catalogue.law, NOVEMBER, None)
    assert (pair.ours, pair.theirs) == (None, None)


def test_every_number_an_amount_rests_on_is_in_the_law_with_its_source(catalogue: Catalogue) -> None:
    for fixed in FIXED.values():
        for id in (*fixed.yen, *fixed.others.values()):
            number = catalogue.law.numbers[id]
            assert number.law
            assert number.sources, id
