"""The one who keeps the catalogue asks how whole it is."""

from msgspec.structs import replace

from infra.catalogue.__main__ import SITUATIONS, told
from infra.catalogue.coverage import Situations, coverage, read_situations
from infra.catalogue.references import Reference, load_references
from infra.catalogue.sheet import BUNDLES, SHEET
from life_events import load_catalogue
from life_events.catalogue import Keywords, Trust

CATALOGUE = load_catalogue()
REFERENCES = load_references()
ENOUGH = Situations(150, frozenset(range(1, 27)))


def holes_without(id: str, **changes: object) -> set[str]:
    """The holes that appear when one procedure is changed so."""
    spoilt = replace(CATALOGUE.procedures[id], **changes)
    changed = replace(CATALOGUE, procedures={**CATALOGUE.procedures, id: spoilt})
    before = set(coverage(CATALOGUE, REFERENCES, ENOUGH).holes)
    return set(coverage(changed, REFERENCES, ENOUGH).holes) - before


def test_the_sheet_has_85_procedures() -> None:
    assert len(SHEET) == len(set(SHEET)) == 85
    assert {"ko15", "ka11", "hi08", "mv30", "mv02b", "bi17", "bi22"} <= set(SHEET)
    assert not {"bi18", "bi19"} & set(SHEET)


def test_every_bundle_of_the_catalogue_is_counted() -> None:
    assert set(BUNDLES) == {bundle.id for bundle in CATALOGUE.bundles}


def test_a_procedure_of_the_sheet_without_a_file_is_a_hole() -> None:
    without = {id: one for id, one in CATALOGUE.procedures.items() if one.fact_sheet != "mv01"}
    holes = coverage(replace(CATALOGUE, procedures=without), REFERENCES, ENOUGH).holes
    assert "mv01: no procedure file" in holes


def test_a_file_may_answer_for_two_numbers_of_the_sheet() -> None:
    assert "move_in_notice: no law" not in holes_without("move_in_notice", fact_sheet="mv02 mv02b")
    assert holes_without("move_in_notice", fact_sheet="nothing") == {"mv02: no procedure file"}


def test_too_few_keywords_and_an_unsaid_confidence_are_holes() -> None:
    assert holes_without("water", keywords=Keywords(ja=("水道",), en=())) >= {"water: keywords.ja: 1 of 6"}
    assert "water: confidence.law: not said" in holes_without("water", confidence={})


def test_a_source_nobody_can_look_up_is_a_hole() -> None:
    trust = {**CATALOGUE.procedures["water"].confidence, "law": Trust(level="A", sources=("S999",))}
    assert holes_without("water", confidence=trust) >= {"source S999: cited, but not in references.toml"}


def test_a_source_nothing_rests_upon_is_a_hole() -> None:
    idle = replace(REFERENCES, references=(*REFERENCES.references, Reference(id="S999", publisher="nobody")))
    assert "source S999: in references.toml, but nothing cites it" in coverage(CATALOGUE, idle, ENOUGH).holes


def test_a_reading_that_is_not_hiragana_is_a_hole() -> None:
    assert holes_without("water", kana="スイドウ") >= {"water: kana: not hiragana: スイドウ"}


def test_a_trap_without_a_household_is_a_hole() -> None:
    holes = coverage(CATALOGUE, REFERENCES, Situations(150, frozenset(range(1, 26)))).holes
    assert "trap 26: no situation walks into it" in holes
    assert "situations: 149 of 150" in coverage(CATALOGUE, REFERENCES, Situations(149, ENOUGH.traps)).holes


def test_the_situations_are_counted_where_they_lie() -> None:
    found = read_situations(SITUATIONS)
    assert found.count >= 2
    assert 2 in found.traps


def test_what_is_printed_says_so_many_of_so_many() -> None:
    printed = told(coverage(CATALOGUE, REFERENCES, ENOUGH))
    assert "    23 of 23     wards" in printed
    assert "of 85" in printed
