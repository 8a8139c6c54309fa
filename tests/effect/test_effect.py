"""The effect board: the study's numbers to its printed digits, live counts, assumptions, and nobody singled out."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from bff import effect
from bff.db import Database
from bff.effect import days, view
from bff.effect.board import of_ward
from bff.effect.days import Count
from bff.effect.study import lines, study
from bff.effect.words import Told
from life_events import load_catalogue
from tests.staff.conftest import desk  # noqa: F401 - a fixture
from tests.staff.desk import MINATO, SETAGAYA, Desk
from tests.town import Town

TODAY = date(2026, 11, 24)
PRINTED = {
    "paper.paper_saved": "15.3",
    "paper.saved": "76",
    "automation.hours_now": "833333",
    "automation.hours_after": "83333",
    "automation.hours_saved": "750000",
    "automation.yen_now": "40.0",
    "automation.yen_after": "4.0",
    "automation.yen_saved": "36",
    "counter.cases": "7990000",
    "counter.hours_now": "2663333",
    "counter.hours_after": "199750",
    "counter.hours_saved": "2463583",
    "counter.yen_now": "127.8",
    "counter.yen_after": "9.6",
    "counter.yen_saved": "118.2",
    "ict.now": "4000.0",
    "ict.after": "1294.7",
    "ict.per_cent": "67.6",
    "residents.hours_now": "7990000",
    "residents.hours_after": "466083",
    "residents.hours_saved": "7523917",
    "residents.yen_after": "13.4",
    "residents.yen_saved": "215.9",
}
"""Copied from the study's tables 2-5 to 2-9, 億円 for its 10億円."""
SLIPS = {
    "paper.staff_saved": ("60.5", "60.7"),
    "automation.cases_rest": ("125000", "250000"),
    "residents.yen_now": ("229.3", "229.0"),
}


def test_the_studys_inputs_give_its_outputs_and_where_it_slips_both_are_told() -> None:
    told = {line.key: line for line in lines(study())}
    for key, printed in PRINTED.items():
        assert (told[key].shown, told[key].printed, told[key].slips) == (printed, printed, False), key
    for key, (computed, printed) in SLIPS.items():
        assert (told[key].shown, told[key].printed, told[key].slips) == (computed, printed, True), key
        assert told[key].why
    assert {key for key, line in told.items() if line.slips} == set(SLIPS)


def test_the_live_board_is_the_same_formulas_over_what_was_counted() -> None:
    assumed = view.assumed_in(load_catalogue(), MINATO, None)
    rows = {
        row.table: row
        for row in of_ward(
            [
                Count(TODAY, MINATO, "", "electronic", 90),
                Count(TODAY, MINATO, "", "automatable", 60),
                Count(TODAY, MINATO, "", "automated", 57),
            ],
            {**assumed, "visits": 1_200, "staff": 1_548},
            1,
        )
    }
    hours = {table: (row.hours.now, row.hours.after) for table, row in rows.items() if row.hours}
    assert hours == {"automation": (20, 2), "counter": (30, 0), "residents": (90, 0)}
    assert rows["counter"].yen.saved == 30 * 4_800
    assert rows["residents"].yen.saved == 90 * 2_870
    assert rows["paper"].yen.saved == 273_000_000 * 90 / 100 / 12
    assert not rows["ict"].counted


async def _days(db: Database, *told: tuple[str, str, str, int]) -> None:
    rows = [{"day": TODAY, "ward": ward, "procedure": p, "what": w, "n": n} for ward, p, w, n in told]
    async with db.house() as conn:
        await days.write(conn, rows)


