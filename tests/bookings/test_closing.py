"""A counter closes for some hours: who was expected is kept another time, and their calendars follow."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar

from bff.bookings.series import TOKYO
from tests.bookings.booked import MINATO, acts, books, offered
from tests.calendars.feeds import makes
from tests.others.ward import at_work
from tests.town import Town

MINE = "{ viewer { bookings { id state startsAt } inbox(first: 5) { nodes { title { ja } body { ja } } } } }"


async def test_some_hours_are_called_off_each_is_kept_another_time_and_the_feed_follows(town: Town) -> None:
    """By hand: of 9, 10, 13 and 14 o'clock 13 goes; nearest to it is 14, then 10 for who waited; 9 is taken."""
    hana, ken, lan = [await town.resident(one) for one in ("hana", "ken", "lan")]
    on = town.house.today() + timedelta(days=3)
    times = [datetime.combine(on, time(hour), TOKYO) for hour in (9, 10, 13, 14)]
    offer, (nine, ten, one_pm, two_pm) = await offered(town, *times)
    hers, his = await books(hana, one_pm), await books(ken, one_pm, wait=True)
    assert (await books(lan, nine))["state"] == "BOOKED"
    feed = (await makes(hana, full=True))["url"].removeprefix(town.ORIGIN)
    (event,) = await _in_feed(town, feed)
    assert (event["status"], event.decoded("dtstart"), event.decoded("dtend") - event.decoded("dtstart")) == (
        "CONFIRMED",
        times[2],
        timedelta(minutes=30),
    )
    assert event["dtstart"].to_ical() == times[2].astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-2)]

    ishii = await at_work(town, "石井", MINATO)
    form = {"day": on.isoformat(), "note": "停電のため。", "closed_from": "13:10", "closed_until": "13:10"}
    wrong = await ishii.sends(f"/staff/offers/{offer.id}/close", form)
    assert (wrong.status, wrong.value("closed_from")) == (422, "13:10")
    done = await ishii.sends(f"/staff/offers/{offer.id}/close", {**form, "closed_until": "13:50"})
    assert (done.status, done.goes_to.endswith("done=closed&told=2&kept=2")) == (303, True)

    for person, mine, at in ((hana, hers, two_pm), (ken, his, ten)):
        shown = (await person.asks(MINE))["viewer"]
        (booking,) = [one for one in shown["bookings"] if one["id"] == mine["id"]]
        assert (booking["state"], datetime.fromisoformat(booking["startsAt"])) == ("OFFERED", at.starts_at)
        note = shown["inbox"]["nodes"][0]
        assert note["title"]["ja"].startswith("中止のお知らせと、別の時間のご案内")
        assert f"{at.starts_at:%H:%M}の枠を確保" in note["body"]["ja"]
    assert (await books(lan, one_pm))["__typename"] == "Denied"
    moved = (await _in_feed(town, feed))[0]
    assert (moved["uid"], moved["status"], moved.decoded("dtstart")) == (event["uid"], "TENTATIVE", times[3])
    assert moved.decoded("last-modified") >= event.decoded("last-modified")
    assert (await acts(ken, f'confirmBooking(id: "{his["id"]}")'))["state"] == "BOOKED"
    assert (await acts(hana, f'cancelBooking(id: "{hers["id"]}")'))["state"] == "CANCELLED"
    assert await _in_feed(town, feed) == [], "what is cancelled leaves the feed"

    await ishii.sends(f"/staff/offers/{offer.id}/close", {"day": on.isoformat(), "note": "休館", "everywhere": "1"})
    states = [(await person.asks(MINE))["viewer"]["bookings"][0]["state"] for person in (ken, lan)]
    assert states == ["CANCELLED", "CANCELLED"], "no other time is left"


async def _in_feed(town: Town, path: str) -> list[Calendar]:
    """The bookings in it; it says nothing of whose it is."""
    read = await town.browser().get(path)
    assert "はな" not in read.text
    assert "佐藤" not in read.text
    return [one for one in Calendar.from_ical(read.content).walk("VEVENT") if "/bookings/" in str(one["url"])]
