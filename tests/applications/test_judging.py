"""What is refused of a filled-in form, by the schema that her phone has too."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bff.applications.judging import check_answers
from life_events import Form, form_for, schema_of, static_schema
from tests.life_events.people import TODAY, hana, told
from tests.life_events.test_forms import ACCOUNT, CATALOGUE, CLAIM, MOVE, claim, move


def refusals(form: Form, answers: object) -> dict[str, str]:
    return {error.field: error.code for error in check_answers(CATALOGUE, form, answers)}


def test_hanas_claim_may_be_sent() -> None:
    assert refusals(claim(), CLAIM) == {}
    assert refusals(claim(), CLAIM | ACCOUNT) == {}
    assert refusals(move(), MOVE) == {}


def test_the_account_is_wanted_only_when_the_public_one_is_not_used() -> None:
    wanted = refusals(claim(), CLAIM | {"use_public_account": False})
    assert wanted == dict.fromkeys(ACCOUNT.keys() - {"use_public_account"}, "required")


def test_a_public_servant_is_sent_to_the_workplace() -> None:
    errors = check_answers(CATALOGUE, claim(), CLAIM | {"public_servant": True})
    assert [(error.field, error.code) for error in errors] == [("public_servant", "public_servant")]
    assert "勤務先" in errors[0].text.ja


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("claimant_name", "", "required"),
        ("claimant_name", "  ", "required"),
        ("claimant_name", None, "required"),
        ("claimant_name", "あ" * 61, "too_long"),
        ("claimant_name", "あ" * 1_000_000, "too_long"),
        ("claimant_name", "佐藤\u0000はな", "control_character"),
        ("claimant_name", "佐藤\nはな", "control_character"),
        ("claimant_name", "\ud800", "control_character"),
        ("claimant_name", 7, "wrong_type"),
        ("claimant_name", ["佐藤"], "wrong_type"),
        ("claimant_name", {"a": {"b": []}}, "wrong_type"),
        ("claimant_name", math.nan, "wrong_type"),
        ("claimant_name", math.inf, "wrong_type"),
        ("claimant_name", 10**400, "wrong_type"),
        ("claimant_name", "はな 1234-5678-9018", "individual_number"),
        ("claimant_name", 123456789018, "individual_number"),
        ("claimant_name", 123456789018.0, "individual_number"),
        ("claimant_kana", "さとう はな", "wrong_pattern"),
        ("claimant_phone", "12345", "wrong_pattern"),
        ("claimant_phone", "123456789018", "individual_number"),
        ("claimant_birth_date", "1990-02-30", "not_a_date"),
        ("claimant_birth_date", "1990/05/02", "not_a_date"),
        ("claimant_birth_date", "19900502", "not_a_date"),
        ("claimant_birth_date", "２０２６-01-01", "not_a_date"),
        ("claimant_birth_date", "2026-11-24", "out_of_window"),
        ("claimant_birth_date", "0001-01-01", "out_of_window"),
        ("pension_type", "category9", "not_a_choice"),
        ("pension_type", True, "wrong_type"),
        ("children", ["m-1"], "not_a_choice"),
        ("children", ["m-4", "m-4"], "not_a_choice"),
        ("children", [], "required"),
        ("children", "m-4", "wrong_type"),
        ("children", [None], "wrong_type"),
        ("children", ["123456789018"], "individual_number"),
        ("use_public_account", "true", "wrong_type"),
        ("use_public_account", 1, "wrong_type"),
        ("agreed", False, "required"),
        ("agreed", "yes", "wrong_type"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_word_and_a_text(field: str, value: object, code: str) -> None:
    errors = [error for error in check_answers(CATALOGUE, claim(), CLAIM | {field: value}) if error.field == field]
    assert [error.code for error in errors] == [code]
    assert errors[0].text.easy


@pytest.mark.parametrize(("days", "refused"), [(-11, True), (-10, False), (30, False), (31, True)])
def test_the_moving_day_lies_between_10_days_ago_and_30_days_ahead(days: int, refused: bool) -> None:
    on = (TODAY + timedelta(days=days)).isoformat()
    assert (refusals(move(), MOVE | {"move_date": on}) == {"move_date": "out_of_window"}) is refused


def test_the_visit_is_tomorrow_at_the_earliest() -> None:
    assert refusals(move(), MOVE | {"planned_visit_date": TODAY.isoformat()}) == {"planned_visit_date": "out_of_window"}


def test_an_unknown_field_is_refused_and_not_repeated_when_it_may_be_personal() -> None:
    assert refusals(claim(), CLAIM | {"my_number": "1"}) == {"my_number": "unknown_field"}
    assert refusals(claim(), CLAIM | {"123456789018": "1"}) == {"?": "unknown_field"}


def test_twenty_thousand_unknown_fields_are_told_as_twenty() -> None:
    errors = check_answers(
        CATALOGUE, claim(), CLAIM | {f"x{number}": 1 for number in range(20_000)} | {"agreed": False}
    )
    assert [error.code for error in errors] == ["unknown_field"] * 20 + ["required"]


@pytest.mark.parametrize("answers", [None, [], "x", 3, [["claimant_name", "x"]]])
def test_answers_of_another_shape_are_refused_whole(answers: object) -> None:
    assert refusals(claim(), answers) == {"": "wrong_type"}


def test_where_the_person_is_decides_what_else_is_asked() -> None:
    form = form_for(CATALOGUE, "care_certification", hana(), "m-5", TODAY)
    shown = refusals(form, {"current_place": "hospital", "submitter": "family"})
    assert {"hospital_name", "submitter_relation"} <= shown.keys()
    assert not {"facility_name", "other_place", "agent_office", "insured_number"} & shown.keys()
    assert refusals(form, {"insured_number": "123"})["insured_number"] == "wrong_pattern"


def test_a_new_line_is_fine_only_in_a_long_text() -> None:
    form = form_for(CATALOGUE, "care_certification", hana(), "m-5", TODAY)
    assert "reason" not in refusals(form, {"reason": "歩けない\n食べられない"})
    assert refusals(form, {"reason": "歩けない\u0007"})["reason"] == "control_character"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(JSON | st.dictionaries(st.sampled_from(sorted(claim().fields)) | st.text(max_size=20), JSON, max_size=6))
def test_no_json_makes_the_check_stumble(answers: object) -> None:
    for error in check_answers(CATALOGUE, claim(), answers):
        assert error.code
        assert error.text.ja


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        ("2026-12-11", {}),  # a Friday
        ("2026-12-12", {"planned_visit_date": "closed_day"}),  # the second Saturday
        ("2026-12-13", {"planned_visit_date": "closed_day"}),  # a Sunday that is no extra opening of Setagaya
        ("2026-12-31", {"planned_visit_date": "closed_day"}),  # 地方自治法4条の2: 12-29 to 01-03
        ("2027-01-11", {"planned_visit_date": "closed_day"}),  # 成人の日
        ("2027-01-12", {}),
    ],
)
def test_hana_visits_setagaya_when_its_office_is_open(day: str, refused: dict[str, str]) -> None:
    form = move(hana(answers=told(move_date="2026-12-10", move_to="131121")))
    assert refusals(form, MOVE | {"planned_visit_date": day}) == refused


def test_the_opening_days_of_a_town_outside_are_not_known_and_none_is_refused() -> None:
    form = move(hana(answers=told(move_date="2026-12-10", move_to="other")))
    assert refusals(form, MOVE | {"planned_visit_date": "2026-12-13"}) == {}


def test_every_form_of_the_catalogue_is_a_schema_of_its_own_dialect() -> None:
    for procedure in CATALOGUE.procedures.values():
        schema = static_schema(procedure)
        if schema is not None:
            Draft202012Validator.check_schema(schema)
            assert schema["$id"].startswith(f"urn:kurashimado:form:{procedure.id}:")
            assert set(schema["required"]) <= set(schema["properties"])


def test_the_claim_is_said_in_the_words_of_json_schema() -> None:
    schema = schema_of(claim())
    rules = schema["properties"]
    assert rules["agreed"] == {"type": "boolean", "const": True}
    assert rules["public_servant"] == {"type": "boolean", "not": {"const": True}}
    assert rules["claimant_phone"]["pattern"] == "^(?:(?:0|[+]81-?)[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4})$"
    assert rules["children"]["items"] == {"type": "string", "enum": ["m-3", "m-4"]}
    account = {"properties": {"use_public_account": {"const": False}}, "required": ["use_public_account"]}
    wanted = ["bank_code", "branch_code", "account_type", "account_number", "account_holder_kana"]
    assert {"if": account, "then": {"required": wanted}} in schema["allOf"]
    assert "bank_code" not in schema["required"]


def test_a_hundred_thousand_faults_cost_no_more_than_one() -> None:
    assert refusals(claim(), CLAIM | {"children": ["m-99"] * 100_000}) == {"children": "not_a_choice"}
