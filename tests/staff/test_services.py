"""/staff/services: who runs the services sees how they stand, and can stop one at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bff.db import Database
from bff.exchange import switches
from bff.exchange.board import Board, Closed
from bff.exchange.figures import _OF_EACH, of_last_hour
from bff.exchange.log_writing import LogWriter
from bff.exchange.message_log import Entry
from bff.exchange.silence import Why
from bff.exchange.switches import EVERYWHERE, By
from tests.exchange.test_message_log import ROW
from tests.staff.desk import MINATO, SETAGAYA, Desk, Official, letter

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""10:00 in Tokyo."""
REGISTRY = "/staff/services/registry"
OUTAGE: dict[str, str | list[str]] = {
    "begins": "2026-11-25T22:00",
    "ends": "2026-11-26T05:00",
    "text_ja": "システムの入替え",
    "text_easy": "きかいを かえます",
    "text_en": "New machines",
}


@pytest.fixture
async def mori(desk: Desk) -> Official:
    """港区 情報政策 森, who runs the services."""
    return await desk.official("森", MINATO, "operator")


def board(db: Database) -> Board:
    return Board(db, lambda: NOW, 0)


def called(outcome: str, minutes: float, took_ms: int = 100, ward: str = MINATO) -> Entry:
    """A reading of the register of a ward, so many minutes ago."""
    return replace(
        ROW,
        at=NOW - timedelta(minutes=minutes),
        message=uuid4(),
        service=f"TOKYO23/GOV/{ward}/registry/households",
        outcome=outcome,
        took_ms=took_ms,
    )


async def test_she_stops_a_service_with_a_reason_and_it_is_not_asked_any_more(db: Database, mori: Official) -> None:
    assert "照会を停止する" in (await mori.opens(REGISTRY)).text
    page = await mori.sends(f"{REGISTRY}/off", {"note": "別の人の世帯が返ってくるため"})
    assert (page.status, page.goes_to) == (303, f"{REGISTRY}?done=off")
    assert await board(db).closed("registry", MINATO) == Closed(Why.SWITCHED_OFF)
    assert await board(db).closed("registry", SETAGAYA) is None
    shown = await mori.opens(page.goes_to)
    assert "別の人の世帯が返ってくるため" in shown.at("off")
    assert "照会を停止しました" in shown.text
    assert "森" in shown.at("history")


async def test_without_a_reason_nothing_is_stopped(db: Database, mori: Official) -> None:
    page = await mori.sends(f"{REGISTRY}/off", {"note": " "})
    assert page.status == 422
    assert "理由を入力してください" in page.text
    assert await board(db).closed("registry", MINATO) is None


async def test_an_individual_number_is_no_part_of_a_reason(db: Database, mori: Official) -> None:
    page = await mori.sends(f"{REGISTRY}/off", {"note": "123456789018 の人の世帯が違う"})
    assert page.status == 422
    assert await board(db).closed("registry", MINATO) is None


async def test_what_was_stopped_is_taken_up_again_by_one_button(db: Database, mori: Official) -> None:
    await mori.sends(f"{REGISTRY}/off", {"note": "試験"})
    assert (await mori.opens(REGISTRY)).offers("照会を再開する")
    await mori.sends(f"{REGISTRY}/on", {})
    assert await board(db).closed("registry", MINATO) is None
    assert "照会を再開" in (await mori.opens(REGISTRY)).at("history")


async def test_the_button_pressed_twice_stops_it_once(mori: Official) -> None:
    for _ in range(2):
        await mori.sends(f"{REGISTRY}/off", {"note": "試験"})
    assert (await mori.opens(REGISTRY)).at("history").count("照会を停止") == 1


async def test_who_only_writes_notices_sees_the_services_and_stops_none(db: Database, watanabe: Official) -> None:
    page = await watanabe.opens("/staff/services")
    assert "住民基本台帳" in page.text or "registry" in page.html
    assert not (await watanabe.opens(REGISTRY)).offers("照会を再開する")
    for path, fields in ((f"{REGISTRY}/off", {"note": "x"}), (f"{REGISTRY}/on", {}), (f"{REGISTRY}/outage", OUTAGE)):
        assert (await watanabe.sends(path, dict(fields))).status == 403
    assert (await watanabe.opens(f"{REGISTRY}/off")).status == 403
    assert await board(db).closed("registry", MINATO) is None


