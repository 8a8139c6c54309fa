"""What everybody is told when something does not work, and above all when hardly anything does."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from bff import functions, incidents
from bff.exchange import switches
from bff.exchange.switches import EVERYWHERE, By
from bff.functions import FUNCTIONS, function_of
from bff.process import LATELY, MOST, Lately
from life_events.terms import Text
from tests.public.markup import Markup
from tests.staff.desk import MINATO
from tests.town import Outside, Town, settle

MORI = By(None, "森")
TEXT = Text("機器の点検", "きかいを しらべます", "Maintenance")


def states(page: httpx.Response) -> dict[str, str]:
    assert page.status_code == 200
    found = re.findall(r'data-testid="function-(\w+)".*?data-degree="(\w+)"', page.text)
    return dict(found)


async def test_a_quiet_day_is_told_in_three_languages_without_a_script(town: Town) -> None:
    browser = town.browser()
    for language, said in (("ja", "すべて使えます"), ("easy", "ぜんぶ 使えます"), ("en", "Everything works")):
        page = await browser.get(f"/status?lang={language}")
        assert said in page.text
        assert states(page) == dict.fromkeys(FUNCTIONS, "works")
        assert Markup(page.text).faults == []
        assert "script-src" not in page.headers["content-security-policy"]
        assert "set-cookie" not in page.headers


@pytest.fixture(params=["refuses", "hangs"])
def away(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a database is not: nobody listens, or somebody who never says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if request.param == "hangs":
            silent.listen()
        yield f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none"


async def test_a_database_that_is_away_is_said_and_the_page_still_comes(
    away: str, outside: Outside, keys: Path, tmp_path: Path
) -> None:
    town = Town(settle(away, outside, keys, tmp_path))
    page = await town.browser().get("/status")
    assert states(page) == dict.fromkeys(FUNCTIONS, "down")
    assert "スマートフォンの中に残っています" in page.text
    if (reading := town.house.process.kept["status_reading"]) and not reading.done():
        reading.cancel()
    await town.close()


async def test_a_planned_outage_a_silent_service_and_a_failure_stand_there_each_in_its_place(town: Town) -> None:
    now = town.house.clock()
    async with town.house.db.house() as conn:
        await switches.plan_outage(
            conn,
            "care",
            MINATO,
            begins=now + timedelta(days=1),
            ends=now + timedelta(days=2),
            text=TEXT,
            by=MORI,
            now=now,
        )
        await switches.switch_off(conn, "registry", EVERYWHERE, by=MORI, reason="別の人の世帯", now=now)
        await incidents.begin(
            conn,
            began=now - timedelta(hours=1),
            degree="down",
            functions=["payments"],
            text=Text("カードで払えません", "カードで はらえません", "Cards do not work"),
            official=None,
            official_name="森",
        )
    page = await town.browser().get("/status?lang=en")
    assert states(page) == {**dict.fromkeys(FUNCTIONS, "works"), "home": "partly", "payments": "down"}
    assert "Minato" in page.text
    assert "Maintenance" in page.text
    assert "Cards do not work" in page.text
    assert "別の人の世帯" not in page.text, "why it was switched off is for officials"


async def test_answers_that_fail_are_told_while_they_are_young(town: Town) -> None:
    lately = town.house.process.lately
    for failed in (True, False, False, False, False):
        lately.note("home", failed=failed)
    for _ in range(5):
        lately.note("notices", failed=True)
    found = states(await town.browser().get("/status"))
    assert (found["home"], found["notices"], found["payments"]) == ("partly", "down", "works")


def test_an_old_failure_counts_no_more_and_no_flood_of_answers_fills_the_memory() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    lately = Lately(lambda: now)
    lately.note("home", failed=True)
    assert lately.of("home").failed == 1
    now += LATELY
    assert lately.of("home").answers == 0
    for _ in range(MOST + 10):
        lately.note("home", failed=False)
    assert lately.of("home").answers == MOST


def test_every_document_that_belongs_to_a_function_is_one_of_the_apps() -> None:
    texts = msgspec.json.decode(Path("pwa/dist/documents.json").read_bytes(), type=dict[str, str]).values()
    names = {found[1] for text in texts if (found := re.search(r"\b(?:query|mutation|subscription)\s+(\w+)", text))}
    for documents in functions.documents().values():
        assert documents <= names
    assert function_of("/graphql", "ShowHome") == "home"
    assert function_of("/login/callback/{provider:str}", "") == "login"
    assert function_of("/loginx", "") is None
