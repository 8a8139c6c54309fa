"""The reckoner of benefits: what leaves the house, what is made of an answer, and every way to be silent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import pytest

from bff.connectors.benefits.client import BenefitCalculator
from bff.connectors.street import Source, street
from bff.exchange.address import ClientId
from bff.exchange.asking import Asking
from bff.exchange.board import always_open
from bff.exchange.lean.pool import Pool
from bff.exchange.message_log import Entry
from bff.exchange.question import Under
from bff.exchange.silence import NoReading, Silent, Why
from bff.exchange.transport import ExchangeTransport
from bff.exchange.wire import BARE
from life_events.benefits import Benefit, Benefits
from life_events.facts import Household, Member, Relation
from tests.conftest import free_port
from tests.exchange.provider import NOW, Act, Provider, reading
from tests.town import Outside

NOVEMBER = date(2026, 11, 25)
ADDRESS = "東京都港区芝公園一丁目5番25号"


def member(person: str, born: date, relation: Relation = "child") -> Member:
    return Member(person, relation == "head", f"佐藤 {person}", "サトウ", born, "female", relation)


HOUSEHOLD = Household(
    ward="131032",
    address=ADDRESS,
    postal_code="1050011",
    since=date(2015, 4, 1),
    members=(
        member("m-4", date(2024, 5, 5)),
        member("m-1", date(1980, 5, 5), "head"),
        member("m-2", date(1979, 3, 3), "spouse"),
        member("m-3", date(2012, 5, 5)),
        member("m-5", date(1952, 8, 2), "parent"),
    ),
)


def sums(allowance: float, single: float = 0, metropolitan: float = 0, on: str = "2026-11-25") -> dict[str, Any]:
    return {"児童手当": {on: allowance}, "児童扶養手当_最大": {on: single}, "児童育成手当": {on: metropolitan}}


GOOD = {"世帯員": {}, "世帯一覧": {"h1": sums(10000.0), "h2": sums(25000.0)}}


def tells(body: object, status: int = 200, **headers: str) -> Act:
    return lambda _: httpx.Response(status, content=json.dumps(body, ensure_ascii=False).encode(), headers=headers)


def tells_raw(body: bytes) -> Act:
    return lambda _: httpx.Response(200, content=body)


class Wired:
    """The calculator over one provider, the transport's log in a list."""

    def __init__(
        self, under: httpx.AsyncBaseTransport | Under, base_url: str = "http://reckoner.test", largest: int = 10_000
    ) -> None:
        self.log: list[Entry] = []
        transport = ExchangeTransport(
            under,
            client=ClientId.decode("TOKYO23/COM/900100/kurashimado"),
            log=self._keep,
            clock=lambda: NOW,
            new_id=uuid4,
            closed=always_open,
            largest=largest,
            wire=BARE,
        )
        self.http = Asking(transport, base_url)
        self.calculator = BenefitCalculator(self.http)

    async def reckons(self, household: Household = HOUSEHOLD, on: date = NOVEMBER) -> Benefits:
        return await self.calculator.tell(reading(), household, on)

    async def _keep(self, entry: Entry) -> None:
        self.log.append(entry)


async def silence(act: Act) -> Why:
    wired = Wired(Provider([act]))
    with pytest.raises(Silent) as caught:
        await wired.reckons()
    assert caught.value.source == "benefits"
    assert len(wired.log) == 1
    return caught.value.why


async def test_the_sums_of_a_growing_household_become_what_each_child_adds() -> None:
    wired = Wired(Provider([tells(GOOD, **{"country-package": "openfisca_japan", "country-package-version": "2.2.0"})]))
    told = await wired.reckons()
    assert (told.on, told.model) == (NOVEMBER, "openfisca_japan 2.2.0")
    assert [one for one in told.monthly if one.name == "jido_teate"] == [
        Benefit("m-3", "jido_teate", 10_000),
        Benefit("m-4", "jido_teate", 15_000),
    ]
    assert sum(one.yen for one in told.monthly) == 25_000


async def test_only_birth_dates_of_children_leave_the_house() -> None:
    provider = Provider([tells(GOOD)])
    await Wired(provider).reckons()
    (asked,) = provider.asked
    sent = asked.content.decode()
    assert (asked.method, asked.url.path) == ("POST", "/calculate")
    assert sorted(asked.headers) == ["accept", "accept-encoding", "content-length", "content-type", "host"]
    assert json.loads(sent)["世帯員"] == {
        "h1a0": {},
        "h1a1": {},
        "h1c0": {"誕生年月日": {"ETERNITY": "2012-05-05"}},
        "h2a0": {},
        "h2a1": {},
        "h2c0": {"誕生年月日": {"ETERNITY": "2012-05-05"}},
        "h2c1": {"誕生年月日": {"ETERNITY": "2024-05-05"}},
    }
    for told_to_nobody in (
        "佐藤",
        "サトウ",
        "m-1",
        "m-3",
        "港区",
        "131032",
        "1980-05-05",
        "1952-08-02",
        "a2b3",
        "female",
    ):
        assert told_to_nobody not in sent + str(asked.headers), told_to_nobody


