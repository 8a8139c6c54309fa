"""Every morning each home is judged anew: what newly comes within reach is told of once, and names nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bff.journeys.judging import FIRST, LAST, judge_chunk
from bff.wiring import House
from tests.town import Outside, Town

INBOX = "{ viewer { inbox { nodes { kind about title { ja } body { ja } } } } }"


async def judge_all(house: House) -> int:
    return await judge_chunk(house, house.clock(), FIRST, LAST)


def on_a_later_day(house: House, days: int) -> House:
    return replace(house, clock=lambda: house.clock() + timedelta(days=days))


async def test_when_the_babys_one_month_check_opens_hana_hears_of_it_once(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    assert await judge_all(town.house) == 0
    assert await judge_all(town.house) == 0
    # the stand-in's newborn is nine days old; the check opens on the 28th day of life (birth is day 0)
    assert await judge_all(on_a_later_day(town.house, 18)) == 0
    assert await judge_all(on_a_later_day(town.house, 19)) == 1
    assert await judge_all(on_a_later_day(town.house, 19)) == 0
    (notice,) = (await hana.asks(INBOX))["viewer"]["inbox"]["nodes"]
    assert (notice["kind"], notice["about"]) == ("ACTION", "/")
    assert "1件" in notice["body"]["ja"]
    assert "か月" not in notice["title"]["ja"] + notice["body"]["ja"], "neither which check nor which child"
    assert await judge_all(on_a_later_day(town.house, 20)) == 0
    assert await judge_all(on_a_later_day(town.house, 25)) == 1, "a week before the window ends, once more"


async def test_a_source_that_is_silent_for_a_morning_is_no_news_when_it_speaks_again(
    town: Town, outside: Outside
) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await judge_all(town.house)
    await outside.mode("childcare", "error")
    await hana.fills_home()
    assert await judge_all(town.house) == 0
    await outside.mode("childcare", "ok")
    await hana.fills_home()
    assert await judge_all(town.house) == 0


async def test_a_home_that_fills_for_the_first_time_is_no_news_either(town: Town) -> None:
    hana = await town.resident("hana")
    assert await judge_all(town.house) == 0
    await hana.fills_home()
    assert await judge_all(town.house) == 0


async def test_what_her_own_answer_brings_she_has_seen(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await judge_all(town.house)
    await hana.answers("care_worry", True)
    assert await judge_all(on_a_later_day(town.house, 1)) == 0
    # what has nothing to do with her answer is still told of: the check that opens on day 28
    assert await judge_all(on_a_later_day(town.house, 19)) == 1


async def test_one_home_that_does_not_open_does_not_keep_the_others_from_theirs(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    ken = await town.resident("ken")
    await ken.fills_home()
    assert await judge_all(town.house) == 0
    mine = (await ken.asks("{ viewer { id } }"))["viewer"]["id"]
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE kept_facts SET value = 'x' WHERE resident = :id"), {"id": mine})
    assert await judge_all(on_a_later_day(town.house, 19)) == 1
