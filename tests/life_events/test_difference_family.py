"""What a move does to what a family is paid for its children, and to the papers of a pregnancy."""

from datetime import date

from msgspec.structs import replace

from life_events import UNKNOWN, Catalogue, ChildcareRecords, Facts, MoveKind
from tests.life_events.people import HANA, ICHIRO, YUI, hana, household, told
from tests.life_events.test_difference import kinds, moves

ENTERING = replace(YUI, person="m-9", birth_date=date(2020, 6, 10))


def servant(**changes: object) -> Facts:
    known = hana(**changes)
    assert known.national is not UNKNOWN
    return replace(known, national=replace(known.national, public_servant=True))


def test_a_public_servant_who_is_the_one_to_claim_does_so_at_work_and_no_allowance_moves_with_her(
    catalogue: Catalogue,
) -> None:
    found = moves(catalogue, servant(childcare=ChildcareRecords(), answers=told(higher_earner=True)))
    assert kinds(found, "child_allowance", "m-3") == set()
    alone = servant(childcare=ChildcareRecords(), registry=household(HANA, YUI))
    assert kinds(moves(catalogue, alone), "child_allowance", "m-3") == set()


def test_what_the_ward_pays_the_husband_of_a_public_servant_moves_with_the_family(catalogue: Catalogue) -> None:
    """児童手当法17条 asks only the recipient; a record of the ward says that she is not the one (4条3項)."""
    found = moves(catalogue, servant())
    assert kinds(found, "child_allowance", "m-3") == {MoveKind.STOPS, MoveKind.STARTS}
    assert all(change.only_if is None for change in found.of("m-3") if change.ripple == "child_allowance")


def test_a_baby_whose_allowance_is_not_on_record_yet_is_told_of_it_with_an_if(catalogue: Catalogue) -> None:
    found = [change for change in moves(catalogue, hana()).of("m-4") if change.ripple == "child_allowance"]
    assert {change.kind for change in found} == {MoveKind.STOPS, MoveKind.STARTS}
    assert all(change.only_if is not None for change in found)
    elsewhere = moves(catalogue, hana(answers=told(allowance_elsewhere__m_4=True)))
    assert kinds(elsewhere, "child_allowance", "m-4") == set()


def test_a_pregnancy_is_only_spoken_of_when_she_told_it(catalogue: Catalogue) -> None:
    assert kinds(moves(catalogue, hana()), "pregnancy_tickets") == set()
    expecting = hana(registry=household(HANA, ICHIRO, YUI), answers=told(pregnant=True))
    assert kinds(moves(catalogue, expecting), "pregnancy_tickets") == {MoveKind.ISSUED_ANEW}


def test_after_the_birth_nothing_is_said_of_the_tickets_of_the_pregnancy(catalogue: Catalogue) -> None:
    """Nao, born on 14 November, is the child of the due date 20 November."""
    facts = hana(answers=told(pregnant=True, due_date="2026-11-20"))
    assert kinds(moves(catalogue, facts), "pregnancy_tickets") == set()
    longer = hana(registry=household(HANA, ICHIRO, YUI), answers=told(pregnant=True, due_date="2026-12-01"))
    assert kinds(moves(catalogue, longer), "pregnancy_tickets") == {MoveKind.ISSUED_ANEW}
    assert kinds(moves(catalogue, longer, on=date(2027, 2, 1)), "pregnancy_tickets") == set()


def test_once_a_pregnancy_has_ended_nothing_is_said_of_it(catalogue: Catalogue) -> None:
    facts = hana(answers=told(pregnant=True, pregnancy_ended=True))
    assert kinds(moves(catalogue, facts), "pregnancy_tickets") == set()


def test_a_child_about_to_start_school_is_told_its_school_by_the_new_ward(catalogue: Catalogue) -> None:
    """学校教育法施行令5条; born in June 2020, school begins on 2027-04-01."""
    found = moves(catalogue, hana(registry=household(HANA, ICHIRO, ENTERING)), on=date(2027, 2, 20))
    assert kinds(found, "school_entry", ENTERING.person) == {MoveKind.ISSUED_ANEW}
    later = moves(catalogue, hana(registry=household(HANA, ICHIRO, ENTERING)), on=date(2027, 4, 1))
    assert kinds(later, "school_entry", ENTERING.person) == set()


def test_the_metropolitan_allowance_of_a_single_mother_is_claimed_anew_in_the_new_ward(catalogue: Catalogue) -> None:
    """Each ward pays it by its own ordinance (C)."""
    answers = told(raises_alone=True, metropolitan_allowance_received=True)
    found = moves(catalogue, hana(registry=household(HANA, YUI), answers=answers))
    assert kinds(found, "metropolitan_single_parent", None) == {MoveKind.STARTS}


def test_who_raises_a_child_alone_is_believed_also_where_a_spouse_stands_in_the_register(catalogue: Catalogue) -> None:
    answers = told(raises_alone=True, single_parent_allowance=True)
    found = moves(catalogue, hana(registry=household(HANA, ICHIRO, YUI), answers=answers))
    assert kinds(found, "single_parent_allowance", None) == {MoveKind.CARRIES_OVER}


def test_a_woman_of_84_who_lives_alone_hears_nothing_of_the_wards_insurance(catalogue: Catalogue) -> None:
    """高齢者の医療の確保に関する法律50条: from 75 the 広域連合 insures her."""
    grandmother = replace(HANA, birth_date=date(1942, 3, 1))
    assert kinds(moves(catalogue, hana(registry=household(grandmother))), "ward_health_insurance", None) == set()
    assert kinds(moves(catalogue, hana()), "ward_health_insurance", None) == {MoveKind.STOPS, MoveKind.STARTS}
