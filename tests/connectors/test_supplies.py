"""Water, power and gas against stand-ins that keep what was ordered: once per key, refused for a reason, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bff.connectors.answers import Refused
from bff.connectors.electricity_use.client import ElectricityUse
from bff.connectors.gas_use.client import GasUse
from bff.connectors.supply import SupplyDesk, SupplyOrder
from bff.connectors.water_use.client import WaterUse
from bff.exchange.reading import Reading
from tests.connectors.conftest import Wired
from tests.connectors.today import TODAY

NEW = "東京都品川区東五反田一丁目1番1号"
CONTRACTS = {WaterUse: "13-0001-2210", ElectricityUse: "EL-103-220417", GasUse: "G103-0001-0517"}
every_supply = pytest.mark.parametrize("kind", CONTRACTS, ids=lambda kind: kind.manifest.id)


def anywhere() -> str:
    """An address nobody has ordered for: the stand-ins live longer than a test."""
    return f"{NEW} {uuid4().hex[:6]}号室"


async def opened(gas: GasUse, hana: Reading, day: date) -> SupplyOrder:
    """The first visit that is free from `day` on, booked."""
    address = anywhere()
    visit = (await gas.visits(hana, address=address, first=day)).visits[0]
    return await gas.start(hana, key=uuid4(), address=address, on=visit.on, visit=visit.id)


@every_supply
async def test_a_supply_is_stopped_once_however_often_it_is_asked_and_can_be_taken_back(
    wired: Wired, hana: Reading, kind: type[SupplyDesk]
) -> None:
    desk, key, day = wired.street.the(kind), uuid4(), TODAY + timedelta(days=10)
    stopped = await desk.stop(hana, key=key, contract=CONTRACTS[kind], on=day)
    assert (stopped.kind, stopped.state, stopped.on) == ("stop", "received", day)
    assert await desk.stop(hana, key=key, contract=CONTRACTS[kind], on=day) == stopped
    assert await desk.status(hana, number=stopped.number) == stopped
    with pytest.raises(Refused, match="already_ordered"):
        await desk.stop(hana, key=uuid4(), contract=CONTRACTS[kind], on=day)
    for _ in range(2):
        gone = await desk.cancel(hana, key=uuid4(), number=stopped.number)
        assert gone.state == "cancelled"
    again = await desk.stop(hana, key=uuid4(), contract=CONTRACTS[kind], on=day)
    assert again.number != stopped.number
    await desk.cancel(hana, key=uuid4(), number=again.number)


@every_supply
async def test_what_a_company_cannot_do_it_refuses_with_its_reason(
    wired: Wired, hana: Reading, kind: type[SupplyDesk]
) -> None:
    desk, day = wired.street.the(kind), TODAY + timedelta(days=10)
    with pytest.raises(Refused, match="unknown_contract"):
        await desk.stop(hana, key=uuid4(), contract="13-9999-9999", on=day)
    with pytest.raises(Refused, match="too_late"):
        await desk.stop(hana, key=uuid4(), contract=CONTRACTS[kind], on=TODAY)
    with pytest.raises(Refused, match="too_early"):
        await desk.stop(hana, key=uuid4(), contract=CONTRACTS[kind], on=TODAY + timedelta(days=40))
    with pytest.raises(Refused, match="unknown_address"):
        await desk.start(hana, key=uuid4(), address="Hawaii", on=day)
    with pytest.raises(Refused, match="unknown_number"):
        await desk.status(hana, number="S-2026-999999")


async def test_a_key_that_stands_for_another_order_is_refused(wired: Wired, hana: Reading) -> None:
    water, key, day = wired.street.the(WaterUse), uuid4(), TODAY + timedelta(days=5)
    await water.start(hana, key=key, address=anywhere(), on=day)
    with pytest.raises(Refused, match="key_taken"):
        await water.start(hana, key=key, address=anywhere(), on=day)


async def test_nobody_else_hears_of_hanas_order(wired: Wired, hana: Reading) -> None:
    water = wired.street.the(WaterUse)
    order = await water.start(hana, key=uuid4(), address=anywhere(), on=TODAY + timedelta(days=5))
    another = replace(hana, subject=replace(hana.subject, id="zz99"))
    with pytest.raises(Refused, match="unknown_number"):
        await water.status(another, number=order.number)


async def test_gas_is_opened_at_a_visit_that_is_then_no_longer_free(wired: Wired, hana: Reading) -> None:
    gas, day = wired.street.the(GasUse), TODAY + timedelta(days=8)
    order = await opened(gas, hana, day)
    assert order.visit is not None
    assert order.visit.on == order.on
    free = (await gas.visits(hana, address=NEW, first=day)).visits
    assert order.visit not in free
    with pytest.raises(Refused, match="visit_taken"):
        await gas.start(hana, key=uuid4(), address=anywhere(), on=order.on, visit=order.visit.id)
    with pytest.raises(Refused, match="visit_needed"):
        await gas.start(hana, key=uuid4(), address=anywhere(), on=order.on)
    await gas.cancel(hana, key=uuid4(), number=order.number)
    assert order.visit in (await gas.visits(hana, address=NEW, first=day)).visits
