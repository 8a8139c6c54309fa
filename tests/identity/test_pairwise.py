"""No ward and no company can join what it holds of her with what another holds, over every connector there is."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import combinations
from uuid import UUID

import pytest

from bff.connectors.sectors import of_ward, sector_of
from bff.connectors.street import manifests
from bff.facts.subjects import Subjects
from bff.identity.basics import Basics
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident
from life_events import load_catalogue

HANA, KEN = UUID(int=1), UUID(int=2)
KEYS = KeyRing({"1": bytes(32)}, "1", bytes)
PAIRWISE = Pairwise({"1": b"first secret"})
SUBJECTS = Subjects(PAIRWISE)
WARDS = [ward.code for ward in load_catalogue().wards.values()]


def resident(id: UUID, ward: str | None, version: str = "1") -> Resident:
    key = KEYS.open(id, KEYS.fresh(id))
    return Resident(id, ward, "ja", key, Basics(), datetime(2026, 11, 27, tzinfo=UTC), version)


def test_two_owners_never_know_her_by_the_same_id() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for ward in WARDS:
        for id, manifest in manifests().items():
            owner = ward if manifest.needs_ward else "/".join(manifest.service.split("/")[1:4]) or id
            owners[owner].add(SUBJECTS.of(resident(HANA, ward), id).id)
    assert len(owners) > len(WARDS) + 5
    assert {owner: ids for owner, ids in owners.items() if len(ids) != 1} == {}
    for (one, ids), (other, more) in combinations(owners.items(), 2):
        assert not ids & more, (one, other)


@pytest.mark.parametrize("source", [id for id, manifest in manifests().items() if not manifest.needs_ward])
def test_a_company_and_the_nation_know_her_by_the_same_id_after_a_move(source: str) -> None:
    assert SUBJECTS.of(resident(HANA, "131032"), source).id == SUBJECTS.of(resident(HANA, "131121"), source).id


def test_no_two_people_are_the_same_to_anybody() -> None:
    for source in manifests():
        assert SUBJECTS.of(resident(HANA, "131032"), source).id != SUBJECTS.of(resident(KEN, "131032"), source).id


def test_the_offices_of_one_ward_and_its_boxes_know_her_by_one_id() -> None:
    told = {SUBJECTS.of(resident(HANA, "131032"), source).id for source in ("registry", "counter", "care")}
    assert told == {SUBJECTS.in_ward(resident(HANA, "131121"), "131032").id}


def test_an_id_is_written_as_x_road_takes_it_and_is_no_number() -> None:
    id = PAIRWISE.id_for(HANA, of_ward("131032"), "1")
    assert (len(id), id.isascii(), id.islower() or id.isalnum()) == (26, True, True)


def test_a_new_secret_is_for_those_who_come_after_it_and_ids_given_out_stay() -> None:
    before = SUBJECTS.of(resident(HANA, "131032"), "registry").id
    rotated = Pairwise({"2": b"second secret", "1": b"first secret"}, "2")
    assert rotated.current == "2"
    after = Subjects(rotated)
    assert after.of(resident(HANA, "131032", "1"), "registry").id == before
    assert after.of(resident(HANA, "131032", "2"), "registry").id != before


def test_a_secret_taken_away_too_early_is_a_defect_and_no_other_id() -> None:
    with pytest.raises(KeyError):
        Subjects(Pairwise({"2": b"second secret"}, "2")).of(resident(HANA, "131032", "1"), "registry")
    with pytest.raises(ValueError, match="current"):
        Pairwise({"1": b"first secret"}, "2")


def test_an_unknown_connector_has_no_sector() -> None:
    with pytest.raises(KeyError):
        sector_of("nobody", "131032")
