"""From one ward to another: what stops, starts, lapses, is issued anew and carries over, worked out by hand."""

from datetime import date

import pytest
from msgspec.structs import replace

from life_events import (
    UNKNOWN,
    Allowance,
    CareRecord,
    CareRecords,
    Catalogue,
    ChildcareRecords,
    Difference,
    Facts,
    Member,
    MoveKind,
    MovePhase,
    NurseryPlace,
    difference,
)
from life_events.law import Dated
from tests.life_events.people import HANA, ICHIRO, NAO, SETAGAYA, TODAY, YOSHI, YUI, hana, household, told

FRIDAY = date(2026, 12, 18)
"""The planned day: fourteen days later is New Year's Day."""


def moves(catalogue: Catalogue, facts: Facts, to: str = SETAGAYA, on: date = FRIDAY) -> Difference:
    found = difference(facts, catalogue, to, on, TODAY)
    assert found is not None
    return found


def kinds(found: Difference, ripple: str, person: str | None = None) -> set[MoveKind]:
    return {change.kind for change in found.of(person) if change.ripple == ripple}


def last_day(found: Difference, id: str) -> date | None:
    return next(change.last_day for change in found.changes if change.id == id)


def certified_grandmother(until: date = date(2027, 6, 30)) -> Facts:
    record = CareRecord("m-5", "0000123456", "care2", date(2026, 7, 1), until)
    return hana(care=CareRecords((record,)))


def test_three_clocks_run_on_hanas_move_and_each_counts_its_own_way(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana())
    # 18 December + 14 = 1 January; the offices open again on Monday the 4th (地方自治法4条の2).
    assert last_day(found, "resident_record:starts") == date(2027, 1, 4)
    # 18 December + 30 = Sunday 17 January, so Monday the 18th.
    assert last_day(found, "card_special_handling:lapses") == date(2027, 1, 18)
    # Filed at the earliest on 18 December, that day counted: the 90th day is Wednesday 17 March.
    assert last_day(found, "my_number_card:carries_over:m-1") == date(2027, 3, 17)


def test_the_card_counts_from_the_day_the_move_in_notice_was_really_filed(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana(answers=told(move_date="2026-12-18", move_in_filed="2026-12-22")))
    # 22 December counted: 10 days in December, 31, 28, and 21 March is a Sunday, 22 March the substitute holiday.
    assert last_day(found, "my_number_card:carries_over:m-1") == date(2027, 3, 23)


def test_child_allowance_counts_fifteen_days_from_the_planned_day_even_over_new_year(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana())
    assert kinds(found, "child_allowance", "m-3") == {MoveKind.STOPS, MoveKind.STARTS}
    assert last_day(found, "child_allowance:starts:m-3") == date(2027, 1, 2)


def test_a_planned_day_at_the_month_end_counts_though_the_real_move_came_later(catalogue: Catalogue) -> None:
    facts = hana(answers=told(moving=True, move_date="2026-12-03", move_in_filed="2026-12-04"))
    found = moves(catalogue, facts, on=date(2026, 11, 30))
    assert last_day(found, "child_allowance:starts:m-3") == date(2026, 12, 15)


def test_what_is_signed_comes_first_then_the_move_in_notice_then_the_new_signing_certificate(
    catalogue: Catalogue,
) -> None:
    order = {change.id: change.order for change in moves(catalogue, hana()).changes}
    assert order["resident_record:stops"] < order["signing_certificate:lapses:m-1"]
    assert order["child_allowance:stops:m-3"] < order["resident_record:starts"]
    assert order["resident_record:starts"] < order["my_number_card:carries_over:m-1"]
    assert order["my_number_card:carries_over:m-1"] < order["signing_certificate:issued_anew:m-1"]
    assert order["signing_certificate:issued_anew:m-1"] < order["child_allowance:starts:m-3"]
    assert sorted(order.values()) == list(range(1, len(order) + 1))


