"""Two officials and one broadcast: asked for, approved, sent back, stopped."""

from __future__ import annotations

import re

from sqlalchemy import text

from notifications import delivery, inbox
from notifications.notice import Language
from tests.staff.desk import MINATO, Desk, Official, id_in, letter


async def jobs(desk: Desk) -> list[tuple[str, dict[str, str]]]:
    async with desk.house.db.house() as conn:
        rows = await conn.execute(text("SELECT task_name, args FROM procrastinate_jobs ORDER BY id"))
        return [(row.task_name, row.args) for row in rows]


async def test_the_second_official_approves_what_the_first_wrote(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    await desk.residents(MINATO, *[(Language.JA, None)] * 8)
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    seen = await kobayashi.opens(path)
    assert seen.at("broadcast-state") == "承認待ち"
    assert seen.offers("承認して送る")
    last_look = await kobayashi.opens(f"{path}/approve")
    assert last_look.at("audience-size") == "対象 約8人"
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
    mori = await desk.official("森", MINATO, "writer", "approver")
    path = await mori.writes()
    await mori.asks_for_approval(path)
    assert not (await mori.opens(path)).offers("承認して送る")
    for page in (await mori.opens(f"{path}/approve"), await mori.sends(f"{path}/approve", {"version": "1"})):
        assert page.status == 403
        assert "自分が作成したお知らせは承認できません" in page.text
    assert await jobs(desk) == []


async def test_a_writer_without_the_role_cannot_approve_at_all(desk: Desk, watanabe: Official) -> None:
    mori = await desk.official("森", MINATO, "writer")
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


async def test_a_broadcast_is_stopped_with_a_reason_and_cannot_be_stopped_twice(
    watanabe: Official, kobayashi: Official
) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    assert (await watanabe.opens(path)).offers("配信を止める")
    assert "取り消せず" in (await watanabe.opens(f"{path}/stop")).text
    assert (await watanabe.sends(f"{path}/stop", {"note": "日付の誤り"})).status == 303
    assert (await watanabe.opens(path)).at("broadcast-state") == "停止"
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
        await inbox.open_notice(conn, resident=hana, notice=id_in(path), now=house.time)
    for official in (watanabe, kobayashi):
        page = await official.opens(path)
        assert page.at("count-recipients") == "8人"
        assert page.at("count-with-device") == "0人"
        assert page.at("count-opened") == "1人"
        assert page.at("count-reached") == "12.5%"
    assert "8人 0 0 1 12.5%" in (await kobayashi.opens("/staff")).text


async def test_the_history_tells_who_did_what(watanabe: Official, kobayashi: Official) -> None:
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    page = await watanabe.opens(path)
    told = page.text.partition("履歴")[2]
    assert re.search(r"下書きを保存 渡辺 .* 承認を依頼 渡辺 .* 承認 小林", told)
