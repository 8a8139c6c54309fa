"""Contracts in records that she had looked up stand with the steps of her move; nothing else of them does."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec import Struct

from bff.connectors.gas.mapping import GasContract, GasContracts
from bff.connectors.waterworks.mapping import WaterContract, WaterContracts
from bff.facts.store import Held, Told, facts_of
from life_events.facts import LOOKED_UP, Contract

OLD, NEW = "東京都港区芝公園一丁目5番25号", "東京都品川区東五反田一丁目1番1号"
BEGAN = date(2022, 4, 5)


def water(*contracts: WaterContract) -> WaterContracts:
    return WaterContracts(contracts)


def held(source: str, part: Struct) -> dict[str, Held]:
    return {source: Held(source, Told(part, datetime(2026, 11, 26, tzinfo=UTC), None), None)}


def test_nothing_is_found_where_nothing_was_looked_up() -> None:
    assert [getattr(facts_of({}), source) for source in LOOKED_UP] == [None, None, None]


def test_the_first_contract_that_has_not_ended_is_found() -> None:
    ended = WaterContract("13-0000-0001", NEW, "stopped", BEGAN, date(2023, 1, 31), None, "registered")
    standing = WaterContract("13-0001-2210", OLD, "stopping", BEGAN, date(2026, 12, 20), None, "registered")
    kept = held("water", water(ended, standing)) | held("gas", GasContracts(()))
    known = facts_of(kept)
    assert (known.water, known.gas) == (Contract("13-0001-2210", OLD, ""), None)


def test_gas_that_has_ended_is_not_found() -> None:
    ended = GasContract("G103-0001-0517", OLD, "stopped", BEGAN, date(2023, 1, 31), "city", "registered")
    assert facts_of(held("gas", GasContracts((ended,)))).gas is None
