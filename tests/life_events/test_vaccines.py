"""The vaccine data read as the law words it; expected days by hand from the fact sheet, section 3.4."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import life_events
from life_events import Catalogue, WrongData, load_catalogue
from life_events.vaccine_visits import as_usual, next_visit, of_children
from life_events.vaccines import Vaccine, outlook, planned

DATA = Path(life_events.__file__).parent / "data"
CATALOGUE = load_catalogue()
VACCINES = CATALOGUE.law.vaccines
BIRTHS = st.dates(date(2024, 4, 1), date(2040, 12, 31))


def vaccine(id: str) -> Vaccine:
    return CATALOGUE.law.vaccine(id)


def numbers(id: str, birth: date, given: list[date], today: date) -> list[tuple[int, date, date]]:
    """Number, earliest and last day of each dose still to come."""
    return [(dose.number, dose.earliest, dose.last) for dose in planned(vaccine(id), birth, given, today)]


def test_the_sheet_s_sixteen_vaccines_are_there(catalogue: Catalogue) -> None:
    assert {one.id for one in catalogue.law.vaccines} == {
        *("rsv_maternal", "rota1", "rota5", "hepb", "pcv", "dpt5", "bcg", "mr1", "mr2", "varicella"),
        *("je1", "je2", "dt2", "hpv", "mumps", "influenza"),
    }


def test_every_vaccine_is_named_in_three_languages(catalogue: Catalogue) -> None:
    for one in catalogue.law.vaccines:
        assert one.name.ja.strip()
        assert one.name.easy.strip()
        assert one.name.en.isascii()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("before = { months = 12 }", "before = { months = 12, days = 3 }", "exactly one way"),
        ("days_between = 139", "days_between = 139, months = 5", "either in days or in months"),
        ("after = 1, days_between = 139", "after = 3, days_between = 139", "dose 3 counts from a dose not before it"),
        ('target = "child"', 'target = "cat"', "target"),
    ],
)
def test_a_wrong_vaccine_is_named_with_its_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = data / "vaccines" / "hepb.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongData, match=said) as wrong:
        load_catalogue(data)
    assert wrong.value.file == "hepb.toml"


@pytest.mark.parametrize(
    ("id", "first", "last"),
    [
        ("rota1", date(2026, 12, 26), date(2027, 5, 1)),  # 42 and 168 days after the birth
        ("rota5", date(2026, 12, 26), date(2027, 6, 26)),  # 224 days
        ("hepb", date(2026, 11, 14), date(2027, 11, 13)),  # under 12 months, from the birth
        ("pcv", date(2027, 1, 14), date(2031, 11, 13)),  # under 60 months
        ("dpt5", date(2027, 1, 14), date(2034, 5, 13)),  # under 90 months
        ("bcg", date(2026, 11, 14), date(2027, 11, 13)),
        ("mr1", date(2027, 11, 14), date(2028, 11, 13)),
        ("mr2", date(2032, 4, 1), date(2033, 3, 31)),  # school begins on 2033-04-01
        ("varicella", date(2027, 11, 14), date(2029, 11, 13)),
        ("je1", date(2027, 5, 14), date(2034, 5, 13)),
        ("je2", date(2035, 11, 14), date(2039, 11, 13)),
        ("dt2", date(2037, 11, 14), date(2039, 11, 13)),
        ("hpv", date(2038, 4, 1), date(2043, 3, 31)),  # 小6 to 高1
    ],
)
def test_nao_born_on_14_november_2026_has_these_windows(id: str, first: date, last: date) -> None:
    assert vaccine(id).window(date(2026, 11, 14)) == (first, last)


def test_a_child_who_begins_pneumococcus_at_eight_months_has_two_doses_and_a_booster_at_one_year() -> None:
    # begun 2027-07-20; +28 = 08-17; booster 61 days after and at 12 months: 2027-11-14
    coming = numbers("pcv", date(2026, 11, 14), [date(2027, 7, 20), date(2027, 8, 17)], date(2027, 8, 18))
    assert coming == [(3, date(2027, 11, 14), date(2031, 11, 13))]


def test_a_child_who_begins_it_at_thirteen_months_has_a_second_dose_61_days_later() -> None:
    # 2027-12-20 and 60 whole days: 2028-02-19
    coming = numbers("pcv", date(2026, 11, 14), [date(2027, 12, 20)], date(2027, 12, 21))
    assert coming == [(2, date(2028, 2, 19), date(2031, 11, 13))]


def test_a_child_who_begins_it_at_two_years_needs_one_dose() -> None:
    assert [dose[0] for dose in numbers("pcv", date(2024, 11, 14), [], date(2026, 11, 23))] == [1]


def test_the_third_dose_falls_away_when_the_second_came_after_the_first_birthday() -> None:
    # begun at 6 months, second at 12 months: only the booster is left
    birth = date(2025, 11, 1)
    coming = numbers("pcv", birth, [date(2026, 5, 10), date(2026, 11, 10)], date(2026, 11, 23))
    assert [dose[0] for dose in coming] == [3]


def test_the_booster_waits_60_whole_days_after_the_second_dose_where_the_third_fell_away() -> None:
    # second dose 2026-02-01 at 12 months; 60 whole days lie between it and 2026-04-03 (27 in February, 31, 2)
    coming = numbers("pcv", date(2025, 1, 10), [date(2025, 6, 1), date(2026, 2, 1)], date(2026, 2, 5))
    assert coming == [(3, date(2026, 4, 3), date(2030, 1, 9))]


def test_nothing_of_pneumococcus_is_left_after_the_booster_where_the_third_fell_away() -> None:
    given = [date(2025, 6, 1), date(2026, 2, 1), date(2026, 4, 3)]
    assert numbers("pcv", date(2025, 1, 10), given, date(2026, 4, 4)) == []


@pytest.mark.parametrize("given", [[date(2025, 6, 1)], [date(2025, 9, 1)]])
def test_who_has_one_dose_at_two_years_gets_the_booster_alone(given: list[date]) -> None:
    """Born 2025-01-10, begun at 4 or at 7 months: doses of the first series end at 24 months, 2027-01-10."""
    assert numbers("pcv", date(2025, 1, 10), given, date(2027, 1, 10)) == [(2, date(2026, 1, 10), date(2030, 1, 9))]
    nothing_left = [*given, date(2027, 2, 1)]
    assert numbers("pcv", date(2025, 1, 10), nothing_left, date(2027, 2, 2)) == []


def test_on_the_day_before_24_months_the_second_dose_may_still_be_given() -> None:
    coming = numbers("pcv", date(2025, 1, 10), [date(2025, 6, 1)], date(2027, 1, 9))
    assert coming[0] == (2, date(2025, 6, 29), date(2027, 1, 9))


def test_the_third_hepatitis_b_dose_may_be_given_on_the_eve_of_the_first_birthday_soon_after_the_second() -> None:
    """Born 2026-01-10: first dose 2026-08-10, +140 days is 2026-12-28; second only on 2026-12-20, 8 days before."""
    given = [date(2026, 8, 10), date(2026, 12, 20)]
    assert numbers("hepb", date(2026, 1, 10), given, date(2026, 12, 21)) == [(3, date(2026, 12, 28), date(2027, 1, 9))]
    assert numbers("hepb", date(2026, 1, 10), given, date(2027, 1, 9)) == [(3, date(2026, 12, 28), date(2027, 1, 9))]


def test_two_doses_are_never_told_for_one_day() -> None:
    """The gap of the third hepatitis B dose is past when the second is still to come."""
    coming = numbers("hepb", date(2026, 1, 10), [date(2026, 3, 10)], date(2026, 12, 1))
    assert coming == [(2, date(2026, 4, 7), date(2027, 1, 9)), (3, date(2026, 12, 2), date(2027, 1, 9))]


def test_a_child_who_began_with_the_rota_product_of_three_doses_goes_on_with_it() -> None:
    given = {"rota5": (date(2026, 11, 1),)}
    ids = [one.id for one in of_children(VACCINES, date(2026, 11, 23), given)]
    assert "rota5" in ids
    assert "rota1" not in ids


def test_where_both_rota_products_were_given_the_doctor_decides() -> None:
    given = {"rota1": (date(2026, 11, 1),), "rota5": (date(2026, 12, 1),)}
    assert not {"rota1", "rota5"} & {one.id for one in of_children(VACCINES, date(2026, 12, 2), given)}


def test_the_second_rota_dose_is_left_out_when_28_days_do_not_fit() -> None:
    # born 2026-06-01, day 168 is 2026-11-16; a first dose on 10-20 would allow a second on 11-17
    assert numbers("rota1", date(2026, 6, 1), [date(2026, 10, 20)], date(2026, 10, 21)) == []
    fits = numbers("rota1", date(2026, 6, 1), [date(2026, 10, 19)], date(2026, 10, 20))
    assert fits == [(2, date(2026, 11, 16), date(2026, 11, 16))]


def test_the_five_in_one_booster_comes_six_months_after_the_third_dose() -> None:
    given = [date(2027, 1, 14), date(2027, 2, 15), date(2027, 8, 31)]
    # six months after 31 August: February has no 31st, so 1 March (民法143条2項)
    assert numbers("dpt5", date(2026, 11, 14), given, date(2027, 9, 1)) == [(4, date(2028, 3, 1), date(2034, 5, 13))]


def test_chickenpox_is_given_again_after_three_months() -> None:
    coming = numbers("varicella", date(2024, 11, 14), [date(2026, 9, 1)], date(2026, 9, 2))
    assert coming == [(2, date(2026, 12, 1), date(2027, 11, 13))]


def test_a_girl_who_began_hpv_before_15_has_a_second_dose_five_months_later() -> None:
    # born 2012-06-15, first dose 2026-05-31; October has a 31st
    coming = numbers("hpv", date(2012, 6, 15), [date(2026, 5, 31)], date(2026, 6, 1))
    assert [(number, earliest) for number, earliest, _ in coming] == [(2, date(2026, 10, 31))]


def test_a_girl_of_15_has_to_begin_hpv_by_30_november_to_end_in_march() -> None:
    # 11-30, 12-30, 2027-03-30; from 12-01 on it would be 04-01
    assert last_to_begin("hpv", date(2010, 6, 15), date(2026, 7, 1)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("id", "birth", "last"),
    [
        ("je1", date(2019, 9, 1), date(2026, 8, 21)),  # until 2027-02-28; six months before is 08-28, 7 days before it
        (
            "varicella",
            date(2024, 1, 1),
            date(2026, 9, 30),
        ),  # until 12-31; three months from 10-01 are over on 2027-01-01
        ("hepb", date(2026, 4, 26), date(2026, 12, 6)),  # until 2027-04-25, 140 days before
        ("dpt5", date(2019, 9, 1), date(2026, 7, 17)),  # until 2027-02-28; six months, and twice 21 days before 08-28
        ("mr1", date(2025, 1, 1), date(2026, 12, 31)),  # one dose: the end of its window
    ],
)
def test_a_series_has_a_last_day_to_begin_on_which_no_dose_is_lost(id: str, birth: date, last: date) -> None:
    assert last_to_begin(id, birth, last - timedelta(days=100)) == last
    assert last_to_begin(id, birth, last) == last


def last_to_begin(id: str, birth: date, today: date) -> date | None:
    ahead = outlook(vaccine(id), birth, (), today)
    return ahead.by if ahead and not ahead.lost else None


def test_the_first_visit_of_a_child_holds_four_vaccines() -> None:
    birth = date(2026, 11, 14)
    visit = next_visit(of_children(VACCINES, birth), birth, {}, birth, 27)
    assert visit is not None
    assert visit.on == date(2027, 1, 14)
    assert sorted(dose.vaccine.id for dose in visit.doses) == ["dpt5", "hepb", "pcv", "rota1"]
    assert visit.last == date(2027, 2, 26)  # day 104, rota


@given(BIRTHS, st.integers(0, 1500))
def test_no_planned_day_is_outside_of_its_window_or_in_the_past(birth: date, age: int) -> None:
    today = birth + timedelta(days=age)
    for one in of_children(VACCINES, today):
        opens, closes = one.window(birth)
        for dose in planned(one, birth, (), today):
            assert opens <= dose.earliest <= dose.standard <= dose.last <= closes
            assert dose.standard >= today


@given(BIRTHS, st.integers(0, 400))
def test_between_two_doses_lie_the_whole_days_the_rules_ask_for(birth: date, late: int) -> None:
    for one in of_children(VACCINES, birth):
        days = [dose.standard for dose in planned(one, birth, (), birth + timedelta(days=late))]
        course = next((each for each in one.courses if days and each.begins(birth, days[0])), None)
        for number, dose in enumerate(course.doses[: len(days)] if course else ()):
            for gap in dose.gaps:
                if gap.days_between is not None and one.id != "pcv":  # a dose of pcv may fall away
                    assert (days[number] - days[gap.after - 1]).days > gap.days_between


@given(BIRTHS, st.integers(0, 4000))
def test_a_child_that_had_everything_as_usual_is_never_told_of_the_past(birth: date, age: int) -> None:
    today = birth + timedelta(days=age)
    vaccines = of_children(VACCINES, today)
    visit = next_visit(vaccines, birth, as_usual(vaccines, birth, today), today, 27)
    assert visit is None or visit.on >= today
