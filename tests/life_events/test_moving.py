"""What Hana is told when she moves."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from life_events import UNKNOWN, Catalogue, Channel, ChildcareRecords, Facts, Pupils, StepState, plan
from life_events.catalogue import TRUSTED
from life_events.facts import Contract
from tests.life_events.people import HANA, MINATO, SETAGAYA, TODAY, YUI, hana, household, told
from tests.life_events.test_childcare import national, step

MOVE = date(2026, 12, 10)


def moving(to: str = SETAGAYA, on: date = MOVE, **more: object) -> Facts:
    return hana(answers=told(moving=True, move_date=on.isoformat(), move_to=to, **more))


def ids(catalogue: Catalogue, facts: Facts, today: date = TODAY) -> list[str]:
    """Every step of the bundles of a move, in the order shown."""
    planned = plan(facts, catalogue, today)
    return [step.id for one in planned.bundles if one.id.startswith("moving") for step in one.steps]


def test_before_anything_is_told_only_one_question_is_asked(catalogue: Catalogue) -> None:
    assert ids(catalogue, hana()) == ["move_out_notice"]
    assert [question.fact for question in step(catalogue, hana(), "move_out_notice").asks] == ["moving"]


def test_hana_who_stays_sees_nothing(catalogue: Catalogue) -> None:
    assert ids(catalogue, hana(answers=told(moving=False))) == []


def test_hana_is_asked_for_the_day_and_then_for_the_place(catalogue: Catalogue) -> None:
    day = step(catalogue, hana(answers=told(moving=True)), "move_out_notice")
    assert [question.fact for question in day.asks] == ["move_date"]
    place = step(catalogue, hana(answers=told(moving=True, move_date="2026-12-10")), "move_out_notice")
    assert [question.fact for question in place.asks] == ["move_to"]
    assert len(place.asks[0].choices) == 25


@pytest.mark.parametrize(
    ("today", "state", "here"),
    [
        (MOVE - timedelta(days=31), StepState.NOT_YET, False),
        (MOVE - timedelta(days=30), StepState.DUE, True),
        (MOVE + timedelta(days=10), StepState.DUE, True),
        (MOVE + timedelta(days=11), StepState.DUE, False),
    ],
)
def test_the_move_out_notice_is_filed_here_from_30_days_before_to_10_days_after(
    catalogue: Catalogue, today: date, state: StepState, here: bool
) -> None:
    notice = step(catalogue, moving(), "move_out_notice", today)
    assert (notice.state, notice.form is not None) == (state, here)


def test_after_the_tenth_day_it_goes_to_the_counter(catalogue: Catalogue) -> None:
    notice = step(catalogue, moving(), "move_out_notice", date(2026, 12, 21))
    assert (notice.channel, notice.due) == (Channel.COUNTER, date(2026, 12, 24))


def test_the_move_in_notice_is_for_the_new_ward_and_not_before_the_move(catalogue: Catalogue) -> None:
    notice = step(catalogue, moving(), "move_in_notice")
    assert (notice.state, notice.opens, notice.due) == (StepState.NOT_YET, MOVE, date(2026, 12, 24))
    assert notice.operator_name.ja == "世田谷区"
    assert step(catalogue, moving(), "move_in_notice", MOVE).state is StepState.DUE


def test_somebody_who_leaves_the_23_wards_is_sent_to_the_other_town(catalogue: Catalogue) -> None:
    for id in ("move_in_notice", "card_continuity"):
        assert step(catalogue, moving("other"), id).operator_name.ja == "引っ越し先の市区町村"


def test_once_the_register_shows_the_new_address_the_move_is_done(catalogue: Catalogue) -> None:
    answers = moving(moved_from=MINATO).answers
    arrived = hana(registry=household(ward=SETAGAYA, since=MOVE), answers=answers)
    assert step(catalogue, arrived, "move_in_notice", date(2026, 12, 15)).state is StepState.DONE
    assert "move_out_notice" not in ids(catalogue, arrived, date(2026, 12, 15))
    assert "child_allowance_move:m-3" not in ids(catalogue, arrived, date(2026, 12, 15))
    assert "address_change_notice" not in ids(catalogue, arrived, date(2026, 12, 15))


def test_a_move_inside_minato_is_another_notice(catalogue: Catalogue) -> None:
    inside = moving(MINATO)
    notice = step(catalogue, inside, "address_change_notice", MOVE)
    assert (notice.state, notice.due) == (StepState.DUE, date(2026, 12, 24))
    assert step(catalogue, inside, "address_change_notice").state is StepState.NOT_YET
    assert "move_out_notice" not in ids(catalogue, inside)


def test_the_card_lives_90_days_from_the_filing_of_the_move_in_notice(catalogue: Catalogue) -> None:
    filed = moving(on=date(2026, 11, 10), move_in_filed="2026-11-16")
    # 16 November is day 1: 90 days end on Saturday 13 February 2027, so Monday the 15th
    assert step(catalogue, filed, "card_continuity").due == date(2027, 2, 15)
    assert step(catalogue, filed, "move_in_notice").state is StepState.DONE
    assert step(catalogue, moving(), "card_continuity").state is StepState.NOT_YET
    assert step(catalogue, moving(), "card_continuity", MOVE).reason == "same_visit"


def test_yui_changes_school(catalogue: Catalogue) -> None:
    assert "芝浜小学校" in step(catalogue, moving(), "school_transfer").because.ja
    childless = hana(school=Pupils(), answers=moving().answers)
    assert "school_transfer" not in ids(catalogue, childless)


@pytest.mark.parametrize(
    ("source", "id"),
    [
        ("registry", "move_out_notice"),
        ("registry", "move_in_notice"),
        ("registry", "card_continuity"),
        ("school", "school_transfer"),
        ("electricity", "electricity_move"),
        ("national", "pension_address"),
    ],
)
def test_a_silent_source_is_named_and_hides_only_its_own_step(catalogue: Catalogue, source: str, id: str) -> None:
    silent = hana(**{source: UNKNOWN}, answers=moving().answers)
    assert step(catalogue, silent, id).unheard == source
    assert step(catalogue, silent, "water").state is StepState.DUE


def test_water_electricity_and_mail_come_some_days_before_the_move(catalogue: Catalogue) -> None:
    assert step(catalogue, moving(), "water").due == date(2026, 12, 6)
    power = step(catalogue, moving(), "electricity_move")
    assert power.due == date(2026, 12, 3)
    assert [(fact.value.ja, fact.source) for fact in power.known] == [
        ("あかり電力", "electricity"),
        ("EL-100", "electricity"),
    ]
    assert step(catalogue, moving(), "mail_forwarding", date(2026, 12, 9)).reason == "late"
    assert step(catalogue, moving(), "mail_forwarding", date(2026, 11, 1)).state is StepState.NOT_YET


@pytest.mark.parametrize(
    ("pension", "state"), [("category1", StepState.DONE), ("category2", StepState.OPEN), ("category3", StepState.OPEN)]
)
def test_a_pension_follows_by_itself_or_through_the_employer(
    catalogue: Catalogue, pension: str, state: StepState
) -> None:
    facts = hana(national=national(pension=pension), answers=moving().answers)
    assert step(catalogue, facts, "pension_address").state is state


def test_somebody_without_a_pension_is_not_bothered(catalogue: Catalogue) -> None:
    facts = hana(national=national(pension="none"), answers=moving().answers)
    assert "pension_address" not in ids(catalogue, facts)


def test_the_move_out_notice_is_shown_before_the_move_in_notice(catalogue: Catalogue) -> None:
    order = ids(catalogue, moving(on=date(2026, 11, 20)))
    assert order.index("move_out_notice") < order.index("move_in_notice") < order.index("card_continuity")


def test_a_broken_answer_is_as_good_as_none(catalogue: Catalogue) -> None:
    facts = hana(registry=household(HANA, YUI), answers=told(moving="yes", move_date=7, move_to=None))
    assert step(catalogue, facts, "move_out_notice").state is StepState.ASK


def test_the_car_is_asked_about_once_and_settles_two_steps(catalogue: Catalogue) -> None:
    planned = plan(moving(), catalogue, TODAY)
    (car,) = [asking for asking in planned.next_questions if asking.question.fact == "has_car"]
    assert car.settles == ("garage_certificate", "car_registration")


def test_the_broadcaster_is_told_by_phone_only_when_two_contracts_become_one(catalogue: Catalogue) -> None:
    asked = step(catalogue, moving(), "broadcast_contract")
    assert [choice.value for choice in asked.asks[0].choices] == ["whole", "leaving", "merging", "none"]
    assert "電話" in step(catalogue, moving(broadcast_case="merging"), "broadcast_contract").how.ja
    assert "サイト" in step(catalogue, moving(broadcast_case="whole"), "broadcast_contract").how.ja


@pytest.mark.parametrize(("ward", "visit"), [("131016", False), ("131024", False), ("131199", False), (SETAGAYA, True)])
def test_a_dog_with_a_chip_needs_no_visit_in_the_wards_of_the_special_rule(
    catalogue: Catalogue, ward: str, visit: bool
) -> None:
    dog = step(catalogue, moving(to=ward, has_dog=True), "dog_registration")
    assert ("届出は要りません" in dog.how.ja) is not visit


@pytest.mark.parametrize(
    ("id", "operator"),
    [
        ("garage_certificate", "引っ越し先の警察署"),
        ("car_registration", "引っ越し先の運輸支局"),
        ("scooter_plate", "引っ越し先の市区町村"),
        ("dog_registration", "引っ越し先の市区町村"),
    ],
)
def test_outside_the_23_wards_another_office_takes_it(catalogue: Catalogue, id: str, operator: str) -> None:
    gone = moving("other", has_car=True, has_scooter=True, has_dog=True)
    assert step(catalogue, gone, id).operator_name.ja == operator


def test_the_new_ward_takes_what_is_done_after_the_move(catalogue: Catalogue) -> None:
    assert step(catalogue, moving(has_scooter=True), "scooter_plate").operator_name.ja == "世田谷区"
    assert step(catalogue, moving(), "seal_registration").operator_name.ja == "世田谷区"
    assert step(catalogue, moving(), "bulky_waste").operator_name.ja == "港区"


def test_minato_says_that_it_opens_on_wednesday_evenings(catalogue: Catalogue) -> None:
    note = catalogue.wards[MINATO].opening.note
    assert note
    assert "水曜日" in note.ja


def test_nothing_of_a_move_is_missing_in_its_files(catalogue: Catalogue) -> None:
    ids = {id for one in catalogue.bundles if one.id.startswith("moving") for id in one.procedures}
    of_moves = [procedure for id in ids if (procedure := catalogue.procedures[id]).fact_sheet.startswith("mv")]
    assert sorted(one.fact_sheet for one in of_moves) == sorted([*(f"mv{n:02}" for n in range(1, 31)), "mv02b"])
    for one in of_moves:
        assert one.summary, one.id
        assert len(one.summary.ja) <= 100, one.id
        assert one.who, one.id
        assert one.window, one.id
        assert one.late, one.id
        assert one.kana, one.id
        assert one.result, one.id
        assert one.channels, one.id
        assert len(one.keywords.ja) >= 6, one.id
        assert len(one.keywords.en) >= 4, one.id
        assert set(one.confidence) >= TRUSTED - {"form"}, one.id


def test_what_a_new_signing_certificate_makes_way_for_is_said(catalogue: Catalogue) -> None:
    answers = moving(moved_from=MINATO).answers
    arrived = hana(registry=household(ward=SETAGAYA, since=MOVE), childcare=ChildcareRecords(), answers=answers)
    assert "child_allowance_claim:m-3" in step(catalogue, arrived, "signing_certificate", date(2026, 12, 15)).unlocks


def test_the_day_of_the_move_settles_every_step_that_hangs_on_it(catalogue: Catalogue) -> None:
    planned = plan(hana(answers=told(moving=True)), catalogue, TODAY)
    (day,) = [asking for asking in planned.next_questions if asking.question.fact == "move_date"]
    assert day.settles[0] == "move_out_notice"
    assert {"move_out_notice", "nursery_move:m-3", "care_transfer_papers:m-5"} <= set(day.settles)


@pytest.mark.parametrize(("procedure", "source"), [("water", "water"), ("gas_move", "gas")])
def test_a_contract_she_had_looked_up_is_shown_with_the_step_that_speaks_of_it(
    catalogue: Catalogue, procedure: str, source: str
) -> None:
    before = step(catalogue, moving(), procedure)
    contract = Contract("13-0001-2210", "東京都港区芝公園1-5-25", "")
    after = step(catalogue, replace(moving(), **{source: contract}), procedure)
    assert [fact.value.ja for fact in after.known if fact.source == source] == [contract.address, contract.number]
    assert [fact for fact in after.known if fact.source != source] == list(before.known)
    assert (after.state, after.due, after.reads, after.because) == (
        before.state,
        before.due,
        before.reads,
        before.because,
    )
