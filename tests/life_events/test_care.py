"""What a family with an old or ill member is told."""

from datetime import date, timedelta

import pytest

from life_events import UNKNOWN, CareRecord, CareRecords, Catalogue, Facts, Member, StepState, form_for, plan
from tests.life_events.people import HANA, TODAY, YOSHI, hana, household, told
from tests.life_events.test_childcare import step

END = date(2027, 1, 2)


def certified(level: str = "care2", until: date = END, **answers: object) -> Facts:
    record = CareRecord("m-5", "0001234567", level, date(2026, 2, 1), until)  # type: ignore[arg-type]
    return hana(registry=household(HANA, YOSHI), care=CareRecords((record,)), answers=told(**answers))


def aged(years: int, **answers: object) -> Facts:
    person = Member("m-7", False, "佐藤 まこと", "サトウ マコト", date(2026 - years, 1, 5), "male", "other")
    return hana(registry=household(HANA, person), answers=told(**answers))


def test_hana_is_asked_once_whether_somebody_needs_help(catalogue: Catalogue) -> None:
    planned = plan(hana(), catalogue, TODAY)
    assert step(catalogue, hana(), "care_consultation").state is StepState.ASK
    assert planned.step("care_certification:m-5") is None
    (worry,) = [one for one in planned.next_questions if one.question.fact == "care_worry"]
    assert worry.settles == ("care_consultation", "care_certification:m-5")


def test_with_a_worry_the_centre_comes_first_and_the_application_is_open_here(catalogue: Catalogue) -> None:
    worried = hana(answers=told(care_worry=True))
    steps = [step.id for step in plan(worried, catalogue, TODAY).bundle("care").steps]
    assert steps == ["care_consultation", "care_certification:m-5"]
    assert step(catalogue, worried, "care_certification:m-5").form is not None


def test_without_a_worry_nothing_is_shown(catalogue: Catalogue) -> None:
    assert plan(hana(answers=told(care_worry=False)), catalogue, TODAY).bundle("care").steps == ()


@pytest.mark.parametrize(("years", "is_second"), [(50, True), (64, True), (65, False), (71, False)])
def test_whether_she_is_40_to_64_is_known_from_her_birth_date(
    catalogue: Catalogue, years: int, is_second: bool
) -> None:
    form = form_for(catalogue, "care_certification", aged(years, care_worry=True), "m-7", TODAY)
    field = next(one for section in form.sections for one in section.fields if one.id == "second_insured")
    assert field.prefill is not None
    assert (field.prefill.value, field.prefill.source) == (is_second, "registry")


def test_somebody_of_50_may_apply_only_with_one_of_the_16_diseases(catalogue: Catalogue) -> None:
    asked = step(catalogue, aged(50, care_worry=True), "care_certification:m-7")
    assert [question.fact for question in asked.asks] == ["specified_disease:m-7"]
    ill = aged(50, care_worry=True, specified_disease__m_7=True)
    assert step(catalogue, ill, "care_certification:m-7").state is StepState.OPEN
    for other in (aged(50), aged(50, care_worry=True, specified_disease__m_7=False), aged(39, care_worry=True)):
        assert plan(other, catalogue, TODAY).step("care_certification:m-7") is None


def test_a_silent_care_office_is_told_only_for_those_it_may_concern(catalogue: Catalogue) -> None:
    silent = hana(care=UNKNOWN)
    assert [step.id for step in plan(silent, catalogue, TODAY).bundle("care").steps if step.unheard == "care"] == [
        "care_certification:m-5",
        "care_renewal:m-5",
        "care_plan_notice:m-5",
    ]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (END - timedelta(days=61), StepState.NOT_YET),
        (END - timedelta(days=60), StepState.DUE),
        (END, StepState.DUE),
    ],
)
def test_fumi_renews_from_60_days_before_the_end_to_the_last_day(
    catalogue: Catalogue, today: date, state: StepState
) -> None:
    # 介護保険法施行規則39条: S012, S103
    renewal = step(catalogue, certified(), "care_renewal:m-5", today)
    assert (renewal.state, renewal.due) == (state, END)


def test_one_day_late_is_a_new_application(catalogue: Catalogue) -> None:
    after = END + timedelta(days=1)
    assert plan(certified(), catalogue, after).step("care_renewal:m-5") is None
    again = step(catalogue, certified(), "care_certification:m-5", after)
    assert (again.state, again.reason) == (StepState.OPEN, "expired")
    assert step(catalogue, certified(), "care_certification:m-5").state is StepState.DONE


def test_whoever_is_certified_names_the_care_plan_office(catalogue: Catalogue) -> None:
    assert step(catalogue, certified(), "care_plan_notice:m-5").state is StepState.ASK
    assert step(catalogue, certified(care_plan_filed__m_5=False), "care_plan_notice:m-5").reason == "care"
    support = certified("support1", care_plan_filed__m_5=False)
    assert step(catalogue, support, "care_plan_notice:m-5").reason == "support"
    assert step(catalogue, certified(care_plan_filed__m_5=True), "care_plan_notice:m-5").state is StepState.DONE
    assert plan(hana(), catalogue, TODAY).step("care_plan_notice:m-5") is None


def test_what_is_known_is_shown_in_words_with_its_source(catalogue: Catalogue) -> None:
    known = {
        fact.label.en: (fact.value.ja, fact.source) for fact in step(catalogue, certified(), "care_renewal:m-5").known
    }
    assert known["Care level"] == ("要介護2", "care")
    assert known["Certified until"] == ("2027年1月2日（土）", "care")


@pytest.mark.parametrize(("applied", "until"), [("2026-04-01", "2026年9月30日"), ("2026-04-15", "2026年10月31日")])
def test_whoever_waits_is_told_when_a_certification_would_end(catalogue: Catalogue, applied: str, until: str) -> None:
    # counting_rules.test_vectors, care_validity_6m
    waiting = hana(answers=told(care_worry=True, care_applied__m_5=applied))
    assert until in step(catalogue, waiting, "care_certification:m-5", date(2026, 4, 20)).because.ja


@pytest.mark.parametrize("id", ["care_certification", "care_renewal", "care_level_change"])
def test_a_certification_does_not_end_online_since_the_original_card_follows(catalogue: Catalogue, id: str) -> None:
    procedure = catalogue.procedures[id]
    assert procedure.follow_up is not None
    assert "原本" in procedure.follow_up.ja
    assert any(paper.original for paper in procedure.attachments)
    sections = procedure.form.sections if procedure.form else ()
    (number,) = [field for section in sections for field in section.fields if field.id == "insured_number"]
    assert not number.required


def test_no_paper_asks_for_a_copy_of_the_abolished_health_insurance_card(catalogue: Catalogue) -> None:
    papers = [paper.name.ja for one in catalogue.procedures.values() for paper in one.attachments]
    assert papers
    assert not any("保険証の写し" in name or "健康保険証" in name for name in papers)
