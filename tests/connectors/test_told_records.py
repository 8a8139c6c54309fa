"""The metropolis, utilities and nurseries tell the same made-up people their records as the wards do."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from bff.connectors.nursery_day.mapping import DayAtNursery
from bff.connectors.waterworks.mapping import WaterContracts
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent
from tests.connectors.conftest import HER_ADDRESS, Wired

PEOPLE = {
    "hana": Subject("a1", "佐藤 はな", date(1990, 5, 2), HER_ADDRESS, "131032"),
    "ken": Subject("a2", "鈴木 健", date(1986, 2, 14), "東京都世田谷区太子堂四丁目2番7号", "131121"),
    "lan": Subject("a3", "NGUYEN THI LAN", date(1995, 8, 19), "東京都港区三田五丁目8番21号 みなとハイツ203", "131032"),
    "taro": Subject("a4", "高橋 太郎", date(1984, 12, 1), "東京都港区海岸一丁目4番12号", "131032"),
    "gaiji": Subject("a5", "髙𠮷 髙", date(1979, 3, 31), "東京都世田谷区𠮷祥台一丁目6番2号", "131121"),
}
SOURCES = ("insurance", "health", "nursery", "single_parent", "water", "support_018", "gas", "broadcast", "nursery_day")


def reading(subject: Subject) -> Reading:
    return Reading(subject, "records", "consent", uuid4())


@pytest.mark.parametrize("source", SOURCES)
async def test_whoever_is_known_is_told_in_the_agreed_shape_and_others_are_no_match(wired: Wired, source: str) -> None:
    told, unknown = [], []
    for name, subject in PEOPLE.items():
        try:
            told.append(type(await wired.street.records[source].tell(reading(subject))))
        except Silent as silent:
            unknown.append((name, str(silent.why)))
    assert {why for _, why in unknown} <= {"no_match"}
    assert set(told) == {wired.street.records[source].shape}
    assert len(told) >= 3
    assert {why for _, why in unknown} <= {"no_match"}


async def test_hanas_water_contract_is_that_of_her_home(wired: Wired) -> None:
    told = await wired.street.records["water"].tell(reading(PEOPLE["hana"]))
    assert isinstance(told, WaterContracts)
    assert [(one.address, one.state) for one in told.contracts] == [(HER_ADDRESS, "in_use")]


async def test_kens_son_is_awaited_at_his_nursery(wired: Wired) -> None:
    told = await wired.street.records["nursery_day"].tell(reading(PEOPLE["ken"]))
    assert isinstance(told, DayAtNursery)
    assert [(child.name, child.state) for child in told.children] == [("鈴木 りく", "expected")]
