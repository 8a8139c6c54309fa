"""What a family has to do after a birth, counted over the real catalogue."""

from __future__ import annotations

from infra.catalogue.typed import Figures, figures, table
from life_events import load_catalogue

FOUND: Figures = figures(load_catalogue())


def test_every_field_is_either_known_or_chosen_or_typed() -> None:
    assert FOUND.fields == FOUND.prefilled + FOUND.tapped + len(FOUND.typed)
    assert FOUND.prefilled > FOUND.tapped + len(FOUND.typed)


def test_a_telephone_number_is_typed_once_for_all_forms() -> None:
    assert len([one for one in FOUND.typed if one.endswith("phone")]) == 1


def test_the_table_names_what_is_typed() -> None:
    assert all(f"typed: {one}" in table(FOUND) for one in FOUND.typed)
