"""Forms filled with what is known, and what is refused."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from life_events import (
    UNKNOWN,
    CareRecord,
    CareRecords,
    Catalogue,
    Facts,
    FieldKind,
    Form,
    NoForm,
    check_answers,
    form_for,
    load_catalogue,
    shown_answers,
)
from tests.life_events.people import HANA, TODAY, hana, household, told

CATALOGUE = load_catalogue()
CLAIM: dict[str, object] = {
    "claimant_name": "佐藤 はな",
    "claimant_kana": "サトウ ハナ",
    "claimant_birth_date": "1990-05-02",
    "claimant_address": "東京都港区芝公園1-5-25",
    "claimant_phone": "090-1234-5678",
    "public_servant": False,
    "pension_type": "category2",
    "employer": "株式会社あかり",
    "children": ["m-4"],
    "living_together": True,
    "older_children": False,
    "use_public_account": True,
    "agreed": True,
}
ACCOUNT: dict[str, object] = {
    "use_public_account": False,
    "bank_code": "0001",
    "branch_code": "123",
    "account_type": "ordinary",
    "account_number": "0012345",
    "account_holder_kana": "サトウ ハナ",
}
MOVE: dict[str, object] = {
    "move_date": "2026-12-10",
    "old_address": "東京都港区芝公園1-5-25",
    "new_address": "東京都世田谷区世田谷4-21-27",
    "movers": ["m-1", "m-3"],
    "new_head": "佐藤 はな",
    "contact_phone": "09012345678",
    "planned_visit_date": "2026-12-11",
    "agreed": True,
}


def claim(facts: Facts | None = None) -> Form:
    return form_for(CATALOGUE, "child_allowance_claim", facts or hana(), "m-4", TODAY)


def move(facts: Facts | None = None) -> Form:
    return form_for(CATALOGUE, "move_out_notice", facts or hana(), None, TODAY)


def refusals(form: Form, answers: object) -> dict[str, str]:
    return {error.field: error.code for error in check_answers(CATALOGUE, form, answers, TODAY)}


def test_what_is_known_stands_in_the_form_with_its_source() -> None:
    fields = claim().fields
    known = {id: (field.prefill.value, field.prefill.source) for id, field in fields.items() if field.prefill}
    assert known["claimant_name"] == ("佐藤 はな", "registry")
    assert known["claimant_birth_date"] == ("1990-05-02", "registry")
    assert known["spouse_name"] == ("佐藤 一郎", "registry")
    assert known["children"] == (("m-4",), "registry")
    assert known["public_servant"] == (False, "national")
    assert "claimant_phone" not in known
    assert claim().submit_to.ja == "港区 児童手当の担当"


def test_a_silent_source_leaves_its_fields_empty() -> None:
    form = claim(hana(national=UNKNOWN))
    assert form.fields["pension_type"].prefill is None
    assert form.fields["claimant_name"].prefill is not None


def test_the_told_moving_day_and_everybody_at_home_are_filled_in() -> None:
    fields = move(hana(answers=told(move_date="2026-12-10"))).fields
    assert fields["move_date"].prefill is not None
    assert fields["move_date"].prefill.source == "self"
    assert [choice.value for choice in fields["movers"].choices] == ["m-1", "m-2", "m-3", "m-4", "m-5"]


def test_the_insured_number_is_filled_in_for_the_person_it_belongs_to() -> None:
    facts = hana(care=CareRecords((CareRecord("m-5", "0001234567"),)))
    form = form_for(CATALOGUE, "care_certification", facts, "m-5", TODAY)
    assert form.fields["insured_number"].prefill is not None
    assert form.fields["person_name"].prefill is not None
    assert form.fields["person_name"].prefill.value == "佐藤 よし"


@pytest.mark.parametrize(
    ("procedure", "subject"),
    [
        ("nothing", None),
        ("birth_notice", None),
        ("child_allowance_claim", None),
        ("child_allowance_claim", "m-99"),
        ("move_out_notice", "m-1"),
    ],
)
def test_there_is_no_form_for_strangers_or_other_ways(procedure: str, subject: str | None) -> None:
    with pytest.raises(NoForm):
        form_for(CATALOGUE, procedure, hana(), subject, TODAY)


def test_no_form_asks_for_the_individual_number() -> None:
    for procedure in CATALOGUE.procedures.values():
        for section in procedure.form.sections if procedure.form else ():
            for field in section.fields:
                assert "my_number" not in field.id
                assert "個人番号" not in field.label.ja
                assert "マイナンバー" not in field.label.ja


def test_hanas_claim_may_be_sent() -> None:
    assert refusals(claim(), CLAIM) == {}
    assert refusals(claim(), CLAIM | ACCOUNT) == {}
    assert refusals(move(), MOVE) == {}


def test_the_account_is_wanted_only_when_the_public_one_is_not_used() -> None:
    wanted = refusals(claim(), CLAIM | {"use_public_account": False})
    assert wanted == dict.fromkeys(ACCOUNT.keys() - {"use_public_account"}, "required")


def test_what_is_not_shown_is_not_sent() -> None:
    sent = shown_answers(claim(), CLAIM | ACCOUNT | {"use_public_account": True})
    assert sent == CLAIM


def test_a_public_servant_is_sent_to_the_workplace() -> None:
    errors = check_answers(CATALOGUE, claim(), CLAIM | {"public_servant": True}, TODAY)
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
    errors = [
        error for error in check_answers(CATALOGUE, claim(), CLAIM | {field: value}, TODAY) if error.field == field
    ]
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
    for error in check_answers(CATALOGUE, claim(), answers, TODAY):
        assert error.code
        assert error.text.ja


def test_the_version_changes_with_the_definition_and_with_nothing_else(catalogue: Catalogue) -> None:
    assert claim().version == form_for(catalogue, "child_allowance_claim", hana(), "m-4", date(2027, 1, 4)).version
    assert claim().version != move().version


def test_hana_without_a_husband_has_no_spouse_filled_in() -> None:
    alone = claim(hana(registry=household(HANA, *(household().members[3:4]))))
    assert alone.fields["spouse_name"].prefill is None
    asked_by_parent = replace(HANA, relation="parent")
    assert (
        claim(hana(registry=household(asked_by_parent, *(household().members[3:4])))).fields["spouse_name"].prefill
        is None
    )


def test_a_pattern_means_the_same_in_a_browser() -> None:
    # HTML compiles `pattern` with the v flag, which refuses most escapes that other dialects allow
    for procedure in CATALOGUE.procedures:
        if _filed(procedure):
            for field in form_for(CATALOGUE, procedure, hana(), _subject(procedure), TODAY).fields.values():
                assert "\\" not in (field.pattern or "")


def _filed(procedure: str) -> bool:
    return CATALOGUE.procedures[procedure].form is not None


def _subject(procedure: str) -> str | None:
    return "m-5" if CATALOGUE.rules[procedure].for_person else None


def test_patterns_and_lengths_are_given_to_the_phone_too() -> None:
    for field in claim().fields.values():
        if field.kind in (FieldKind.TEXT, FieldKind.KANA, FieldKind.PHONE, FieldKind.NUMBER):
            assert field.max_length
        if field.kind in (FieldKind.KANA, FieldKind.PHONE, FieldKind.NUMBER):
            assert field.pattern
