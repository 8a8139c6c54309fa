"""The index a phone keeps for the search without a network."""

import json
import tomllib
from typing import Any

import brotli
import pytest

from infra.catalogue.search_index import build
from life_events import load_catalogue
from life_events.loading import DATA

CATALOGUE = load_catalogue()
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def index() -> Any:
    return json.loads(build(CATALOGUE, "v1"))


def test_every_procedure_and_every_life_event_can_be_found(index: Any) -> None:
    assert [entry["id"] for entry in index["entries"]] == sorted(CATALOGUE.procedures)
    assert [event["id"] for event in index["events"]] == [bundle.id for bundle in CATALOGUE.bundles]


def test_an_entry_says_what_people_call_it_and_the_law(index: Any) -> None:
    birth = next(entry for entry in index["entries"] if entry["id"] == "birth_notice")
    assert birth["name"][0] == "出生届"
    assert birth["kana"].startswith("しゅっ")
    assert birth["law"].startswith("戸籍法49条")
    assert "赤ちゃんが生まれた" in birth["words"]


def test_it_is_small_enough_for_a_phone_on_a_train() -> None:
    assert len(brotli.compress(build(CATALOGUE, "v1"))) <= MOST_BYTES


def test_a_group_of_words_names_each_word_once() -> None:
    words = tomllib.loads((DATA / "words" / "synonyms.toml").read_text(encoding="utf-8"))
    for group in words["synonyms"]:
        assert len(set(group)) == len(group) > 1, group
    assert len(set(words["fillers"])) == len(words["fillers"])
