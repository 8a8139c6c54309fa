"""The form a paper is read into, and the same as pages to be printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bff import paper_desk
from bff.paper import subjects
from bff.paper.form import ADDRESS, BORN, NAME, applicant_fields, paper_form, without_head
from life_events import FieldKind, Household, Member, blank_form, load_catalogue

TODAY = date(2026, 11, 20)
RIKU = Member("m-1", False, "鈴木 りく", "スズキ リク", date(2024, 9, 25), "male", "child")
HOME = Household("131121", "世田谷区太子堂4-2-7", "1540004", date(2019, 1, 1), (RIKU,))


def test_every_form_says_who_applies_and_keeps_its_own_part_as_it_is() -> None:
    catalogue = load_catalogue()
    for id, procedure in catalogue.procedures.items():
        if procedure.form is None:
            continue
        form, own = paper_form(catalogue, id, "131121", TODAY), blank_form(catalogue, id, "131121", TODAY)
        assert set(applicant_fields(form)) == {NAME, BORN, ADDRESS}, id
        assert without_head(form) == own
        assert all(field.choices for field in own.fields.values() if field.kind is FieldKind.CHOICE), id


def test_names_of_a_household_are_its_people_and_others_stay_names() -> None:
    catalogue = load_catalogue()
    said = {"children": "鈴木りく、鈴木 あおい"}
    procedure = catalogue.procedures["child_allowance_claim"]
    assert subjects.with_ids(procedure, said, HOME) == {"children": ["m-1", "鈴木 あおい"]}
    assert subjects.with_ids(procedure, said, None) == {"children": ["鈴木りく", "鈴木 あおい"]}


def test_a_form_is_printed_blank_or_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert paper_desk.main(["blank", str(tmp_path), "--procedure", "care_renewal"]) == 0
    assert paper_desk.main(["sample", str(tmp_path)]) == 0
    told = capsys.readouterr().out.split()
    assert {Path(one) for one in told} == set(tmp_path.glob("*.png"))
    assert paper_desk.main(["blank", str(tmp_path), "--procedure", "nothing"]) == 2
