"""A place is given once, however many reach for it; who waits moves up by itself."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import text

from bff.bookings import closing, coming_round, desk, store
from bff.bookings.booking import plain_code
from bff.bookings.series import Series
from tests.bookings.booked import MINATO, acts, books, offered
from tests.town import Person, Town

YESTERDAY = "starts_at = now() - interval '9 h', ends_at = now() - interval '8 h'"
TITLES = "{ viewer { inbox(first: 50) { nodes { title { ja } about } } bookings { id state slot forWhom ahead } } }"


async def told(person: Person) -> list[str]:
    return [note["title"]["ja"].split("：")[0] for note in (await person.asks(TITLES))["viewer"]["inbox"]["nodes"]]


async def taken(town: Town, slot: UUID) -> int:
    async with town.house.db.ward(MINATO) as conn:
        return (await store.slots_of(conn, MINATO, [slot]))[slot].taken


async def past(town: Town, booking: str) -> None:
    """The time to answer is over."""
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE bookings SET offered_until = now() WHERE id = :id"), {"id": booking})


async def test_one_place_is_given_once_and_the_waiting_list_moves_up_by_itself(town: Town) -> None:
    hana, ken, lan = [await town.resident(one) for one in ("hana", "ken", "lan")]
    soon = town.house.clock() + timedelta(days=9)
    _, (slot, later) = await offered(town, soon, soon + timedelta(hours=1))

    tries = await asyncio.gather(*(books(one, slot) for one in (hana, ken, lan) for _ in range(3)))
    won = [one for one in tries if one["__typename"] == "Booking"]
    refused = {one["message"]["ja"] for one in tries if one["__typename"] == "Denied"}
    assert len(won) == 1
    assert await taken(town, slot.id) == 1
    assert len(refused) == 2  # full, and for the winner's other tries: booked already
    names = {"佐藤 はな": hana, "鈴木 健": ken}
    winner = names.get(won[0]["forWhom"], lan)
    first, second = [one for one in (hana, ken, lan) if one is not winner]

    same = str(uuid4())
    twice = await asyncio.gather(*(books(first, slot, id=same, wait=True) for _ in range(4)))
    assert {(one["id"], one["state"]) for one in twice} == {(same, "WAITING")}
    other = await books(second, slot, wait=True)
    assert (await second.asks(TITLES))["viewer"]["bookings"][0]["ahead"] == 1

    gone = await acts(winner, f'cancelBooking(id: "{won[0]["id"]}")')
    assert gone["state"] == "CANCELLED"
    assert (await acts(winner, f'cancelBooking(id: "{won[0]["id"]}")'))["state"] == "CANCELLED", "again, the same"
    assert await taken(town, slot.id) == 1, "kept for who waited longest"
    assert (await told(first))[0] == "空きが出ました。お返事をお願いします"
    assert (await books(winner, slot))["__typename"] == "Denied", "nobody jumps the line"

    await past(town, same)
    assert "期限" in (await acts(first, f'confirmBooking(id: "{same}")'))["message"]["ja"]
    await coming_round.lapse(town.house, UUID(same))
    await coming_round.lapse(town.house, UUID(same))
    assert "お返事の期限が過ぎました" in await told(first)
    assert (await acts(second, f'confirmBooking(id: "{other["id"]}")'))["state"] == "BOOKED"
    assert await taken(town, slot.id) == 1

    moved = await acts(second, f'moveBooking(id: "{other["id"]}", slot: "{later.id}")')
    assert (moved["state"], moved["slot"]) == ("BOOKED", str(later.id))
    assert (await taken(town, slot.id), await taken(town, later.id)) == (0, 1)
    back = await books(winner, slot)
    full = await acts(winner, f'moveBooking(id: "{back["id"]}", slot: "{later.id}")')
    assert "満員" in full["message"]["ja"]
    assert await taken(town, slot.id) == 1, "refused, the old time stays"


async def test_two_who_change_places_at_once_and_one_who_is_late(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    now = town.house.clock()
    _, (one, two) = await offered(town, now + timedelta(days=3), now + timedelta(days=4), capacity=2)
    hers, his = await books(hana, one), await books(ken, two)
    moved = await asyncio.gather(
        acts(hana, f'moveBooking(id: "{hers["id"]}", slot: "{two.id}")'),
        acts(ken, f'moveBooking(id: "{his["id"]}", slot: "{one.id}")'),
    )
    assert [one["slot"] for one in moved] == [str(two.id), str(one.id)]
    assert (await taken(town, one.id), await taken(town, two.id)) == (1, 1)
    _, (near,) = await offered(town, now + timedelta(hours=5))
    late = await books(hana, near)
    refused = await acts(hana, f'cancelBooking(id: "{late["id"]}")')
    assert refused["message"]["ja"] == "変更・取消しの期限を過ぎています。03-0000-0001にお電話ください。"


async def test_a_visit_is_for_a_child_of_hers_and_goes_with_her_account(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await hana.fills_home()
    offer, (slot,) = await offered(town, town.house.clock() + timedelta(days=2), about="child")
    asked = f'bookingOffer(ward: "{MINATO}", offer: "{offer.id}")'
    people = await hana.asks(f"{{ viewer {{ {asked} {{ people {{ id name }} slots {{ left }} }} }} }}")
    child = people["viewer"]["bookingOffer"]["people"][0]
    assert (await books(hana, slot))["message"]["ja"] == "どなたの予約かを選んでください。"
    assert (await books(ken, slot, person=child["id"]))["__typename"] == "Denied"
    made = await books(hana, slot, person=child["id"])
    assert made["forWhom"] == child["name"]
    assert (await books(ken, slot, wait=True))["__typename"] == "Denied", "he has no child there"
    async with town.house.db.house() as conn:
        await conn.execute(text("DELETE FROM residents WHERE id = (SELECT resident FROM bookings LIMIT 1)"))
    assert await taken(town, slot.id) == 0
    _, (counter,) = await offered(town, town.house.clock() + timedelta(days=2))
    lan = await town.resident("lan")
    await books(lan, counter)
    his = await books(ken, counter, wait=True)
    async with town.house.db.house() as conn:
        await conn.execute(
            text("DELETE FROM residents WHERE id = (SELECT resident FROM bookings WHERE state = 'booked')")
        )
    await coming_round.lapse_due(town.house)
    assert (await acts(ken, f'confirmBooking(id: "{his["id"]}")'))["state"] == "BOOKED"


async def test_tomorrows_are_called_to_mind_a_closed_time_is_told_and_who_came_is_checked_in(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    tomorrow = town.house.clock() + timedelta(days=1)
    offer, (slot, other) = await offered(town, tomorrow, tomorrow + timedelta(days=2), capacity=2, cancel_hours=0)
    hers, his = await books(hana, slot), await books(ken, other)
    await coming_round.remind(town.house)
    await coming_round.remind(town.house)
    assert (await told(hana)).count("明日の予約") == 1
    assert "明日の予約" not in await told(ken)
    async with town.house.db.house() as conn:
        told_of = await closing.close(conn, offer, [other.id], "設備の点検のため。", town.house.clock())
        assert told_of == closing.Closed(1, 1), "the other time still has a place"
        arrived = await store.by_code(conn, MINATO, plain_code(f" {hers['code'].lower()} "))
        assert arrived is not None
        assert await desk.settle(conn, arrived.id, "131121", "arrived", town.house.clock()) is None
        assert await desk.settle(conn, arrived.id, MINATO, "arrived", town.house.clock()) is not None
    assert (await told(ken))[0] == "中止のお知らせと、別の時間のご案内"
    shown = (await hana.asks(TITLES))["viewer"]["bookings"]
    assert [one["state"] for one in shown] == ["ARRIVED"]
    async with town.house.db.house() as conn:
        await conn.execute(
            text(f"UPDATE booking_slots SET {YESTERDAY} WHERE id = :id"),
            {"id": other.id},
        )
        back = "UPDATE bookings SET state = 'booked', offered_until = NULL, slot = :s WHERE id = :id"
        await conn.execute(text(back), {"id": his["id"], "s": other.id})
    await coming_round.close_past(town.house)
    assert [one["state"] for one in (await ken.asks(TITLES))["viewer"]["bookings"]] == ["NO_SHOW"]


def test_a_series_leaves_out_weekends_holidays_and_the_pause() -> None:
    """2026-11-23 is 勤労感謝の日, a Monday; counted by hand: 9–12 and 13–15 in half hours are 10 a day."""
    series = Series(
        first=date(2026, 11, 20),
        last=date(2026, 11, 24),
        weekdays=frozenset(range(5)),
        opens=time(9),
        closes=time(15),
        minutes=30,
        capacity=1,
        pause=time(12),
        resume=time(13),
    )
    times = list(series.times())
    assert {starts.date() for starts, _ in times} == {date(2026, 11, 20), date(2026, 11, 24)}
    assert len(times) == 20
    assert times[6][0].time() == time(13)
    assert isinstance(times[0][0], datetime)
