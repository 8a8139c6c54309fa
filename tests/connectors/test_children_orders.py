"""Nurseries and clinics against stand-ins that keep state: reports that replace each other, times that are taken."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from bff.connectors.answers import Refused
from bff.connectors.clinic_booking.client import ClinicBooking
from bff.connectors.clinic_booking.mapping import Slot
from bff.connectors.nursery_reports.client import NurseryReports
from bff.exchange.reading import Reading, Subject
from tests.connectors.conftest import Wired
from tests.connectors.today import TODAY

SUNDAY = TODAY + timedelta(days=6 - TODAY.weekday() + 7)
MONDAY = SUNDAY + timedelta(days=1)
BORN = TODAY - timedelta(days=9)
RIKU = "鈴木 りく"


@pytest.fixture
def ken() -> Reading:
    subject = Subject("c4d5", "鈴木 健", date(1986, 2, 14), "東京都世田谷区太子堂四丁目2番7号", "131121")
    return Reading(subject, "order", "order", uuid4())


async def test_an_absence_is_taken_once_and_a_correction_replaces_it(wired: Wired, ken: Reading) -> None:
    nursery, key = wired.street.the(NurseryReports), uuid4()
    first = await nursery.absence(ken, key=key, child=RIKU, on=MONDAY, reason="illness")
    assert await nursery.absence(ken, key=key, child=RIKU, on=MONDAY, reason="illness") == first
    assert (first.state, first.late, first.who) == ("sent", False, None)
    second = await nursery.absence(
        ken, key=uuid4(), child=RIKU, on=MONDAY, reason="family", until=MONDAY, replaces=first.number
    )
    assert (await nursery.status(ken, number=first.number)).state == "replaced"
    with pytest.raises(Refused, match="cannot_be_replaced"):
        await nursery.absence(ken, key=uuid4(), child=RIKU, on=MONDAY, reason="other", replaces=first.number)
    with pytest.raises(Refused, match="too_late_to_cancel"):
        await nursery.withdraw(ken, key=uuid4(), number=first.number)
    assert (await nursery.withdraw(ken, key=uuid4(), number=second.number)).state == "withdrawn"


async def test_somebody_else_fetches_him(wired: Wired, ken: Reading) -> None:
    nursery = wired.street.the(NurseryReports)
    told = await nursery.pick_up(ken, key=uuid4(), child=RIKU, on=MONDAY, who="祖母", time="17:30")
    assert (told.kind, told.who, told.time) == ("pick_up", "祖母", "17:30")


async def test_a_nursery_refuses_what_it_cannot_take(wired: Wired, ken: Reading) -> None:
    nursery = wired.street.the(NurseryReports)
    for child, on, reason in [
        ("佐藤 そら", MONDAY, "unknown_child"),
        (RIKU, TODAY - timedelta(days=1), "past_day"),
        (RIKU, SUNDAY, "closed_day"),
    ]:
        with pytest.raises(Refused, match=reason):
            await nursery.absence(ken, key=uuid4(), child=child, on=on, reason="illness")


async def free(clinics: ClinicBooking, hana: Reading, item: str = "bcg") -> list[Slot]:
    found = await clinics.slots(
        hana, what="vaccination", item=item, ward="131032", first=MONDAY, last=MONDAY + timedelta(days=4)
    )
    return list(found.slots)


async def test_the_babys_vaccination_is_booked_once_and_cancelled_and_the_time_is_free_again(
    wired: Wired, hana: Reading
) -> None:
    clinics, key = wired.street.the(ClinicBooking), uuid4()
    slot = (await free(clinics, hana))[0]
    whom = {"what": "vaccination", "item": "bcg", "person": "佐藤 ひなた", "born": BORN}
    booked = await clinics.book(hana, key=key, slot=slot.id, **whom)  # type: ignore[arg-type]
    assert await clinics.book(hana, key=key, slot=slot.id, **whom) == booked  # type: ignore[arg-type]
    assert (booked.clinic, booked.on, booked.begins) == (slot.clinic, slot.on, slot.begins)
    left = await free(clinics, hana)
    assert slot not in left
    with pytest.raises(Refused, match="already_booked"):
        await clinics.book(hana, key=uuid4(), slot=left[0].id, **whom)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="slot_taken"):
        await clinics.book(hana, key=uuid4(), slot=slot.id, **{**whom, "item": "hepb"})  # type: ignore[arg-type]
    assert (await clinics.cancel(hana, key=uuid4(), number=booked.number)).state == "cancelled"
    assert slot in await free(clinics, hana)


async def test_a_clinic_refuses_the_wrong_age_and_what_it_does_not_offer(wired: Wired, hana: Reading) -> None:
    clinics = wired.street.the(ClinicBooking)
    slot = (await free(clinics, hana))[0].id
    mother = date(1990, 5, 2)
    with pytest.raises(Refused, match="age_not_right"):
        await clinics.book(
            hana, key=uuid4(), slot=slot, what="vaccination", item="bcg", person="佐藤 はな", born=mother
        )
    with pytest.raises(Refused, match="not_offered"):
        await free(clinics, hana, "rsv_maternal")
    with pytest.raises(Refused, match="unknown_slot"):
        await clinics.book(
            hana,
            key=uuid4(),
            slot="K-131032-20200101-0930-1",
            what="check",
            item="specific_check",
            person="x",
            born=mother,
        )
