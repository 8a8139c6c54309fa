"""A feed of dates: read back by a parser, silent about what it is, dead when she says so or is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from bff.calendars.dates import Entry
from bff.calendars.file import etag_of, file_of
from bff.journeys.accounts import erase_due
from life_events import Text
from tests.calendars.feeds import makes
from tests.payments.bills import bill_for, rows
from tests.town import Outside, Town, settle

SENSITIVE = ("児童", "手当", "証明書", "港区", "はな", "そら", "/step/", "/payments/")


def read(body: bytes) -> list[dict[str, str]]:
    """As a calendar program takes it; raises for what is no RFC 5545."""
    calendar = Calendar.from_ical(body)
    assert not calendar.errors
    assert str(calendar["version"]) == "2.0"
    events = []
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        events.append({name: str(event.get(name, "")) for name in ("uid", "summary", "location", "url")})
        assert event.decoded("dtend") > event.decoded("dtstart")
        assert event["dtstamp"]
    return events


async def test_a_feed_says_no_more_than_she_chose_and_ends_when_she_says(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await hana.fills_home()
    await bill_for(town, hana)
    made = await makes(hana)
    anybody = town.browser()
    path = made["url"].removeprefix(town.ORIGIN)
    first = await anybody.get(path)
    assert first.status_code == 200
    asked = await anybody.head(path)
    assert (asked.status_code, asked.content, asked.headers["etag"]) == (200, b"", first.headers["etag"])
    assert asked.headers["content-length"] == str(len(first.content))
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "noindex" in first.headers["x-robots-tag"]
    events = read(first.content)
    assert len(events) > 2
    assert len({one["uid"] for one in events}) == len(events)
    assert {one["summary"] for one in events} == {"区の手続き"}
    assert not [word for word in SENSITIVE if word in first.text]
    again = await anybody.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")

    full = await makes(hana, full=True)
    assert (await anybody.get(path)).status_code == 404, "a new address kills the old one"
    path = full["url"].removeprefix(town.ORIGIN)
    words = read((await anybody.get(path)).content)
    assert "証明書の手数料の納期限" in {one["summary"] for one in words}
    assert {one["uid"] for one in words} == {one["uid"] for one in events}

    child = full["calendars"]["children"][0]["id"]
    own = await makes(hana, child, full=True)
    of_child = read((await anybody.get(own["url"].removeprefix(town.ORIGIN))).content)
    assert {one["uid"] for one in of_child} < {one["uid"] for one in words}
    assert "証明書の手数料の納期限" not in {one["summary"] for one in of_child}
    assert (await makes(ken, child))["__typename"] == "NotFound"
    secrets = await rows(town, "SELECT secret_hash, row_to_json(f)::text AS told FROM calendar_feeds f")
    assert not [one for one in secrets if path.rpartition("/")[2].removesuffix(".ics") in one.told]

    feed = next(one["id"] for one in own["calendars"]["feeds"] if one["about"] is None)
    ended = await hana.asks("mutation($i: ID!) { endFeed(id: $i) { __typename } }", i=feed)
    assert ended["endFeed"]["__typename"] == "Calendars"
    assert (await anybody.get(path)).status_code == 404
    for wrong in ("/calendar/x.ics", "/calendar/" + "a" * 200 + ".ics", path.removesuffix(".ics")):
        assert (await anybody.get(wrong)).status_code == 404

    last = own["url"].removeprefix(town.ORIGIN)
    assert (await anybody.get(last)).status_code == 200
    await rows(town, r"UPDATE bills SET said = '\x00' RETURNING 1")
    assert (await anybody.get(last)).status_code == 500
    told = capsys.readouterr()
    assert "defect" in told.out + told.err
    assert last.rpartition("/")[2].removesuffix(".ics") not in told.out + told.err, "an address is a key"
    await hana.asks('mutation { deleteAccount(typed: "削除") { __typename } }')
    await rows(
        town, "UPDATE residents SET erase_at = now() - interval '1 second' WHERE erase_at IS NOT NULL RETURNING 1"
    )
    await erase_due(town.house)
    assert await rows(town, "SELECT 1 FROM calendar_feeds") == []


async def test_one_date_is_hers_alone_and_nobody_reads_a_feed_all_day(
    database_url: str, outside: Outside, keys: Path, tmp_path: Path
) -> None:
    town = Town(settle(database_url, outside, keys, tmp_path, LIMITS_FACTOR="0.1"))
    hana = await town.resident("hana")
    bill = await bill_for(town, hana)
    item = await hana.browser.get(f"/calendar-item?key=payment-{bill}")
    (event,) = read(item.content)
    assert event["url"] == f"{town.ORIGIN}/payments/{bill}"
    assert (await town.browser().get(f"/calendar-item?key=payment-{bill}")).status_code == 303
    path = (await makes(hana))["url"].removeprefix(town.ORIGIN)
    assert [(await town.browser().get(path)).status_code for _ in range(4)] == [200, 200, 200, 429]
    await town.close()


@pytest.mark.parametrize("name", ["a,b;c\\d", "改行\n入り", "あ" * 400, "BEGIN:VEVENT"])
def test_whatever_a_date_is_called_the_file_is_read_back(name: str) -> None:
    day = date(2026, 12, 1)
    words = Text(ja=name, easy=name, en=name)
    dates = [
        Entry(f"step-{n}", "step", day + timedelta(days=n), None, None, words, "", "", "/step/x") for n in range(3)
    ]

    made_at = datetime(2026, 11, 1, tzinfo=UTC)
    file = file_of(dates, origin="https://k.test", language="ja", full_words=True, made_at=made_at)
    assert [one["summary"] for one in read(file)] == [f"{name}（期限）"] * 3
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    again = file_of(dates, origin="https://k.test", language="ja", full_words=True, made_at=made_at)
    assert etag_of(again) == etag_of(file)