def test_nothing_that_needs_a_signature_of_the_old_ward_comes_after_the_move_in_visit(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana())
    visit = next(change.order for change in found.changes if change.id == "resident_record:starts")
    assert all(change.order < visit for change in found.changes if change.phase is MovePhase.SIGN_FIRST)


def test_a_girl_of_seven_has_no_signing_certificate_and_a_boy_of_fifteen_may(catalogue: Catalogue) -> None:
    boy = Member("m-6", False, "佐藤 じゅん", "サトウ ジュン", date(2011, 12, 19), "male", "child")
    found = moves(catalogue, hana(registry=household(HANA, YUI, boy)))
    assert kinds(found, "signing_certificate", "m-3") == set()
    # Born on 19 December 2011, fifteen on 18 December 2026 (年齢計算ニ関スル法律).
    assert kinds(found, "signing_certificate", "m-6") == {MoveKind.LAPSES, MoveKind.ISSUED_ANEW}


def test_the_care_level_carries_over_within_fourteen_days_and_a_closed_day_gives_nothing(catalogue: Catalogue) -> None:
    found = moves(catalogue, certified_grandmother())
    assert kinds(found, "care_certification", "m-5") == {MoveKind.STOPS, MoveKind.CARRIES_OVER}
    assert last_day(found, "care_certification:carries_over:m-5") == date(2027, 1, 1)
    assert kinds(found, "care_insurance_card", "m-5") == set()


def test_a_level_that_ends_before_the_move_is_no_level_to_carry_over(catalogue: Catalogue) -> None:
    found = moves(catalogue, certified_grandmother(until=date(2026, 11, 30)))
    assert kinds(found, "care_certification", "m-5") == set()
    assert kinds(found, "care_insurance_card", "m-5") == {MoveKind.ISSUED_ANEW}


def test_while_the_care_service_is_silent_the_level_is_told_with_an_if(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana(care=UNKNOWN))
    told_so = [change for change in found.of("m-5") if change.ripple == "care_certification"]
    assert told_so
    assert all(change.only_if is not None for change in told_so)
    assert kinds(found, "care_certification", "m-3") == set()


def test_the_vaccination_slips_of_minato_lapse_and_the_check_up_tickets_stay_valid_all_over_tokyo(
    catalogue: Catalogue,
) -> None:
    for to in (SETAGAYA, "tokyo"):
        found = moves(catalogue, hana(), to)
        assert kinds(found, "vaccination_slips", "m-4") == {MoveKind.LAPSES, MoveKind.ISSUED_ANEW}
        assert kinds(found, "infant_check_tickets", "m-4") == {MoveKind.CARRIES_OVER}


def test_out_of_tokyo_the_check_up_tickets_lapse_and_the_certificate_and_018_end(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana(), "beyond")
    assert kinds(found, "infant_check_tickets", "m-4") == {MoveKind.LAPSES, MoveKind.ISSUED_ANEW}
    assert kinds(found, "child_medical_certificate", "m-3") == {MoveKind.LAPSES, MoveKind.STOPS}
    assert kinds(found, "metropolitan_018", "m-3") == {MoveKind.STOPS}
    assert kinds(moves(catalogue, hana()), "metropolitan_018", "m-3") == {MoveKind.CARRIES_OVER}


def test_inside_one_ward_nearly_everything_carries_over(catalogue: Catalogue) -> None:
    found = moves(catalogue, certified_grandmother(), "131032")
    assert found.to.move == "within"
    others = {change.ripple: change.kind for change in found.changes}
    ripples = ("child_allowance", "child_medical_certificate", "vaccination_slips", "care_certification")
    assert {others[ripple] for ripple in (*ripples, "seal_registration", "moped")} == {MoveKind.CARRIES_OVER}
    # The signing certificate carries the address, so it lapses even here; there is no move-out notice.
    assert kinds(found, "signing_certificate", "m-1") == {MoveKind.LAPSES, MoveKind.ISSUED_ANEW}
    assert kinds(found, "resident_record") == {MoveKind.STARTS}
    assert [change.procedure for change in found.of(None) if change.ripple == "resident_record"] == [
        "address_change_notice"
    ]