async def test_every_reckoning_is_a_row_with_its_reason_and_no_content() -> None:
    wired = Wired(Provider([tells(GOOD)]))
    await wired.reckons()
    (row,) = wired.log
    assert (row.source, row.service, row.outcome) == ("benefits", "own/calculate", "answered")
    assert (row.resident, row.subject, row.purpose, row.basis) == (reading().resident, "a2b3", "home", "consent")


async def test_without_a_reading_nothing_is_reckoned_and_that_is_written_down() -> None:
    provider = Provider([tells(GOOD)])
    wired = Wired(provider)
    with pytest.raises(NoReading):
        await wired.http.post("/calculate", json={})
    assert provider.asked == []
    assert [(row.outcome, row.service) for row in wired.log] == [("refused", "/calculate")]


HOUSEHOLDS: Mapping[str, Any] = GOOD["世帯一覧"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"世帯一覧": {}},
        {"世帯一覧": {"h1": sums(10000)}},
        {"世帯一覧": {**HOUSEHOLDS, "h3": sums(55000)}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": sums(25000, on="2026-11-24")}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": sums(-1)}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": sums(5000)}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": sums(25000.5)}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": sums(10**12)}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": {"児童手当": {"2026-11-25": 25000}}}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": {**sums(25000), "児童手当": {"2026-11-25": "25000"}}}},
        {"世帯一覧": {**HOUSEHOLDS, "h2": {**sums(25000), "児童手当": {"2026-11-25": 1, "2026-11-26": 2}}}},
    ],
)
async def test_an_answer_to_something_else_is_a_wrong_answer(wrong: object) -> None:
    assert await silence(tells(wrong)) is Why.WRONG_ANSWER


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[]", b"null", b'{"a":', b"[" * 9000, b"x" * 20_000])
async def test_garbage_and_too_much_of_it_is_a_wrong_answer(body: bytes) -> None:
    assert await silence(tells_raw(body)) is Why.WRONG_ANSWER


@pytest.mark.parametrize(
    ("status", "why"), [(500, Why.UNAVAILABLE), (503, Why.UNAVAILABLE), (400, Why.WRONG_ANSWER), (403, Why.REFUSED)]
)
async def test_a_reckoner_that_fails_is_silent_for_one_reason(status: int, why: Why) -> None:
    assert await silence(tells({"error": "x"}, status)) is why


async def test_nobody_at_the_port_is_silence_at_once() -> None:
    wired = Wired(Pool(), f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Silent) as caught:
        await wired.reckons()
    assert caught.value.source == "benefits"
    await wired.http.aclose()


async def test_a_reckoner_that_never_answers_is_given_up() -> None:
    wired = Wired(Provider([], silent=True))
    hurried = replace(wired.calculator.manifest.patience, read=0.1, whole=0.2)
    call = replace(wired.calculator.manifest.call(repeatable=True), patience=hurried)
    with pytest.raises(Silent) as caught:
        await wired.http.post("/calculate", extensions={"reading": reading(), "call": call})
    assert (caught.value.source, caught.value.why) == ("benefits", Why.TIMEOUT)


def test_a_household_without_children_has_nothing_to_reckon_and_without_a_reckoner_nobody_does() -> None:
    childless = replace_members(HOUSEHOLD, lambda one: one.relation != "child")
    connected = street(httpx.AsyncClient(), httpx.AsyncClient())
    assert connected.reckoning(childless, NOVEMBER) is None
    assert isinstance(connected.reckoning(HOUSEHOLD, NOVEMBER), Source)
    assert street(httpx.AsyncClient()).reckoning(HOUSEHOLD, NOVEMBER) is None


def replace_members(household: Household, stays: Callable[[Member], bool]) -> Household:
    members = tuple(one for one in household.members if stays(one))
    return Household(household.ward, household.address, household.postal_code, household.since, members)


@pytest.fixture
async def stand_in(outside: Outside) -> AsyncIterator[Wired]:
    await outside.everything_answers()
    wired = Wired(Pool(), f"{outside.origin}/openfisca")
    yield wired
    await wired.http.aclose()
    await outside.everything_answers()


async def test_the_stand_in_speaks_as_the_true_process_does(stand_in: Wired) -> None:
    told = await stand_in.reckons()
    assert [one.yen for one in told.monthly if one.name == "jido_teate"] == [10_000, 15_000]


@pytest.mark.parametrize(
    ("mode", "why"), [("error", Why.UNAVAILABLE), ("garbage", Why.WRONG_ANSWER), ("silent", Why.TIMEOUT)]
)
async def test_a_stand_in_that_fails_is_silent(stand_in: Wired, outside: Outside, mode: str, why: Why) -> None:
    await outside.mode("benefits", mode)
    with pytest.raises(Silent) as caught:
        await stand_in.reckons()
    assert caught.value.why is why


async def test_a_slow_stand_in_is_waited_for(stand_in: Wired, outside: Outside) -> None:
    await outside.mode("benefits", "slow")
    assert (await stand_in.reckons()).monthly
