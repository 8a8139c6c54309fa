"""A term that a ward sets holds for whoever's matter began under it, whatever the ward writes afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from bff.administration import amendments
from bff.administration.amendments import By, Version
from bff.administration.shelf import Shelf
from life_events import Catalogue, Text
from life_events.amending import Amendment
from tests.town import Town

MINATO, TERM = "131032", "child_medical_certificate"
CLERK, HEAD = By(uuid4(), "山本"), By(uuid4(), "石川")
THIRTY = Amendment(terms={TERM: 30})
FLOOR = Amendment(how=Text(ja="3階の窓口へ。", easy="3かいへ。", en="Third floor."), terms={TERM: 30})


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Tokyo"))


def due(catalogue: Catalogue, born: date) -> date:
    return catalogue.law_in(MINATO).last_day(TERM, born)


async def published(town: Town, said: Amendment, on: date) -> Version:
    now, id = morning(on), uuid4()
    async with town.house.db.house() as conn:
        await amendments.draft(conn, id, MINATO, TERM, said, note="条例の改正", starts_at=None, by=CLERK, now=now)
        written = await amendments.one(conn, MINATO, id)
        assert written
        assert await amendments.turn(conn, written, "draft", "asked")
        assert await amendments.publish(conn, written, by=HEAD, now=now)
        version = await amendments.one(conn, MINATO, id)
    assert version
    return version


async def gone_back(town: Town, holds: Version, to: Version | None, on: date) -> Version:
    id = uuid4()
    async with town.house.db.house() as conn:
        await amendments.go_back(conn, id, holds, to, note="戻した", by=CLERK, now=morning(on))
        version = await amendments.one(conn, MINATO, id)
    assert version
    return version


async def test_a_birth_is_reckoned_by_the_term_that_held_that_day_though_only_words_changed_since(town: Town) -> None:
    """Counted by hand from the day after the birth: 15 days as shipped, 30 as Minato has it since 1 April."""
    moment = [morning(date(2026, 11, 10))]
    shelf = Shelf(town.house.shelf.shipped, town.house.db, lambda: moment[0])

    async def at(day: date) -> Catalogue:
        moment[0] = morning(day)
        shelf.forget()
        await shelf.keep_up()
        return shelf.catalogue

    first = await published(town, THIRTY, date(2026, 4, 1))
    second = await published(town, FLOOR, date(2026, 11, 2))
    minato = await at(date(2026, 11, 10))
    own = minato.wards[MINATO].procedures[TERM].how
    assert own == FLOOR.how
    assert due(minato, date(2026, 3, 20)) == date(2026, 4, 4)
    assert due(minato, date(2026, 10, 20)) == date(2026, 11, 19)
    looked_over = shelf.with_version(replace(second, id=uuid4(), state="draft", starts_at=None))
    assert due(looked_over, date(2026, 10, 20)) == date(2026, 11, 19), "nor is a draft shown to change it"

    third = await gone_back(town, second, first, date(2026, 11, 20))
    minato = await at(date(2026, 11, 25))
    assert minato.wards[MINATO].procedures[TERM].how is None
    assert due(minato, date(2026, 10, 20)) == date(2026, 11, 19)

    await gone_back(town, third, None, date(2026, 12, 1))
    minato = await at(date(2026, 12, 5))
    assert due(minato, date(2026, 10, 20)) == date(2026, 11, 19)
    assert due(minato, date(2026, 12, 2)) == date(2026, 12, 17), "as shipped again from the day of the way back on"
