"""The order of steps, and the first moments when little is known."""

from datetime import date

from msgspec.structs import replace

from life_events import (
    SOURCES,
    CareRecord,
    CareRecords,
    Catalogue,
    Facts,
    Household,
    Law,
    Member,
    Open,
    StepState,
    Verdict,
    form_for,
    plan,
    unknown_parts,
)
from life_events.plan import in_order
from life_events.rules.rule import household_rule, person_rule
from life_events.verdict import because
from tests.life_events.people import HANA, NAO, TODAY, hana, household, told


def test_when_nobody_has_answered_yet_the_steps_wait_for_the_register(catalogue: Catalogue) -> None:
    planned = plan(Facts(), catalogue, TODAY)
    waiting = [step for bundle in planned.bundles for step in bundle.steps if step.state is StepState.UNHEARD]
    assert {step.unheard for step in waiting} == {"registry"}
    assert all(step.subject is None and step.form is None for step in waiting)
    assert [step.id for step in planned.bundle("moving_out").steps] == ["move_out_notice"]
    assert list(unknown_parts(Facts())) == [source for source in SOURCES if source != "self"]


def test_hanas_steps_stand_by_urgency_and_done_last(catalogue: Catalogue) -> None:
    steps = plan(hana(), catalogue, TODAY).bundle("pregnancy_birth").steps
    assert [step.id for step in steps][:3] == [
        "child_health_insurance:m-4",
        "child_allowance_change:m-4",
        "child_medical_certificate:m-4",
    ]
    states = [step.state for step in steps]
    assert states.index(StepState.DONE) > states.index(StepState.OPEN) > states.index(StepState.DUE)


def test_a_step_never_stands_before_an_unfinished_one_it_comes_after(catalogue: Catalogue) -> None:
    worried = hana(answers=told(care_worry=True))
    consultation, certification = plan(worried, catalogue, TODAY).bundle("care").steps
    urgent = replace(certification, state=StepState.DUE, due=TODAY)
    assert in_order([urgent, consultation]) == [consultation, urgent]
    assert in_order([replace(consultation, state=StepState.DONE), urgent])[0] is urgent


def test_steps_that_wait_for_each_other_are_still_all_shown(catalogue: Catalogue) -> None:
    first, second = plan(hana(answers=told(care_worry=True)), catalogue, TODAY).bundle("care").steps
    circle = [replace(first, after=(second.procedure,)), second]
    assert sorted(step.id for step in in_order(circle)) == sorted(step.id for step in circle)


def test_the_same_facts_give_the_same_plan(catalogue: Catalogue) -> None:
    assert plan(hana(), catalogue, TODAY) == plan(hana(), catalogue, TODAY)


def test_a_member_whose_name_the_register_leaves_empty_is_still_shown(catalogue: Catalogue) -> None:
    nameless = hana(registry=household(HANA, replace(NAO, name="", kana="")))
    change = plan(nameless, catalogue, TODAY).step("child_allowance_change:m-4")
    assert change is not None
    assert change.because.ja.startswith("―さん")
    form = form_for(catalogue, "child_allowance_change", nameless, "m-4", TODAY)
    assert [choice.label.ja for choice in form.fields["children"].choices] == ["―"]


def test_the_question_about_a_move_comes_first_because_it_settles_most(catalogue: Catalogue) -> None:
    first, *others = plan(hana(), catalogue, TODAY).next_questions
    assert first.question.fact == "moving"
    assert "move_out_notice" in first.settles
    assert len(first.settles) > 10
    assert all(len(other.settles) <= len(first.settles) for other in others)


def test_a_notice_makes_way_for_what_waits_for_it(catalogue: Catalogue) -> None:
    moving = hana(answers=told(moving=True, move_date="2026-12-10", move_to="131121"))
    notice = plan(moving, catalogue, TODAY).step("move_in_notice")
    assert notice is not None
    assert "card_continuity" in notice.unlocks


def test_what_is_open_on_demand_stands_apart_and_asks_nothing_of_her(catalogue: Catalogue) -> None:
    certified = hana(care=CareRecords((CareRecord("m-5", "0000012345", "care2", TODAY, date(2027, 6, 30)),)))
    care = next(bundle for bundle in plan(certified, catalogue, TODAY).bundles if bundle.id == "care")
    on_demand = {step.procedure for step in care.more}
    assert on_demand
    assert not on_demand & {step.procedure for step in care.steps}


def test_a_rule_that_throws_is_one_step_that_cannot_be_judged_and_not_the_whole_home(catalogue: Catalogue) -> None:
    def move_out_notice(facts: Facts, law: Law, today: date) -> Verdict:
        raise ZeroDivisionError

    def care_renewal(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
        if person.person == "m-5":
            raise KeyError("care")
        return Open(because=because("later"))

    broken = {
        "move_out_notice": household_rule(move_out_notice),
        "care_renewal": person_rule(care_renewal, "later"),
    }
    planned = plan(hana(), replace(catalogue, rules={**catalogue.rules, **broken}), TODAY)
    whole = plan(hana(), catalogue, TODAY)
    step = planned.step("move_out_notice")
    thrown, unspeakable = planned.step("care_renewal:m-5"), planned.step("care_renewal:m-1")
    assert step
    assert thrown
    assert unspeakable
    assert (step.state, step.reason, step.unheard) == (StepState.UNHEARD, "not_judged", None)
    assert {thrown.reason, unspeakable.reason} == {"not_judged"}
    assert {failure.rule for failure in planned.failures} == {"move_out_notice", "care_renewal"}
    others = {one.id for bundle in whole.bundles for one in bundle.steps} - {step.id}
    assert others <= {one.id for bundle in planned.bundles for one in bundle.steps}
    assert whole.failures == ()
