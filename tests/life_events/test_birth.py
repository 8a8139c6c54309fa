"""What is said to a family around a birth, and what is not."""

from datetime import date

import pytest
from msgspec.structs import replace

from life_events import Catalogue, Text, plan
from tests.life_events.people import HANA, ICHIRO, NAO, TODAY, YOSHI, YUI, hana, household, told

QUIET = told(pregnant=True, pregnancy_ended=True, heartbeat_date="2026-09-01", due_date="2027-04-20")
CHEERFUL = ("おめでとう", "congratulat", "赤ちゃん", "baby", "!", "！", "楽しみ")


@pytest.mark.parametrize(
    ("born", "since", "month"),
    [
        (date(2026, 11, 1), date(2015, 4, 1), "2026年11月"),  # lives in Tokyo on the 1st
        (date(2026, 11, 2), date(2015, 4, 1), "2026年12月"),
        (date(2026, 8, 10), date(2026, 11, 20), "2026年12月"),  # came to Tokyo on the 20th
    ],
)
def test_018_support_begins_with_the_first_month_that_starts_in_tokyo(
    catalogue: Catalogue, born: date, since: date, month: str
) -> None:
    child = replace(NAO, birth_date=born)
    step = plan(hana(registry=household(HANA, child, since=since)), catalogue, TODAY).step(
        "metropolitan_018_support:m-4"
    )
    assert step is not None
    assert f"{month}分から" in step.because.ja


def test_hana_whose_pregnancy_ended_reads_nothing_cheerful(catalogue: Catalogue) -> None:
    planned = plan(hana(registry=household(HANA, ICHIRO), answers=QUIET), catalogue, TODAY)
    bundle = planned.bundle("after_pregnancy")
    assert "pregnancy_birth" not in [each.id for each in planned.bundles]
    assert {step.procedure for step in bundle.steps} == {
        "pregnancy_support_first",
        "pregnancy_support_second",
        "childbirth_lump_sum",
        "parental_leave_benefits",
    }
    for step in bundle.steps:
        said = " ".join((*_all(step.because), *_all(step.how), *_all(bundle.name), *_all(bundle.summary))).lower()
        assert not [word for word in CHEERFUL if word in said], said


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2028, 8, 31)])
def test_the_quiet_words_promise_no_more_in_one_language_than_in_another(catalogue: Catalogue, day: date) -> None:
    """The ward decides whether she receives it: she may ask for it (申請できます), no language says she gets it."""
    for answers in (QUIET, told(pregnant=True, pregnancy_ended=True)):
        planned = plan(hana(registry=household(HANA, ICHIRO), answers=answers), catalogue, day)
        bundle = planned.bundle("after_pregnancy")
        for text in (
            bundle.summary,
            *(step.because for step in bundle.steps if step.procedure != "childbirth_lump_sum"),
        ):
            assert "申請できる" in text.ja or "申請できます" in text.ja
            assert "申しこめ" in text.easy
            assert "もらう ことが できます" not in text.easy
            assert "ask for" in text.en or "asked for" in text.en
            assert "receive" not in text.en


def test_once_everything_is_over_no_heading_about_the_pregnancy_is_left(catalogue: Catalogue) -> None:
    long_after = plan(hana(registry=household(HANA, ICHIRO), answers=QUIET), catalogue, date(2029, 4, 20))
    assert "after_pregnancy" not in [each.id for each in long_after.bundles]


def test_nobody_is_ever_asked_whether_a_pregnancy_ended(catalogue: Catalogue) -> None:
    expecting = hana(registry=household(HANA, ICHIRO), answers=told(pregnant=True, due_date="2027-04-20"))
    planned = plan(expecting, catalogue, TODAY)
    assert "pregnancy_ended" not in [asking.question.fact for asking in planned.next_questions]
    step = planned.step("prenatal_checkups")
    assert step is not None
    assert [question.fact for question in step.asks] == ["pregnancy_ended"]


def test_a_pregnancy_begins_with_a_question_she_may_open_herself(catalogue: Catalogue) -> None:
    bundle = plan(hana(registry=household(YOSHI)), catalogue, TODAY).bundle("pregnancy_birth")
    assert bundle.steps == ()
    assert bundle.start is not None
    assert bundle.start.fact == "pregnant"


def test_a_big_sister_s_steps_stand_with_the_children_and_not_with_the_birth(catalogue: Catalogue) -> None:
    planned = plan(hana(), catalogue, TODAY)
    birth = {step.id for step in planned.bundle("pregnancy_birth").steps}
    assert "child_medical_certificate:m-4" in birth
    assert "child_medical_certificate:m-3" not in birth
    assert "child_medical_certificate:m-3" in {step.id for step in planned.bundle("childcare").steps}


def test_a_family_without_pregnancy_or_newborn_has_no_birth_on_its_home(catalogue: Catalogue) -> None:
    settled = hana(registry=household(HANA, ICHIRO, YUI), answers=told(baby_born=False, pregnant=False))
    assert "pregnancy_birth" not in [bundle.id for bundle in plan(settled, catalogue, TODAY).bundles]


def test_home_shows_one_visit_of_vaccinations_for_each_child(catalogue: Catalogue) -> None:
    steps = [step for bundle in plan(hana(), catalogue, TODAY).bundles for step in bundle.steps]
    visits = [step.id for step in steps if step.procedure == "child_vaccination"]
    assert visits == ["child_vaccination:m-4"]


def test_no_paper_asked_for_is_a_health_insurance_card(catalogue: Catalogue) -> None:
    # none is issued since 2024-12-02 (S027); the card of the care insurance still is
    for procedure in catalogue.procedures.values():
        for paper in procedure.attachments:
            for said in _all(paper.name):
                assert "保険証" not in said.replace("被保険者証", "").replace("ひほけんしゃ証", ""), procedure.id


def _all(text: Text) -> tuple[str, str, str]:
    return text.ja, text.easy, text.en
