"""What a family has to do after a birth, counted over the real catalogue."""

from __future__ import annotations

from infra.catalogue.typed import AFTER_A_BIRTH, Figures, figures, table, way_of
from life_events import Channel, load_catalogue

CATALOGUE = load_catalogue()
FOUND: Figures = figures(CATALOGUE)


def test_every_field_is_either_known_or_chosen_or_typed() -> None:
    assert FOUND.fields == FOUND.prefilled + FOUND.tapped + len(FOUND.typed)
    assert FOUND.prefilled > FOUND.tapped + len(FOUND.typed)


def test_her_telephone_number_stands_in_several_forms_and_is_typed_once() -> None:
    assert len([id for id in AFTER_A_BIRTH if "me.phone" in terms(id)]) > 1
    assert len([one for one in FOUND.typed if one.endswith("phone")]) == 1


def terms(procedure: str) -> set[str | None]:
    form = CATALOGUE.procedures[procedure].form
    return {field.term for section in form.sections for field in section.fields} if form else set()


def test_the_table_names_what_is_typed() -> None:
    assert all(f"typed: {one}" in table(FOUND, CATALOGUE) for one in FOUND.typed)


def test_a_family_types_at_most_five_fields_after_a_birth() -> None:
    assert len(FOUND.typed) <= 5, FOUND.typed


def test_each_of_the_ten_either_has_a_form_or_the_table_says_how_it_is_filed() -> None:
    assert sorted([*FOUND.sent, *FOUND.drafts, *FOUND.without]) == sorted(AFTER_A_BIRTH)
    for id in FOUND.without:
        channel, how = way_of(CATALOGUE, id)
        assert channel is not Channel.HERE, id
        assert how.en in table(FOUND, CATALOGUE)


def test_the_newborn_is_not_known_before_its_birth_is_told() -> None:
    assert "birth_notice.child_name" in FOUND.typed
    assert "birth_notice.married_since" not in FOUND.typed, "a month is chosen, and asked of the married"
