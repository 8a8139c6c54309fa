"""The forms a family with children fills in: what they already know, and the little that is left to write."""

from datetime import date

import pytest

from life_events import Catalogue, Facts, Form, form_for
from tests.life_events.people import HANA, NAO, TODAY, hana, household, told


def typed(form: Form) -> list[str]:
    """What a person must write herself when nothing further is shown."""
    return [field.id for field in form.fields.values() if field.required and not field.prefill and not field.show_if]


def change(catalogue: Catalogue, facts: Facts | None = None) -> Form:
    return form_for(catalogue, "child_allowance_change", facts or hana(), "m-4", TODAY)


def known(form: Form) -> dict[str, object]:
    return {id: field.prefill.value for id, field in form.fields.items() if field.prefill}


def test_for_her_second_child_hana_writes_her_phone_and_three_short_answers(catalogue: Catalogue) -> None:
    form = change(catalogue)
    assert typed(form) == ["claimant_phone", "living_together", "older_children", "agreed"]
    filled = known(form)
    assert (filled["reason"], filled["event_date"], filled["children"]) == ("birth", "2026-11-14", ("m-4",))
    assert form.submit_to.ja == "港区 児童手当の担当"


def test_a_child_who_came_along_in_a_move_is_not_said_to_be_born_here(catalogue: Catalogue) -> None:
    moved = change(catalogue, hana(registry=household(HANA, NAO, since=date(2026, 11, 20))))
    assert "reason" not in known(moved)


def test_the_due_date_she_told_stands_in_the_pregnancy_notice(catalogue: Catalogue) -> None:
    facts = hana(answers=told(pregnant=True, due_date="2027-04-20"))
    form = form_for(catalogue, "pregnancy_notice", facts, None, TODAY)
    assert known(form)["due_date"] == "2027-04-20"
    assert typed(form) == ["applicant_phone", "weeks", "clinic_name", "agreed"]


def test_the_spouse_the_register_shows_stands_in_the_claim(catalogue: Catalogue) -> None:
    filled = known(form_for(catalogue, "child_allowance_claim", hana(), "m-4", TODAY))
    assert (filled["spouse_name"], filled["spouse_birth_date"]) == ("佐藤 一郎", "1989-01-09")
    assert filled["marital_status"] == "married"


@pytest.mark.parametrize(
    ("procedure", "subject"),
    [
        ("allowance_details_change", None),
        ("allowance_end_notice", None),
        ("unpaid_allowance_claim", None),
        ("allowance_donation", None),
        ("allowance_donation_change", None),
        ("allowance_school_fees", None),
        ("allowance_school_fees_change", None),
        ("allowance_status_report", None),
        ("nursery_certification", "m-4"),
        ("nursery_use", "m-4"),
        ("nursery_status_report", "m-4"),
        ("rearing_allowance_report", None),
    ],
)
def test_every_childcare_form_knows_who_files_it(catalogue: Catalogue, procedure: str, subject: str | None) -> None:
    filled = known(form_for(catalogue, procedure, hana(), subject, TODAY))
    assert "佐藤 はな" in filled.values()
    assert "東京都港区芝公園1-5-25" in filled.values()