async def test_an_administrator_changes_what_is_assumed_and_goes_back(db: Database, desk: Desk) -> None:  # noqa: F811
    await _days(db, (MINATO, "child_allowance_claim", "electronic", 9), (SETAGAYA, "move_in_notice", "electronic", 7))
    ueda = await desk.official("上田", MINATO, "administrator")
    page = await ueda.opens("/staff/effect")
    assert page.status == 200
    assert page.at("electronic") == "9件"
    assert page.at("row-counter").startswith("窓口（表2-7） 3時間 0時間")
    assert "30.0" not in page.at("event-childcare")
    assert page.at("study-paper.staff_saved").endswith("60.5億円 60.7億円")
    assert page.html.count("<svg") == 2
    assert "style=" not in page.html

    wrong = await ueda.sends("/staff/effect/assumptions", {"counter_now": "twenty", "way": "601", "note": ""})
    assert wrong.status == 422
    assert wrong.value("counter_now") == "twenty"
    assert wrong.text.count("0から600までの数字") >= 2

    for minutes in ("40", "60"):
        kept = await ueda.sends("/staff/effect/assumptions", {"counter_now": minutes, "note": "実測に合わせた"})
        assert kept.status == 303
    assert (await ueda.opens("/staff/effect")).at("row-counter").startswith("窓口（表2-7） 9時間")
    back = await ueda.sends("/staff/effect/assumptions/back", {"version": "1"})
    assert back.status == 303
    assert (await ueda.opens("/staff/effect")).at("row-counter").startswith("窓口（表2-7） 6時間")
    shown = await ueda.opens("/staff/effect/assumptions")
    assert "第3版" in shown.text
    assert "上田：第1版に戻す" in shown.text
    assert (await ueda.sends("/staff/effect/assumptions/back", {"version": "9"})).status == 422

    file = list(csv.reader(io.StringIO((await ueda.browser.get("/staff/effect.csv")).text.removeprefix("\ufeff"))))
    assert ["all", "counter", "6", "0", "6", "28800", "0", "28800"] in file
    nakamura = await desk.official("中村", SETAGAYA, "administrator")
    assert (await nakamura.opens("/staff/effect")).at("row-counter").startswith("窓口（表2-7） 2時間")


async def test_everybody_is_told_whole_tens_and_nothing_below(town: Town) -> None:
    today = town.house.today()
    async with town.house.db.house() as conn:
        rows = [
            (MINATO, "child_allowance_claim", 57),
            (MINATO, "care_certification", 9),
            (SETAGAYA, "move_in_notice", 9),
        ]
        await days.write(
            conn, [{"day": today, "ward": w, "procedure": p, "what": "electronic", "n": n} for w, p, n in rows]
        )
    anybody = town.browser()
    told: dict[str, Any] = (await anybody.get("/open/effect.json")).json()
    counts = {(one["ward"], one["event"]): one["n"] for one in told["counts"]}
    assert counts.pop((MINATO, "")) == 60
    assert counts[MINATO, "childcare"] == 50
    assert set(counts.values()) == {50}
    assert not [key for key in counts if key[0] != MINATO or key[1] == "care"]
    page = await anybody.get("/effect?lang=easy", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'data-testid="ways">60<' in page.text
    assert "style=" not in page.text
    assert "世田谷区" not in page.text
    assert (await anybody.get("/open/effect.csv")).text.count("\n") == len(told["counts"]) + 1


async def test_the_job_counts_what_the_house_holds_once(db: Database) -> None:
    now = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # the 25th in Tokyo
    async with db.house() as conn:
        for state in ("received", "decided", "queued"):
            await conn.execute(
                text(
                    "INSERT INTO applications (id, resident, ward, procedure, version, receipt_number, answers, state,"
                    " completed_at, accepted_at, prefilled, corrected) VALUES (:id, :id, :ward, 'claim',"
                    " '1', :number, '', :state, :now, :now, 4, '{address}')"
                ),
                {"id": uuid4(), "ward": MINATO, "number": state, "state": state, "now": now},
            )
        for _ in range(2):
            await effect.count(conn, date(2026, 11, 26), timedelta(days=3))
        found = await days.by_month(conn, date(2026, 11, 25), date(2026, 11, 25))
    assert {(one.what, one.n) for one in found} == {
        ("electronic", 3),
        ("prefilled", 12),
        ("corrected", 3),
        ("decided", 1),
    }


@pytest.mark.parametrize(
    ("today", "months", "first"), [(date(2026, 1, 9), 3, (2025, 11)), (date(2026, 12, 1), 12, (2026, 1))]
)
def test_the_first_month_of_a_period(today: date, months: int, first: tuple[int, int]) -> None:
    assert view.first_day(today, months) == date(*first, 1)


def test_an_english_reader_is_told_yen_and_months_in_her_words() -> None:
    """400.0 bn of table 2-8, 15.7 M of some hours; no sum of shares that was rounded up to the last yen."""
    en, ja = Told("en"), Told("ja")
    assert [en.yen(n) for n in (400_000_000_002, 15_712_000, 4_800)] == ["¥400.0 billion", "¥15.7 million", "¥4,800"]
    assert (ja.yen(400_000_000_002), ja.yen(15_712_000)) == ("4,000.0億円", "1,571万円")
    assert (en.month(date(2026, 3, 1)), ja.month(date(2026, 3, 1))) == ("Mar", "3月")
    assert (en.day(date(2026, 3, 1)), ja.day(date(2026, 3, 1))) == ("1 March 2026", "2026年3月1日")