@pytest.mark.parametrize(("born", "is_a_child"), [(date(2008, 4, 1), False), (date(2008, 4, 2), True)])
def test_the_april_first_child_is_a_year_older(catalogue: Catalogue, born: date, is_a_child: bool) -> None:
    """Eighteen on 31 March 2026 if born on 1 April 2008: that very day ends the certificate."""
    young = Member("m-7", False, "佐藤 さき", "サトウ サキ", born, "female", "child")
    found = moves(catalogue, hana(registry=household(HANA, young)), on=date(2026, 4, 1))
    assert bool(kinds(found, "child_medical_certificate", "m-7")) is is_a_child


def test_at_seventy_five_the_insurance_of_the_old_stays_inside_tokyo_and_changes_beyond(catalogue: Catalogue) -> None:
    grown = replace(YOSHI, birth_date=date(1951, 12, 19))
    facts = hana(registry=household(HANA, grown))
    assert kinds(moves(catalogue, facts), "elderly_health_insurance", "m-5") == {MoveKind.CARRIES_OVER}
    assert kinds(moves(catalogue, facts, "beyond"), "elderly_health_insurance", "m-5") == {
        MoveKind.STOPS,
        MoveKind.STARTS,
    }
    younger = hana(registry=household(HANA, YOSHI))
    assert kinds(moves(catalogue, younger), "elderly_health_insurance", "m-5") == set()


def test_a_dog_is_an_if_until_she_says_and_then_certain_or_gone(catalogue: Catalogue) -> None:
    def dogs(facts: Facts) -> list[bool]:
        return [change.only_if is None for change in moves(catalogue, facts).of(None) if change.ripple == "dog"]

    assert dogs(hana()) == [False]
    assert dogs(hana(answers=told(has_dog=True))) == [True]
    assert dogs(hana(answers=told(has_dog=False))) == []


def test_a_nursery_place_stops_and_the_new_wards_own_closing_day_is_told(catalogue: Catalogue) -> None:
    """Koto, for entry in April 2026: new applications to 20 November 2025 (fact sheet 3.1, S075)."""
    toddler = Member("m-8", False, "佐藤 ゆず", "サトウ ユズ", date(2024, 2, 1), "female", "child")
    place = NurseryPlace("m-8", "芝浦保育園", date(2027, 3, 31))
    records = ChildcareRecords((Allowance("m-8", "2024-03"),), (), (place,))
    facts = hana(registry=household(HANA, toddler), childcare=records)
    found = difference(facts, catalogue, "131083", date(2025, 12, 20), date(2025, 11, 1))
    assert found is not None
    assert kinds(found, "nursery", "m-8") == {MoveKind.STOPS, MoveKind.STARTS}
    assert last_day(found, "nursery:starts:m-8") == date(2025, 11, 20)
    elsewhere = difference(facts, catalogue, SETAGAYA, date(2025, 12, 20), date(2025, 11, 1))
    assert elsewhere is not None
    assert last_day(elsewhere, "nursery:starts:m-8") is None


def test_a_dog_with_a_chip_needs_no_counter_in_chiyoda_and_setagaya_says_nothing_of_it(catalogue: Catalogue) -> None:
    def said(to: str) -> list[str | None]:
        found = moves(catalogue, hana(answers=told(has_dog=True)), to)
        dogs = [change for change in found.of(None) if change.ripple == "dog"]
        return [change.ward_says.ja[:8] if change.ward_says else None for change in dogs]

    assert said("131016") == ["マイクロチップを"]
    assert said(SETAGAYA) == [None]


