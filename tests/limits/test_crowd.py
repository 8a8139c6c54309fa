"""A full house: who only looks comes back later, and nobody who is in the middle of something is sent away."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from bff.errors import Crowded
from bff.limits import Crowd, Room, rank_at, rank_of
from bff.limits.crowd import BEATS, BURST
from bff.limits.ranks import ranks
from bff.settings import SettingsRefused
from tests.graphql.test_applications import newborn
from tests.town import Outside, Person, Town, settle
from tests.uploads.test_uploads import a_photo

HOME = "query ShowHome { viewer { home { answeredAt } } }"
ABSENCE = "query ShowSchools { viewer { schools { pupils { id } } } }"
"""Whose absence she may tell, and what is asked of her."""
KEPT = {"OpenNotice": "mutation"}
"""The phone keeps that she has opened a letter, and tells it when it is asked to."""
HELD_UP = "query { viewer { calendars { feeds { id } } } }"
"""Waits for nothing but one table, which the test holds."""


def is_put_off(crowd: Crowd, rank: str | None, *, streams: bool = False) -> bool:
    try:
        crowd.admit(rank, streams=streams)
    except Crowded:
        return True
    return False


def a_second_passes(crowd: Crowd) -> None:
    for _ in range(BEATS):
        crowd.heard(0.0)


def test_who_can_wait_longer_waits_first_and_who_is_writing_never() -> None:
    crowd = Crowd(Room(answers=2, streams=2, late=0.3), lambda: 0.0)
    waits = []
    with ExitStack() as owed:
        for _ in range(5):
            a_second_passes(crowd)
            waits.append([rank for rank in ("later", "soon", "letter", None) if is_put_off(crowd, rank)])
            owed.enter_context(crowd.answering())
    assert waits == [[], ["later"], ["later", "soon"], ["later", "soon"], ["later", "soon", "letter"]]
    crowd.heard(0.0)
    assert not is_put_off(crowd, "later")


def test_phones_that_open_at_one_moment_are_no_crowd_unless_they_are_very_many() -> None:
    crowd = Crowd(Room(answers=2, streams=2, late=0.3), lambda: 0.0)
    a_second_passes(crowd)
    with ExitStack() as owed:
        for _ in range(BURST * 2):
            assert not is_put_off(crowd, "soon")
            owed.enter_context(crowd.answering())
        assert is_put_off(crowd, "soon")


def test_open_streams_keep_out_other_streams_but_no_home() -> None:
    crowd = Crowd(Room(answers=64, streams=1, late=0.3), lambda: 0.0)
    with crowd.streaming():
        assert is_put_off(crowd, "later", streams=True)
        assert not is_put_off(crowd, "later")
        assert not is_put_off(crowd, "soon")
    assert not is_put_off(crowd, "later", streams=True)


def test_a_loop_that_was_late_once_has_had_a_hiccup_and_one_that_stays_late_is_full() -> None:
    crowd = Crowd(Room(answers=64, streams=64, late=0.3), lambda: 0.0)
    crowd.heard(5.0)
    assert not is_put_off(crowd, "later")
    for _ in range(BEATS):
        crowd.heard(0.0)
    for _ in range(BEATS // 2 + 1):
        assert not is_put_off(crowd, "soon")
        crowd.heard(0.4)
    assert is_put_off(crowd, "soon")
    for _ in range(BEATS):
        crowd.heard(0.0)
    assert not is_put_off(crowd, "later")


async def test_the_loop_is_listened_to() -> None:
    crowd = Crowd(Room(answers=64, streams=64, late=0.0001), lambda: 0.0)
    listening = asyncio.create_task(crowd.listen())
    for _ in range(1000):
        if is_put_off(crowd, "soon"):
            break
        await asyncio.sleep(0.01)
    assert is_put_off(crowd, "soon"), "no loop is on time to a ten-thousandth of a second"
    listening.cancel()


@pytest.mark.parametrize(("chance", "soon", "later"), [(0.0, 5, 20), (0.5, 8, 30), (1.0, 10, 40)])
def test_they_are_asked_back_each_at_another_time_and_later_the_fuller_it_is(
    chance: float, soon: int, later: int
) -> None:
    def waits(rank: str, owed: int) -> int:
        crowd = Crowd(Room(answers=1, streams=1, late=1), lambda: chance)
        with ExitStack() as all_owed:
            for _ in range(owed):
                all_owed.enter_context(crowd.answering())
            a_second_passes(crowd)
            with pytest.raises(Crowded) as refused:
                crowd.admit(rank)
        return refused.value.retry_after

    assert (waits("soon", 1), waits("later", 1)) == (soon, later)
    assert waits("later", 3) == 3 * 20 * (1 + chance)
    assert waits("later", 1000) == 6 * 20 * (1 + chance)


def test_only_what_the_app_asks_and_what_changes_nothing_can_wait() -> None:
    built = json.loads(Path("pwa/dist/documents.json").read_text("utf-8")).values()
    kinds = dict(_named(text) for text in built)
    listed = [name for rank in ranks().values() for name in rank.documents]
    assert {name: kinds.get(name) for name in listed if kinds.get(name) not in ("query", "subscription")} == KEPT
    assert {kind for name, kind in kinds.items() if kind == "subscription" and name not in listed} == set()
    ranked = {text: rank_of(text) for text in built}
    assert {name for text, rank in ranked.items() if rank for name in _named(text)[:1]} == set(listed)


def _named(text: str) -> tuple[str, str]:
    found = re.match(r"\s*(query|subscription|mutation)\s+(\w+)", text)
    assert found is not None, text
    return found[2], found[1]


@pytest.mark.parametrize(
    "path", ["/login/callback", "/uploads", "/pay/notify", "/drafts/carried", "/staff", "/searching"]
)
def test_no_door_of_somebody_in_the_middle_of_something_waits(path: str) -> None:
    assert rank_at(path) is None


@pytest.fixture
async def small_town(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """One answer owed is as much as it bears."""
    await outside.everything_answers()
    built = Town(settle(database_url, outside, keys, tmp_path, ANSWERS_AT_ONCE="1"))
    yield built
    await built.close()


@asynccontextmanager
async def it_is_full(town: Town, ken: Person) -> AsyncIterator[None]:
    """Ken is owed an answer that the database does not give; when it does, he gets it."""
    with psycopg.connect(town.settings.database_url) as held:
        held.execute("LOCK TABLE calendar_feeds IN ACCESS EXCLUSIVE MODE")
        waiting = asyncio.create_task(ken.asks(HELD_UP))
        while town.house.limits.crowd.pressure() == 0:
            await asyncio.sleep(0.01)
        a_second_passes(town.house.limits.crowd)
        yield
        held.rollback()
        assert await waiting == {"viewer": {"calendars": {"feeds": []}}}
        town.house.limits.crowd.heard(0.0)


async def opens(person: Person, asking: str) -> httpx.Response:
    return await person.browser.post("/graphql", json={"query": asking})


async def test_a_claim_is_taken_while_homes_are_put_off_and_homes_are_back_when_there_is_room(small_town: Town) -> None:
    hana, ken = await small_town.resident("hana"), await small_town.resident("ken")
    step, answers = await newborn(hana)
    async with it_is_full(small_town, ken):
        put_off = await opens(hana, HOME)
        assert put_off.status_code == 429
        assert 5 <= int(put_off.headers["Retry-After"]) <= 10
        assert "混み合っています" in put_off.json()["errors"][0]["message"]
        assert "混み合っています" in put_off.json()["message"]["ja"]
        assert (await opens(hana, ABSENCE)).status_code == 200
        streamed = await small_town.browser().post(
            "/graphql",
            json={"query": "subscription RefreshHome { refreshHome { remaining } }"},
            headers={"Accept": "text/event-stream"},
        )
        assert (streamed.status_code, int(streamed.headers["Retry-After"]) >= 20) == (429, True)
        sent = await hana.sends(step, answers)
        assert (sent["__typename"], sent["state"]) == ("Application", "QUEUED")
        assert (await hana.asks("query WhoIsHere { viewer { id } }"))["viewer"] is not None
    assert (await opens(hana, HOME)).status_code == 200
    await hana.fills_home()


async def test_somebody_signs_in_and_adds_a_picture_while_it_is_full_and_a_search_waits(small_town: Town) -> None:
    ken = await small_town.resident("ken")
    async with it_is_full(small_town, ken):
        lan = await small_town.resident("lan", agrees=False)
        assert (await lan.browser.post("/uploads", content=a_photo())).status_code == 201
        page = await small_town.browser().get("/search", headers={"Accept": "text/html"})
        assert (page.status_code, "混み合っています" in page.text) == (429, True)


@pytest.mark.parametrize("name", ["ANSWERS_AT_ONCE", "STREAMS_AT_ONCE", "LATE_BY"])
def test_a_house_that_bears_nothing_does_not_start(name: str, outside: Outside, keys: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match=name):
        settle("postgresql://none", outside, keys, tmp_path, **{name: "0"})
