"""What a family with children is told."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from life_events import (
    UNKNOWN,
    Allowance,
    Catalogue,
    Channel,
    ChildcareRecords,
    Facts,
    MedicalCertificate,
    Member,
    NationalProfile,
    NurseryPlace,
    Step,
    StepState,
    plan,
)
from tests.life_events.people import HANA, ICHIRO, NAO, TODAY, YOSHI, YUI, hana, household, told


def step(catalogue: Catalogue, facts: Facts, id: str, today: date = TODAY) -> Step:
    found = plan(facts, catalogue, today).step(id)
    assert found is not None
    return found


def national(**changes: object) -> NationalProfile:
    known = hana().national
    assert known is not UNKNOWN
    return replace(known, **changes)


def test_hana_has_the_allowance_raised_within_15_days_of_the_day_after_the_birth(catalogue: Catalogue) -> None:
    claim = step(catalogue, hana(), "child_allowance_change:m-4")
    assert (claim.state, claim.due, claim.days_left(TODAY)) == (StepState.DUE, date(2026, 11, 29), 6)
    assert claim.subject is not None
    assert claim.subject.name == "佐藤 なお"
    assert "2026年11月14日（土）" in claim.because.ja
    assert claim.form is not None
    assert claim.channel is Channel.HERE
    assert claim.operator_name.ja == "港区"


def test_hana_who_is_paid_for_yui_changes_the_amount_and_a_first_child_is_claimed_for(catalogue: Catalogue) -> None:
    assert step(catalogue, hana(), "child_allowance_change:m-4").reason == "newborn"
    assert plan(hana(), catalogue, TODAY).step("child_allowance_claim:m-4") is None
    first = hana(childcare=ChildcareRecords(), registry=household(HANA, ICHIRO, NAO))
    claim = step(catalogue, first, "child_allowance_claim:m-4")
    assert (claim.reason, [question.fact for question in claim.asks]) == ("newborn", ["higher_earner"])
    assert "2026年12月分" in claim.because.ja
    assert plan(first, catalogue, TODAY).step("child_allowance_change:m-4") is None


def test_yui_who_is_paid_for_needs_no_claim(catalogue: Catalogue) -> None:
    done = step(catalogue, hana(), "child_allowance_claim:m-3")
    assert done.state is StepState.DONE
    assert "2019年9月" in done.because.ja
    assert "September 2019" in done.because.en


def test_taro_the_public_servant_applies_at_his_workplace_and_not_here(catalogue: Catalogue) -> None:
    first = hana(
        registry=household(HANA, ICHIRO, NAO), childcare=ChildcareRecords(), national=national(public_servant=True)
    )
    earns_more = replace(first, answers=told(higher_earner=True))
    at_work = plan(earns_more, catalogue, TODAY).step("child_allowance_claim:m-4")
    assert at_work is not None
    assert at_work.form is None
    assert at_work.operator_name.en == "Your employer"
    second = step(catalogue, hana(national=national(public_servant=True)), "child_allowance_change:m-4")
    assert (second.channel, second.form) == (Channel.COUNTER, None)  # the ward pays the other parent


def test_the_claim_of_a_widow_stands_under_the_death_and_not_among_the_childcare(catalogue: Catalogue) -> None:
    widow = hana(
        registry=household(HANA, YUI),
        answers=told(bereaved=True, death_date="2026-11-10", deceased_received_allowance=True),
    )
    planned = plan(widow, catalogue, TODAY)
    holding = [bundle.id for bundle in planned.bundles for one in bundle.steps if one.id == "child_allowance_claim:m-3"]
    assert holding == ["bereavement"]
    claim = step(catalogue, widow, "child_allowance_claim:m-3")
    assert "区にご確認ください" in claim.because.ja
    assert claim.form is not None


def test_a_silent_national_source_does_not_hide_the_last_day(catalogue: Catalogue) -> None:
    claim = step(catalogue, hana(national=UNKNOWN), "child_allowance_change:m-4")
    assert claim.state is StepState.DUE
    assert "national" in claim.reads


def test_a_silent_childcare_office_leaves_the_claim_unheard(catalogue: Catalogue) -> None:
    claim = step(catalogue, hana(childcare=UNKNOWN), "child_allowance_claim:m-4")
    assert (claim.state, claim.unheard, claim.form) == (StepState.UNHEARD, "childcare", None)


def test_after_the_15th_day_hana_is_asked_whether_it_is_paid_elsewhere(catalogue: Catalogue) -> None:
    late = NAO.birth_date + timedelta(days=16)
    asked = step(catalogue, hana(), "child_allowance_change:m-4", late)
    assert (asked.state, [question.fact for question in asked.asks]) == (
        StepState.ASK,
        ["allowance_elsewhere:m-4"],
    )
    no = hana(answers=told(allowance_elsewhere__m_4=False))
    assert step(catalogue, no, "child_allowance_change:m-4", late).state is StepState.OPEN
    yes = hana(answers=told(allowance_elsewhere__m_4=True))
    assert plan(yes, catalogue, late).step("child_allowance_change:m-4") is None


def test_a_family_that_moved_in_counts_from_the_register_and_hears_that_a_day_told_before_counts(
    catalogue: Catalogue,
) -> None:
    moved = hana(registry=household(HANA, YUI, since=date(2026, 11, 20)), childcare=ChildcareRecords())
    claim = step(catalogue, moved, "child_allowance_claim:m-3")
    assert (claim.reason, claim.due) == ("moved_about", date(2026, 12, 5))
    assert "転出予定日" in claim.because.ja
    assert "move_out_planned" in [question.fact for question in claim.asks]


def test_the_allowance_on_a_move_counts_from_the_day_told_to_the_old_ward(catalogue: Catalogue) -> None:
    # fact sheet, section 0, trap 3 (Edogawa ward, S020)
    home = household(HANA, YUI, since=date(2026, 11, 20))
    planned = told(moving=True, move_date="2026-11-15", move_to="131032")
    moved = hana(registry=home, childcare=ChildcareRecords(), answers=planned)
    assert step(catalogue, moved, "child_allowance_claim:m-3").due == date(2026, 11, 30)
    long_ago = hana(
        registry=home,
        childcare=ChildcareRecords(),
        answers=told(moving=True, move_date="2026-07-01", move_to="131032"),
    )
    assert step(catalogue, long_ago, "child_allowance_claim:m-3").due == date(2026, 12, 5)


@pytest.mark.parametrize(("born", "shown"), [(date(2008, 4, 1), False), (date(2008, 4, 2), True)])
def test_the_allowance_ends_with_the_school_year_of_the_18th_birthday(
    catalogue: Catalogue, born: date, shown: bool
) -> None:
    teenager = Member("m-9", False, "佐藤 りく", "サトウ リク", born, "male", "child")
    facts = hana(registry=household(HANA, teenager), childcare=ChildcareRecords((Allowance("m-9", "2015-01"),)))
    assert (plan(facts, catalogue, TODAY).step("child_allowance_claim:m-9") is not None) is shown


def test_a_grown_up_child_is_not_asked_to_claim_for_a_brother(catalogue: Catalogue) -> None:
    daughter = replace(HANA, relation="child")
    facts = hana(registry=household(daughter, NAO))
    assert plan(facts, catalogue, TODAY).step("child_allowance_claim:m-4") is None
    assert plan(facts, catalogue, TODAY).step("child_allowance_change:m-4") is None


def test_nao_is_on_record_so_the_birth_notice_is_done(catalogue: Catalogue) -> None:
    assert step(catalogue, hana(), "birth_notice").state is StepState.DONE


def test_a_baby_not_yet_on_record_is_due_14_days_with_the_day_of_birth_counted(catalogue: Catalogue) -> None:
    family = hana(registry=household(HANA, ICHIRO, YUI), answers=told(baby_born=True, birth_date="2026-11-16"))
    assert step(catalogue, family, "birth_notice").due == date(2026, 11, 30)  # the 29th is a Sunday


def test_a_young_family_is_asked_and_an_old_couple_is_not(catalogue: Catalogue) -> None:
    asked = step(catalogue, hana(registry=household(HANA, ICHIRO)), "birth_notice")
    assert [question.fact for question in asked.asks] == ["baby_born"]
    day = step(catalogue, hana(registry=household(HANA), answers=told(baby_born=True)), "birth_notice")
    assert [question.fact for question in day.asks] == ["birth_date"]
    for quiet in (
        hana(registry=household(YOSHI)),
        hana(registry=household(HANA), answers=told(baby_born=False)),
    ):
        assert plan(quiet, catalogue, TODAY).step("birth_notice") is None


def test_an_employee_insures_the_baby_through_the_employer_in_5_days(catalogue: Catalogue) -> None:
    insurance = step(catalogue, hana(), "child_health_insurance:m-4")
    assert (insurance.due, insurance.operator_name.ja) == (date(2026, 11, 19), "勤務先")
    assert insurance.days_left(TODAY) == -4


def test_a_self_employed_mother_insures_the_baby_at_the_ward(catalogue: Catalogue) -> None:
    both = hana(national=national(pension="category1"), answers=told(partner_insured_at_work=False))
    insurance = step(catalogue, both, "child_health_insurance:m-4")
    assert (insurance.due, insurance.channel) == (date(2026, 11, 27), Channel.COUNTER)


def test_an_insured_baby_needs_nothing(catalogue: Catalogue) -> None:
    told_so = hana(answers=told(child_insured__m_4=True))
    certified = hana(childcare=ChildcareRecords(medical=(MedicalCertificate("m-4", date(2033, 3, 31)),)))
    for facts in (told_so, certified):
        assert step(catalogue, facts, "child_health_insurance:m-4").state is StepState.DONE
    silent = step(catalogue, hana(national=UNKNOWN), "child_health_insurance:m-4")
    assert silent.unheard == "national"


def test_nao_gets_a_medical_certificate_within_15_days_and_yui_has_one(catalogue: Catalogue) -> None:
    assert step(catalogue, hana(), "child_medical_certificate:m-4").due == date(2026, 11, 29)
    assert step(catalogue, hana(), "child_medical_certificate:m-3").state is StepState.DONE
    late = step(catalogue, hana(), "child_medical_certificate:m-4", date(2026, 12, 1))
    assert late.state is StepState.OPEN
    silent = hana(childcare=UNKNOWN)
    assert step(catalogue, silent, "child_medical_certificate:m-4").state is StepState.UNHEARD


def test_018_support_is_offered_once_by_the_metropolis(catalogue: Catalogue) -> None:
    support = step(catalogue, hana(), "metropolitan_018_support:m-4")
    assert (support.state, support.operator_name.ja) == (StepState.OPEN, "東京都")
    assert step(catalogue, hana(), "metropolitan_018_support:m-3").state is StepState.ASK
    asked_for = hana(answers=told(support_018__m_4=True))
    assert step(catalogue, asked_for, "metropolitan_018_support:m-4").state is StepState.DONE


def test_lan_whose_child_is_in_a_nursery_has_nothing_to_do(catalogue: Catalogue) -> None:
    place = NurseryPlace("m-4", "みなと第一保育園", date(2027, 3, 31))
    lan = hana(childcare=ChildcareRecords(nursery=(place,)))
    done = step(catalogue, lan, "nursery_use:m-4")
    assert done.state is StepState.DONE
    assert "みなと第一保育園" in done.because.ja


def test_a_nursery_is_shown_only_to_those_who_wish_it(catalogue: Catalogue) -> None:
    assert step(catalogue, hana(), "nursery_use:m-4").state is StepState.ASK
    assert step(catalogue, hana(answers=told(nursery_wish__m_4=True)), "nursery_use:m-4").state is StepState.OPEN
    assert plan(hana(answers=told(nursery_wish__m_4=False)), catalogue, TODAY).step("nursery_use:m-4") is None
    assert step(catalogue, hana(childcare=UNKNOWN), "nursery_use:m-4").unheard == "childcare"
    assert plan(hana(), catalogue, TODAY).step("nursery_use:m-3") is None  # at school already