def test_a_later_real_move_shifts_the_fourteen_days_but_neither_the_thirty_nor_the_allowance(
    catalogue: Catalogue,
) -> None:
    facts = hana(answers=told(moving=True, move_date="2026-12-18", moved_on="2026-12-25"))
    found = moves(catalogue, facts)
    # 25 December + 14 = Friday 8 January 2027.
    assert last_day(found, "resident_record:starts") == date(2027, 1, 8)
    assert last_day(found, "card_special_handling:lapses") == date(2027, 1, 18)
    assert last_day(found, "child_allowance:starts:m-3") == date(2027, 1, 2)


def test_days_told_of_another_move_do_not_count_when_two_wards_are_only_compared(catalogue: Catalogue) -> None:
    facts = hana(answers=told(moving=True, move_date="2026-10-01", moved_on="2026-10-03", move_in_filed="2026-10-05"))
    assert last_day(moves(catalogue, facts), "resident_record:starts") == date(2027, 1, 4)


def test_a_ward_that_gives_thirty_days_for_the_certificate_is_heard(catalogue: Catalogue) -> None:
    slow = replace(
        catalogue.wards[SETAGAYA], numbers={"child_medical_certificate": (Dated(start=date(2000, 1, 1), value=30),)}
    )
    found = difference(hana(), replace(catalogue, wards={**catalogue.wards, SETAGAYA: slow}), SETAGAYA, FRIDAY, TODAY)
    assert found is not None
    assert last_day(found, "child_medical_certificate:issued_anew:m-3") == date(2027, 1, 17)
    assert last_day(moves(catalogue, hana()), "child_medical_certificate:issued_anew:m-3") == date(2027, 1, 2)


def test_each_paper_is_named_once_a_counter_however_many_need_it(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana())
    written = [(paper.at, paper.name.ja) for paper in found.papers]
    assert len(written) == len(set(written))
    cards = [paper for paper in found.papers if paper.id == "my_number_card"]
    assert [paper.at for paper in cards] == ["new"]
    assert {"resident_record:starts", "my_number_card:carries_over:m-3"} <= set(cards[0].changes)


def test_what_the_wards_look_up_between_them_need_not_be_taken(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana())
    spared = {one.name.ja for one in found.spared}
    assert "所得課税証明書" in spared
    assert not spared & {paper.name.ja for paper in found.papers}


def test_who_stays_behind_is_not_in_the_difference(catalogue: Catalogue) -> None:
    found = difference(hana(), catalogue, SETAGAYA, FRIDAY, TODAY, people=["m-1", "m-4"])
    assert found is not None
    assert [member.name for member in found.people] == [HANA.name, NAO.name]
    assert {change.subject.id for change in found.changes if change.subject} == {"m-1", "m-4"}


def test_without_the_register_or_to_nowhere_there_is_no_difference_to_tell(catalogue: Catalogue) -> None:
    assert difference(hana(registry=UNKNOWN), catalogue, SETAGAYA, FRIDAY, TODAY) is None
    assert difference(hana(), catalogue, "other", FRIDAY, TODAY) is None
    assert difference(hana(), catalogue, SETAGAYA, FRIDAY, TODAY, people=["m-99"]) is None


def test_every_reason_is_filled_in_three_languages_for_every_kind_of_move(catalogue: Catalogue) -> None:
    facts = replace(certified_grandmother(), answers=told(pregnant=True, has_dog=True, has_scooter=True))
    for to in (SETAGAYA, "131032", "tokyo", "beyond"):
        found = moves(catalogue, facts, to)
        texts = [text for change in found.changes for text in (change.name, change.because)]
        assert all("{" not in text.ja + text.easy + text.en for text in texts)
        assert len({change.id for change in found.changes}) == len(found.changes)


def test_ichiro_knows_that_the_days_end_with_the_move_he_told_and_not_with_today(catalogue: Catalogue) -> None:
    found = moves(catalogue, hana(registry=household(HANA, ICHIRO)), on=date(2027, 3, 1))
    assert last_day(found, "resident_record:starts") == date(2027, 3, 15)
    assert [change.days_left(TODAY) for change in found.changes if change.id == "resident_record:starts"] == [112]
