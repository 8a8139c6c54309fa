"""Facts as the sources tell them in JSON, and back."""

from datetime import date

import msgspec
import pytest

from life_events import UNKNOWN, Answers, CareRecords, Facts, Household, Pupils, answer_id
from tests.life_events.people import hana, told

REGISTRY = """{"ward": "131032", "address": "東京都港区", "postal_code": "1050014", "since": "2022-04-01", "members": [
  {"person": "m-1", "me": true, "name": "佐藤 はな", "kana": "サトウ ハナ", "birth_date": "1990-05-02",
   "sex": "female", "relation": "head"}]}"""


def test_a_household_is_read_as_the_register_tells_it() -> None:
    home = msgspec.json.decode(REGISTRY, type=Household)
    assert home.since == date(2022, 4, 1)
    assert home.me is home.member("m-1")
    assert home.member("m-2") is None


def test_a_pupil_has_a_class_and_perhaps_a_next_event() -> None:
    told = """{"pupils": [{"person": "m-3", "facility": "芝浜小学校", "kind": "elementary", "class": "1年2組",
      "next_event": {"title": "保護者会", "on": "2026-12-01"}}, {"person": "m-4", "facility": "園",
      "kind": "nursery"}]}"""
    pupils = msgspec.json.decode(told, type=Pupils)
    pupil = pupils.of("m-3")
    assert pupil is not None
    assert (pupil.class_name, pupil.next_event and pupil.next_event.on) == ("1年2組", date(2026, 12, 1))
    assert pupils.of("m-9") is None


def test_somebody_never_certified_has_no_level() -> None:
    told = '{"records": [{"person": "m-5", "insured_number": "0001234567", "level": null, "valid_from": null}]}'
    record = msgspec.json.decode(told, type=CareRecords).of("m-5")
    assert record is not None
    assert not record.certified_on(date(2026, 11, 23))


def test_a_level_nobody_knows_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="care9"):
        msgspec.json.decode('{"records": [{"person": "m", "insured_number": "1", "level": "care9"}]}', type=CareRecords)


def test_all_facts_survive_being_kept_as_json() -> None:
    facts = hana(care=UNKNOWN, answers=told(moving=True))
    assert facts.care is UNKNOWN
    for part in (facts.registry, facts.childcare, facts.national, facts.school, facts.electricity):
        assert msgspec.json.decode(msgspec.json.encode(part), type=type(part)) == part


def test_facts_never_change() -> None:
    with pytest.raises(AttributeError):
        Facts().registry = UNKNOWN  # type: ignore[misc]


def test_answers_are_found_by_fact_and_person() -> None:
    answers = Answers({"child_insured:m-4": True, "move_date": "2026-12-10", "birth_date": "soon", "move_to": "131121"})
    assert answers.yes("child_insured", "m-4") is True
    assert answers.yes("child_insured") is None
    assert answers.day("move_date") == date(2026, 12, 10)
    assert answers.day("birth_date") is None
    assert answers.word("move_to") == "131121"
    assert answer_id("moving", None) == "moving"
