"""NHK, the post and the mover against stand-ins that keep state: once per key, refused for a reason, taken back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from bff.connectors.answers import Refused
from bff.connectors.broadcast_address.client import BroadcastAddress
from bff.connectors.mail_forwarding.client import MailForwarding
from bff.connectors.moving_company.client import MovingCompany
from bff.connectors.shared_applications.client import SharedApplications
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from tests.connectors.conftest import HER_ADDRESS, Wired
from tests.connectors.today import TODAY
from tests.town import Outside

NEW = "東京都品川区東五反田一丁目1番1号"
CONTRACT = "103-4401-20"
DAY = TODAY + timedelta(days=20)


async def test_a_whole_household_tells_nhk_its_new_address_once_and_may_take_it_back(
    wired: Wired, hana: Reading
) -> None:
    nhk, key = wired.street.the(BroadcastAddress), uuid4()
    told = await nhk.report(hana, key=key, case="whole", contract=CONTRACT, address=NEW, on=DAY)
    assert (told.state, told.contract) == ("received", CONTRACT)
    assert await nhk.report(hana, key=key, case="whole", contract=CONTRACT, address=NEW, on=DAY) == told
    assert (await nhk.cancel(hana, key=uuid4(), number=told.number)).state == "cancelled"
    assert (await nhk.status(hana, number=told.number)).state == "cancelled"


async def test_nhk_hears_of_joined_households_by_phone_only(wired: Wired, hana: Reading) -> None:
    nhk = wired.street.the(BroadcastAddress)
    with pytest.raises(Refused, match="by_phone_only"):
        await nhk.report(hana, key=uuid4(), case="merging", contract=CONTRACT, address=NEW, on=DAY)
    with pytest.raises(Refused, match="contract_needed"):
        await nhk.report(hana, key=uuid4(), case="whole", address=NEW, on=DAY)
    with pytest.raises(Refused, match="unknown_contract"):
        await nhk.report(hana, key=uuid4(), case="whole", contract="112-4402-20", address=NEW, on=DAY)


async def forwarded(wired: Wired, hana: Reading, **changes: object) -> object:
    asked = {
        "old_address": HER_ADDRESS,
        "new_address": NEW,
        "persons": ("佐藤 はな",),
        "from_day": DAY,
        "stays": "none",
    }
    return await wired.street.the(MailForwarding).request(hana, key=uuid4(), **{**asked, **changes})  # type: ignore[arg-type]


async def test_mail_is_sent_on_for_a_year_and_begins_after_the_working_days_it_takes(
    wired: Wired, hana: Reading
) -> None:
    post, key = wired.street.the(MailForwarding), uuid4()
    for _ in range(2):
        asked = await post.request(
            hana,
            key=key,
            old_address=HER_ADDRESS,
            new_address=NEW,
            persons=("佐藤 はな", "佐藤 そら"),
            from_day=TODAY,
            stays="some",
        )
    assert asked.begins >= TODAY + timedelta(days=3)
    assert asked.ends == TODAY + timedelta(days=364)
    assert await post.status(hana, number=asked.number) == asked
    assert (await post.cancel(hana, key=uuid4(), number=asked.number)).state == "cancelled"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"persons": ("佐藤 はな",) * 7}, "too_many_people"),
        ({"new_address": "350 Fifth Avenue, New York"}, "abroad"),
        ({"new_address": HER_ADDRESS}, "same_address"),
        ({"old_address": "東京都港区海岸一丁目4番12号"}, "not_confirmed"),
        ({"from_day": TODAY + timedelta(days=200)}, "too_early"),
    ],
)
async def test_the_post_refuses_for_a_reason(
    wired: Wired, hana: Reading, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        await forwarded(wired, hana, **changes)


async def test_a_mover_is_found_priced_booked_and_cancelled_and_the_slot_is_free_again(
    wired: Wired, hana: Reading
) -> None:
    mover, last = wired.street.the(MovingCompany), DAY + timedelta(days=3)
    free = await mover.slots(hana, from_city="131032", to_city="131091", first=DAY, last=last)
    slot = free.slots[0]
    home = {"from_address": HER_ADDRESS, "to_address": NEW, "lift": False}
    quote = await mover.quote(hana, key=uuid4(), slot=slot.id, size="family", **home)  # type: ignore[arg-type]
    assert quote.yen == slot.from_yen * 2 + 9_000
    key = uuid4()
    booking = await mover.book(hana, key=key, quote=quote.number)
    assert await mover.book(hana, key=key, quote=quote.number) == booking
    assert (booking.state, booking.yen, booking.on) == ("booked", quote.yen, slot.on)
    with pytest.raises(Refused, match="slot_taken"):
        await mover.book(hana, key=uuid4(), quote=quote.number)
    assert slot not in (await mover.slots(hana, from_city="131032", to_city="131091", first=DAY, last=last)).slots
    gone = await mover.cancel(hana, key=uuid4(), number=booking.number)
    assert (gone.state, gone.cancel_fee_yen) == ("cancelled", 0)
    assert slot in (await mover.slots(hana, from_city="131032", to_city="131091", first=DAY, last=last)).slots


async def test_cancelling_a_move_of_the_day_after_tomorrow_costs_a_fifth(wired: Wired, hana: Reading) -> None:
    mover, soon = wired.street.the(MovingCompany), TODAY + timedelta(days=2)
    slots = (await mover.slots(hana, from_city="131032", to_city="131091", first=soon, last=soon)).slots
    quote = await mover.quote(
        hana, key=uuid4(), slot=slots[0].id, from_address=HER_ADDRESS, to_address=NEW, size="single", lift=True
    )
    booking = await mover.book(hana, key=uuid4(), quote=quote.number)
    gone = await mover.cancel(hana, key=uuid4(), number=booking.number)
    assert gone.cancel_fee_yen == booking.yen // 5


async def test_the_mover_knows_no_slot_quote_or_place_of_others(wired: Wired, hana: Reading) -> None:
    mover = wired.street.the(MovingCompany)
    with pytest.raises(Refused, match="outside_area"):
        await mover.slots(hana, from_city="131032", to_city="471018", first=DAY, last=DAY)
    with pytest.raises(Refused, match="unknown_quote"):
        await mover.book(hana, key=uuid4(), quote="H-2026-999999")
    with pytest.raises(Refused, match="unknown_slot"):
        await mover.quote(
            hana, key=uuid4(), slot="M-20201219-AM", from_address=HER_ADDRESS, to_address=NEW, size="single", lift=True
        )


async def test_an_application_at_the_shared_service_is_found_by_its_number_and_password_only(
    wired: Wired, hana: Reading
) -> None:
    shared = wired.street.the(SharedApplications)
    back = await shared.status(hana, number="TK-26-0001235", password="ef56GH78")
    assert (back.state, back.office, back.note) == ("sent_back", "世田谷区", "添付の書類が読めません")
    with pytest.raises(Refused, match="unknown_number"):
        await shared.status(hana, number="TK-26-0001235", password="guess")


async def test_an_owner_that_is_away_is_silent_and_takes_the_same_key_later(
    wired: Wired, hana: Reading, outside: Outside
) -> None:
    nhk, key = wired.street.the(BroadcastAddress), uuid4()
    await outside.mode("broadcast_address", "error")
    with pytest.raises(Silent) as caught:
        await nhk.report(hana, key=key, case="leaving", address=NEW, on=DAY)
    assert caught.value.why is Why.UNAVAILABLE
    await outside.mode("broadcast_address", "ok")
    assert (await nhk.report(hana, key=key, case="leaving", address=NEW, on=DAY)).state == "received"
