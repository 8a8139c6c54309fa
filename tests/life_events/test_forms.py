"""Forms filled with what is known, and what is refused."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from life_events import (
    UNKNOWN,
    Answers,
    CareRecord,
    CareRecords,
    Catalogue,
    Entered,
    Facts,
    Field,
    FieldKind,
    Form,
    NoForm,
    Prefill,
    Text,
    entered_in,
    form_for,
    load_catalogue,
    shown_answers,
)
from life_events.form import DEFAULT_PATTERNS, FieldSpec, FormSpec, SectionSpec
from tests.life_events.people import HANA, SETAGAYA, TODAY, hana, household, told

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


def test_of_a_family_of_whom_only_some_move_only_those_are_filled_in() -> None:
    some = told(move_date="2026-12-10", everybody_moves=False)
    nobody_named = move(hana(answers=some)).fields["movers"]
    named = move(hana(answers=Answers({**some.values, "moves:m-2": True, "moves:m-3": False}))).fields["movers"]
    assert nobody_named.prefill is None
    assert named.prefill is not None
    assert named.prefill.value == ("m-2",)
    assert [choice.value for choice in named.choices] == ["m-1", "m-2", "m-3", "m-4", "m-5"]


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
        ("prenatal_checkups", None),
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


def test_what_is_not_shown_is_not_sent() -> None:
    sent = shown_answers(claim(), CLAIM | ACCOUNT | {"use_public_account": True})
    assert sent == CLAIM


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


SENT = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)


def after_sending(form: Form, answers: Mapping[str, object], **changes: object) -> Facts:
    return hana(entered=Entered(entered_in(form, answers, SENT)), **changes)


def plain(*fields: FieldSpec) -> Catalogue:
    """The catalogue with one made-up form for the household in the place of the move-out notice's."""
    notice = CATALOGUE.procedures["move_out_notice"]
    words = Text(ja="一", easy="一", en="one")
    made = FormSpec(intro=words, submit_to=words, sections=(SectionSpec("one", words, fields),), version="1")
    return replace(CATALOGUE, procedures={**CATALOGUE.procedures, notice.id: replace(notice, form=made)})


def spec(id: str, kind: FieldKind, **more: Any) -> FieldSpec:
    return FieldSpec(**{"id": id, "kind": kind, "label": Text(ja=id, easy=id, en=id)} | more)


PHONE = spec("phone", FieldKind.PHONE, term="me.phone")
NAME = spec("name", FieldKind.TEXT, prefill="me.name", term="me.fullName")
BLOOD = spec("blood", FieldKind.TEXT, term="subject.bloodType")


def made(*fields: FieldSpec, facts: Facts | None = None) -> Form:
    return form_for(plain(*fields), "move_out_notice", facts or hana(), None, TODAY)


def test_a_telephone_number_is_entered_once_and_stands_in_the_next_form() -> None:
    first = made(PHONE)
    other = spec("contact", FieldKind.PHONE, term="me.phone")
    prefill = made(other, facts=after_sending(first, {"phone": "090-1234-5678"})).fields["contact"].prefill
    assert prefill == Prefill("090-1234-5678", "entered", "move_out_notice", SENT)


def test_the_register_stands_before_what_she_typed() -> None:
    typed = after_sending(made(NAME), {"name": "佐藤 花子"})
    name = made(NAME, facts=typed).fields["name"].prefill
    assert (name.value, name.source) == ("佐藤 はな", "registry") if name else False
    silent = made(NAME, facts=replace(typed, registry=UNKNOWN)).fields["name"].prefill
    assert (silent.value, silent.source) == ("佐藤 花子", "entered") if silent else False


def test_what_the_register_told_is_not_kept_as_hers() -> None:
    assert entered_in(made(NAME, PHONE), {"name": "佐藤 はな", "phone": "0312345678"}, SENT).keys() == {"me.phone"}


def test_what_was_written_about_one_child_is_not_offered_for_another() -> None:
    claim = CATALOGUE.procedures["child_allowance_claim"]
    words = Text(ja="一", easy="一", en="one")
    form = FormSpec(intro=words, submit_to=words, sections=(SectionSpec("one", words, (BLOOD,)),), version="1")
    catalogue = replace(CATALOGUE, procedures={**CATALOGUE.procedures, claim.id: replace(claim, form=form)})
    about_nao = form_for(catalogue, claim.id, hana(), "m-4", TODAY)
    facts = after_sending(about_nao, {"blood": "A"})
    assert list(facts.entered.values) == ["subject.bloodType:m-4"]
    again = form_for(catalogue, claim.id, facts, "m-4", TODAY).fields["blood"].prefill
    assert again is not None
    assert form_for(catalogue, claim.id, facts, "m-3", TODAY).fields["blood"].prefill is None


def test_an_earlier_answer_of_another_kind_is_not_offered() -> None:
    facts = after_sending(made(PHONE), {"phone": "0312345678"})
    assert made(spec("same", FieldKind.YES_NO, term="me.phone"), facts=facts).fields["same"].prefill is None


def test_every_source_says_whom_to_tell_when_the_record_is_wrong() -> None:
    for source in CATALOGUE.sources.values():
        assert all((source.correction.ja, source.correction.easy, source.correction.en))


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (FieldKind.TIME, ("00:00", "09:05", "23:59"), ("24:00", "9:05", "12:60", "午前9時", "")),
        (FieldKind.MONTH, ("1999-01", "2026-12"), ("2026-13", "2026-00", "2026-1", "26-01", "2026-01-01")),
    ],
)
def test_a_time_and_a_month_are_taken_as_a_finger_chooses_them(
    kind: FieldKind, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    pattern = re.compile(DEFAULT_PATTERNS[kind])
    assert all(pattern.fullmatch(one) for one in good)
    assert not [one for one in bad if pattern.fullmatch(one)]


def of_a_move(field: str, to: str) -> Field:
    return move(hana(answers=told(moving=True, move_date="2026-12-10", move_to=to))).fields[field]


def test_a_new_address_has_to_lie_in_the_ward_she_told() -> None:
    pattern = of_a_move("new_address", SETAGAYA).pattern or ""
    assert re.fullmatch(pattern, "東京都世田谷区世田谷4-21-27")
    assert re.fullmatch(pattern, "4-21-27 Setagaya, Setagaya-ku, Tokyo")
    assert not re.fullmatch(pattern, "東京都渋谷区宇田川町1-1")
    assert of_a_move("new_address", "other").pattern is None


def test_no_visit_at_the_new_office_is_before_the_move() -> None:
    assert of_a_move("planned_visit_date", SETAGAYA).min_date == date(2026, 12, 10)
    gone = move(hana(answers=told(moving=True, move_date="2026-11-20", move_to=SETAGAYA)))
    assert gone.fields["planned_visit_date"].min_date == date(2026, 11, 24), "the day after today"
