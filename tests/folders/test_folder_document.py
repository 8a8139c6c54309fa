"""What is signed once for several: one form only, the same on the phone and in the house, and it tells no names."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bff.folders import events
from bff.signing.folder import folder_document, read
from life_events import load_catalogue

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "shape" / "canonical.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TABLE["folders"], ids=lambda case: case["name"])
def test_a_folder_is_the_row_of_bytes_that_the_table_writes_out_and_no_other_form_is_read(case: dict[str, Any]) -> None:
    given = case["folder"]
    document = folder_document(
        id=UUID(given["id"]),
        ward=given["ward"],
        completed_at=datetime.fromisoformat(given["completedAt"]),
        digests=tuple(bytes.fromhex(one) for one in given["digests"]),
    )
    assert document.decode() == case["canonical"]
    assert read(document).applications == tuple(given["digests"])
    told = json.loads(document)
    others = (
        json.dumps(told).encode(),
        document.replace(b"folder/1", b"folder/2"),
        document.replace(b'"ward"', b'"name":"x","ward"'),
        json.dumps({**told, "applications": []}, separators=(",", ":")).encode(),
        b"[]",
    )
    for other in others:
        with pytest.raises(ValueError, match="folder"):
            read(other)


def test_a_move_is_one_event_of_three_bundles_and_every_bundle_is_an_event() -> None:
    catalogue = load_catalogue()
    names = {one: events.name_of(catalogue, one) for one in ("moving", "pregnancy_birth", "care", "nothing")}
    assert [name and name.ja for name in names.values()] == ["引っ越し", "妊娠・出産", "介護", None]
    known = {bundle.id for bundle in catalogue.bundles}
    assert all(set(bundles) <= known for bundles in events.OF_SEVERAL.values())