async def test_who_only_runs_services_neither_writes_nor_approves_a_notice(mori: Official, watanabe: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    assert (await mori.sends("/staff/broadcasts/new", letter())).status == 403
    assert (await mori.sends(f"{path}/approve", {"version": "1"})).status == 403


async def test_what_is_stopped_for_all_wards_is_not_hers_to_take_up(db: Database, mori: Official) -> None:
    async with db.house() as conn:
        at_the_machine = By(None, "運営")
        await switches.switch_off(conn, "national", EVERYWHERE, by=at_the_machine, reason="障害", now=NOW)
    page = await mori.opens("/staff/services/national")
    assert "全区で照会を停止しています" in page.text
    assert not page.offers("照会を再開する")
    assert (await mori.sends("/staff/services/national/on", {})).status == 403


async def test_she_plans_an_outage_in_tokyo_time_and_calls_it_off(db: Database, mori: Official) -> None:
    page = await mori.sends(f"{REGISTRY}/outage", OUTAGE)
    assert page.goes_to == f"{REGISTRY}?done=planned"
    known = (await board(db).now()).announced("registry", MINATO, NOW)
    assert known is not None
    assert known.begins == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    assert (known.text.easy, known.text.en) == ("きかいを かえます", "New machines")
    assert "2026年11月25日 22:00から" in (await mori.opens(REGISTRY)).at("outage")
    await mori.sends(f"{REGISTRY}/outage/{known.id}/call-off", {})
    assert (await board(db).now()).announced("registry", MINATO, NOW) is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"begins": "tomorrow"}, "begins"),
        ({"ends": "2026-11-25T21:00"}, "ends"),
        ({"ends": "2027-11-25T21:00"}, "ends"),
        ({"begins": "2026-11-20T21:00", "ends": "2026-11-21T21:00"}, "ends"),
        ({"text_easy": ""}, "text_easy"),
        ({"text_ja": "長" * 201}, "text_ja"),
    ],
)
async def test_a_wrong_plan_is_told_with_its_field_and_keeps_what_was_typed(
    mori: Official, wrong: dict[str, str], field: str
) -> None:
    page = await mori.sends(f"{REGISTRY}/outage", {**OUTAGE, **wrong})
    assert page.status == 422
    assert f'href="#{field}"' in page.html
    assert page.value("text_en") == "New machines"


async def test_an_outage_of_another_ward_is_not_hers_to_call_off(db: Database, desk: Desk, mori: Official) -> None:
    nakamura = await desk.official("中村", SETAGAYA, "operator")
    await nakamura.sends(f"{REGISTRY}/outage", OUTAGE)
    known = (await board(db).now()).announced("registry", SETAGAYA, NOW)
    assert known is not None
    assert (await mori.sends(f"{REGISTRY}/outage/{known.id}/call-off", {})).status == 404
    assert (await board(db).now()).announced("registry", SETAGAYA, NOW) is not None


async def test_the_page_counts_what_was_asked_apart_from_what_was_not(db: Database, mori: Official) -> None:
    log = LogWriter(db).keep
    for took_ms in (100, 200, 300, 400):
        await log(called("answered", 30, took_ms))
    for outcome in ("timeout", "unavailable"):
        await log(called(outcome, 10, 8000))
    for outcome in ("refused", "no_match", "busy", "switched_off", "planned_outage"):
        await log(called(outcome, 5, 1))
    await log(called("timeout", 90))
    await log(called("timeout", 5, ward=SETAGAYA))
    row = (await mori.opens("/staff/services")).at("service-registry")
    assert " 8 25.0% 200 ms 400 ms " in row
    assert "回答がありません" in row
    page = await mori.opens(REGISTRY)
    assert "照会 8件" in page.text.replace("直近1時間の", "")
    assert "2026年11月24日 9:50" in page.text or "2026年11月24日 09:50" in page.text


async def test_a_service_that_answers_again_is_silent_no_more(db: Database, mori: Official) -> None:
    log = LogWriter(db).keep
    await log(called("timeout", 10))
    await log(called("answered", 5))
    assert "使用中" in (await mori.opens("/staff/services")).at("service-registry")


async def test_a_service_nobody_knows_is_not_found(mori: Official) -> None:
    for path in ("/staff/services/nothing", "/staff/services/nothing/off"):
        assert (await mori.opens(path)).status == 404


async def test_the_hour_is_read_by_its_index(db: Database) -> None:
    async with db.house() as conn:
        await of_last_hour(conn, ["s"], NOW)
        await conn.execute(text("SET LOCAL enable_seqscan = off"))
        given = {"services": ["s"], "failures": [], "not_asked": [], "since": NOW, "most": 10}
        plan = await conn.execute(text(f"EXPLAIN {_OF_EACH.text}"), given)
        assert "exchange_log_of_service" in "\n".join(plan.scalars())


async def test_whom_a_silence_reaches_is_counted(db: Database, mori: Official) -> None:
    hers, his = UUID(int=1), UUID(int=2)
    async with db.house() as conn:
        for who in (hers, his):
            await conn.execute(
                text(
                    "INSERT INTO residents (id, issuer, sub, key_id, data_key, basics, basics_at, language, ward,"
                    " made_at) VALUES (:id, 'i', :sub, 'k', '', '', now(), 'ja', :ward, now())"
                ),
                {"id": who, "sub": str(who), "ward": MINATO},
            )
        await conn.execute(
            text(
                "INSERT INTO kept_facts (resident, source, value, told_at, silent_since, silent_why) VALUES"
                " (:hers, 'registry', 'x', now(), now(), 'timeout'), (:his, 'registry', NULL, NULL, now(), 'busy')"
            ),
            {"hers": hers, "his": his},
        )
    assert "1人 1人" in (await mori.opens("/staff/services")).at("service-registry")


async def test_what_does_not_stand_open_is_seen_first(mori: Official) -> None:
    await mori.sends("/staff/services/care/off", {"note": "別の人の記録が返るため"})
    page = (await mori.opens("/staff/services")).text
    assert page.index("介護保険記録") < page.index("住民記録")
