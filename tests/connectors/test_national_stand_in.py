"""The nation's services against their stand-ins: what they keep, and what they refuse."""

from __future__ import annotations

from bff.connectors.exchange_records.mapping import ExchangeRecords
from bff.connectors.public_account.mapping import PublicAccount
from bff.connectors.self_information.mapping import SelfInformation
from bff.exchange.reading import Reading
from tests.connectors.conftest import Wired


async def test_hana_sees_what_the_nation_holds_of_her_and_who_passed_it_on(wired: Wired, hana: Reading) -> None:
    records = wired.street.records
    told = await records["self_information"].tell(hana)
    assert isinstance(told, SelfInformation)
    assert {item.family: item.coverage for item in told.items}["maternal_child"] == "pending"
    passed = await records["exchange_records"].tell(hana)
    assert isinstance(passed, ExchangeRecords)
    assert [one.asked_by for one in passed.records] == ["港区長", "東京都知事"]
    account = await records["public_account"].tell(hana)
    assert isinstance(account, PublicAccount)
    assert account.status == "registered"
