"""Two officials and one broadcast: asked for, approved, sent back, stopped."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from notifications import delivery, inbox
from notifications.notice import Language
from notifications.post.live import Live
from tests.staff.desk import MINATO, Desk, Official, id_in, letter


async def jobs(desk: Desk) -> list[tuple[str, dict[str, str]]]:
    async with desk.house.db.house() as conn:
        rows = await conn.execute(text("SELECT task_name, args FROM procrastinate_jobs ORDER BY id"))
        return [(row.task_name, row.args) for row in rows]


async def test_the_second_official_approves_what_the_first_wrote(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    await desk.residents(MINATO, *[(Language.JA, None)] * 10)
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    seen = await kobayashi.opens(path)
    assert seen.at("broadcast-state") == "承認待ち"
    assert seen.offers("承認して送る")
    last_look = await kobayashi.opens(f"{path}/approve")
    assert last_look.at("audience-size") == "対象 約10人"
    assert "会場と日時を確かめ" in last_look.text
    assert "第1版" in last_look.text
    sent = await kobayashi.sends(f"{path}/approve", {"version": last_look.value("version")})
    assert sent.status == 303
    after = await kobayashi.opens(sent.goes_to)
    assert "承認しました" in after.text
    assert after.at("broadcast-state") == "承認済み（まもなく配信）"
    assert after.at("count-recipients") == "0人"
    assert after.at("count-reached") == "—"
    assert 'hx-trigger="every 2s"' in after.html
    assert await jobs(desk) == [("expand_broadcast", {"broadcast": str(id_in(path))})]


async def test_a_writer_cannot_approve_her_own(desk: Desk) -> None:
    mori = await desk.official("森", MINATO, "editor", "approver")
    path = await mori.writes()
    await mori.asks_for_approval(path)
    assert not (await mori.opens(path)).offers("承認して送る")
    for page in (await mori.opens(f"{path}/approve"), await mori.sends(f"{path}/approve", {"version": "1"})):
        assert page.status == 403
        assert "自分が作成したお知らせは承認できません" in page.text
    assert await jobs(desk) == []


async def test_a_writer_without_the_role_cannot_approve_at_all(desk: Desk, watanabe: Official) -> None:
    mori = await desk.official("森", MINATO, "editor")
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    assert not (await mori.opens(path)).offers("承認して送る")
    assert (await mori.sends(f"{path}/approve", {"version": "1"})).status == 403
    assert await jobs(desk) == []


async def test_only_the_version_that_was_read_is_sent(desk: Desk, watanabe: Official, kobayashi: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    read = (await kobayashi.opens(f"{path}/approve")).value("version")
    mori = await desk.official("森", MINATO, "approver")
    await mori.sends(f"{path}/send-back", {"note": "会場の名前がありません。"})
    form = letter(version="1", body_ja="会場は区役所です。")
    del form["key"]
    assert (await watanabe.sends(f"{path}/edit", form)).status == 303
    await watanabe.asks_for_approval(path)
    page = await kobayashi.sends(f"{path}/approve", {"version": read})
    assert page.status == 409
    assert "お知らせの内容が変更されています" in page.text
    assert await jobs(desk) == []


async def test_what_is_sent_back_tells_the_writer_why_and_is_written_again(
    watanabe: Official, kobayashi: Official
) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    silent = await kobayashi.sends(f"{path}/send-back", {"note": " "})
    assert silent.status == 422
    assert "理由を入力してください" in silent.text
    long = await kobayashi.sends(f"{path}/send-back", {"note": "長" * 501})
    assert long.status == 422
    assert long.value("note") == "長" * 501
    assert (await kobayashi.sends(f"{path}/send-back", {"note": "会場の名前がありません。"})).status == 303
    page = await watanabe.opens(path)
    assert page.at("broadcast-state") == "差し戻し"
    assert "会場の名前がありません。" in page.text
    assert page.offers("編集する")


@pytest.mark.parametrize("act", ["send-back", "stop"])
@pytest.mark.parametrize(
    "note",
    [
        "番号 123456789018 5",
        "1234.5678.9018",
        "1234ー5678ー9018",
        "1234\u200b5678\u200b9018",
        "１２３４\r\n5678\r\n٩٠١٨",
    ],
)
async def test_no_reason_may_hold_an_individual_number(
    watanabe: Official, kobayashi: Official, act: str, note: str
) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    page = await kobayashi.sends(f"{path}/{act}", {"note": note})
    assert page.status == 422
    assert "個人番号（マイナンバー）と思われる" in page.text
    assert page.value("note") == note.replace("\r\n", "\n")
    after = await watanabe.opens(path)
    assert after.at("broadcast-state") == "承認待ち"
    assert "9018" not in after.text


@pytest.mark.parametrize(
    "note", ["窓口は03-1234-1003、03-1234-1019です。", "KM-131032-20261124-000001 の件", "2026/11/10 13:00"]
)
async def test_an_ordinary_number_may_stand_in_a_reason(watanabe: Official, kobayashi: Official, note: str) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    assert (await kobayashi.sends(f"{path}/send-back", {"note": note})).status == 303


async def test_a_broadcast_is_stopped_with_a_reason_and_cannot_be_stopped_twice(
    watanabe: Official, kobayashi: Official
) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    assert (await watanabe.opens(path)).offers("配信を止める")
    assert "そのまま残り" in (await watanabe.opens(f"{path}/stop")).text
    assert (await watanabe.sends(f"{path}/stop", {"note": "日付の誤り"})).status == 303
    assert (await watanabe.opens(path)).at("broadcast-state") == "停止"
    assert (await watanabe.sends(f"{path}/stop", {"note": "日付の誤り"})).status == 303, "a button pressed twice"
    again = await kobayashi.sends(f"{path}/stop", {"note": "わたしも止めたい"})
    assert again.status == 409
    assert "いまの状態ではこの操作はできません" in again.text
    assert "わたしも止めたい" in again.text


async def test_approving_twice_sends_once(desk: Desk, watanabe: Official, kobayashi: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    for _ in range(2):
        assert (await kobayashi.sends(f"{path}/approve", {"version": "1"})).status == 303
    assert len(await jobs(desk)) == 1


async def test_a_last_day_that_passed_while_waiting_is_told_at_the_approval(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    path = await watanabe.writes(act_by="2026-11-24")
    await watanabe.asks_for_approval(path)
    desk.house.time = desk.house.time.replace(hour=15)
    late = await desk.official("小林", MINATO, "approver")
    page = await late.sends(f"{path}/approve", {"version": "1"})
    assert page.status == 422
    assert "期限の日付が過ぎています" in page.text
    assert await jobs(desk) == []


async def test_the_live_part_brings_news_only_when_there_is_news(watanabe: Official, kobayashi: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    news = await watanabe.opens(f"{path}/counts", seen="awaiting_approval")
    assert "まもなく配信が始まります" in news.text
    assert 'id="actions"' in news.html
    still = await watanabe.opens(f"{path}/counts", seen="approved-0")
    assert "まもなく配信が始まります" not in still.text
    assert 'id="actions"' not in still.html
    assert still.at("count-accepted") == "0件"


async def test_both_officials_see_who_was_reached(desk: Desk, watanabe: Official, kobayashi: Official) -> None:
    house = desk.house
    hana, *_ = await desk.residents(MINATO, *[(Language.JA, None)] * 8)
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    async with house.db.house() as conn:
        await delivery.make_partitions(conn, house.time.date())
    await delivery.expand_broadcast(open=house.db.house, defer=house.defer, clock=house.clock, broadcast=id_in(path))
    async with house.db.resident(hana) as conn:
        await inbox.open_notice(conn, Live(house.clock), resident=hana, notice=id_in(path), now=house.time)
    for official in (watanabe, kobayashi):
        page = await official.opens(path)
        assert page.at("count-recipients") == "8人"
        assert page.at("count-with-device") == "0人"
        assert page.at("count-opened") == "1人"
        assert page.at("count-reached") == "12.5%"
    assert "8人 0 0 1人 12.5%" in (await kobayashi.opens("/staff")).text


async def _four_people_are_told_and_one_reads_it(desk: Desk, watanabe: Official, kobayashi: Official) -> str:
    house = desk.house
    hana, *_ = await desk.residents(MINATO, *[(Language.JA, None)] * 4)
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    async with house.db.house() as conn:
        await delivery.make_partitions(conn, house.time.date())
    await delivery.expand_broadcast(open=house.db.house, defer=house.defer, clock=house.clock, broadcast=id_in(path))
    async with house.db.resident(hana) as conn:
        await inbox.open_notice(conn, Live(house.clock), resident=hana, notice=id_in(path), now=house.time)
    return path


async def test_of_a_handful_of_people_the_ward_does_not_learn_who_read_it(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    path = await _four_people_are_told_and_one_reads_it(desk, watanabe, kobayashi)
    for page in (await watanabe.opens(path), await kobayashi.opens(f"{path}/counts", seen="x")):
        assert page.at("count-recipients") == "5人未満"
        for name in ("with-device", "opened", "reached"):
            assert page.at(f"count-{name}") == "少人数のため表示しません"
        assert page.at("count-accepted") == "0件"
        assert not re.search(r"\b4人|\b1人|25\.0%", page.text.partition("概要")[0])
    listed = (await kobayashi.opens("/staff")).text
    assert "5人未満 0 0 — 少人数のため表示しません — 少人数のため表示しません" in listed


async def test_before_a_handful_of_people_is_told_the_approver_is_warned(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    await desk.residents(MINATO, *[(Language.JA, None)] * 5, *[(Language.EN, None)] * 4)
    everyone, few = await watanabe.writes(), await watanabe.writes(languages=["en"])
    for path in (everyone, few):
        await watanabe.asks_for_approval(path)
    warned = await kobayashi.opens(f"{few}/approve")
    assert "対象がおよそ5人未満です" in warned.at("few-people")
    assert warned.offers("この版を承認して送る")
    assert "5人未満" not in (await kobayashi.opens(f"{everyone}/approve")).text


async def test_the_history_tells_who_did_what(watanabe: Official, kobayashi: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    page = await watanabe.opens(path)
    told = page.text.partition("履歴")[2]
    assert re.search(r"下書きを保存 渡辺 .* 承認を依頼 渡辺 .* 承認 小林", told)
