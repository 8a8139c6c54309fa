"""What every connector that acts for her has in common: what changes anything carries a key, and may be sent again."""

from __future__ import annotations

import inspect
import json
from typing import get_type_hints
from uuid import UUID

import pytest

from bff.connectors.answers import Refused
from bff.connectors.listed import CONNECTORS
from bff.connectors.shapes import Connector
from tests.connectors.examples import Recorded, built, recorded
from tests.exchange.provider import Exchange, Provider, fails, reading

ASKED_ONLY = {"status", "slots", "visits"}
ACTS = [kind for kind in CONNECTORS if kind.manifest.basis == "order"]
KEYED = [one for one in recorded("good") if one.kind in ACTS and "key" in one.example.arguments]
REFUSED = [one for one in recorded("odd") if one.kind in ACTS and one.example.refused]
every_act = pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.manifest.id)


def operations(kind: type[Connector]) -> dict[str, object]:
    return {name: one for name, one in inspect.getmembers(kind, inspect.iscoroutinefunction) if name[0] != "_"}


@every_act
def test_whatever_changes_something_takes_a_key(kind: type[Connector]) -> None:
    keyless = {name for name, one in operations(kind).items() if get_type_hints(one).get("key") is not UUID}
    assert keyless == ASKED_ONLY & operations(kind).keys()


@every_act
def test_every_operation_has_a_good_and_a_broken_example(kind: type[Connector]) -> None:
    for sort in ("good", "broken"):
        assert {one.example.operation for one in recorded(sort) if one.kind is kind} == operations(kind).keys(), sort


@pytest.mark.parametrize("one", KEYED, ids=str)
async def test_the_same_order_is_sent_again_under_its_key_when_the_owner_was_away(one: Recorded) -> None:
    provider = Provider([fails(503), one.example.act()])
    came = await one.example.ask(built(one.kind, Exchange(provider).http), reading())
    assert came is not None
    first, second = (json.loads(asked.content) for asked in provider.asked)
    assert first == second
    assert first["key"] == one.example.arguments["key"]


@pytest.mark.parametrize("one", REFUSED, ids=str)
async def test_a_refusal_is_final_and_has_words_for_her_in_three_languages(one: Recorded) -> None:
    provider = Provider([one.example.act()])
    with pytest.raises(Refused) as caught:
        await one.example.ask(built(one.kind, Exchange(provider).http), reading())
    assert len(provider.asked) == 1
    words = one.kind.manifest.refusals[caught.value.reason]
    assert all((words.ja, words.easy, words.en))
