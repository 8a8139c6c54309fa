"""What comes round, and what goes out in waves: one round taken back, corrected or stopped, and what that does to the
rest."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from notifications.broadcasts import rounds
from notifications.notice import Language
from tests.staff.desk import MINATO, Desk, Official, id_in
from tests.staff.test_after_sending import BODY, goes_out


async def test_a_round_says_when_it_goes_out_and_taking_back_the_one_before_it_asks_about_it(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    plan = {"when": "at", "begins_day": "2026-11-30", "begins_time": "9:30", "every": "weekly"}
    path = await watanabe.writes(title_ja="古紙の回収", body_ja=BODY, **plan, rounds_until="2027-03-31")
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    waits = "承認済み（2026年11月30日 09:30に配信）"
    assert (await watanabe.opens(path)).at("broadcast-state") == waits
    assert waits in (await watanabe.opens("/staff")).text
    assert "2026年11月30日 09:30に配信します" in (await watanabe.opens(f"{path}/counts", seen="x")).text
    house = desk.house
    house.time = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    watanabe = await desk.official("渡辺", MINATO, "editor")
    kobayashi = await desk.official("小林", MINATO, "approver")
    await goes_out(desk, path)
    await rounds.come_round(open=house.db.house, defer=house.defer, clock=house.clock, broadcast=id_in(path))
    told = "まだ送っていない次の回（2026年12月7日 09:30）の文も、同じ文になります"
    assert told in (await watanabe.opens(f"{path}/correct")).at("next-round")
    form = {"title_ja": "古紙の回収", "body_ja": BODY.replace("9時", "8時"), "note": "時刻の誤り", "revision": "1"}
    await watanabe.sends(f"{path}/correct", form)
    look = await kobayashi.opens(path)
    assert told in look.at("next-round"), "who agrees reads it too"
    following = look.html.partition('data-testid="next-round"')[2].partition('href="')[2].partition('"')[0]
    await kobayashi.sends(f"{path}/correction", {"correction": look.value("correction"), "do": "agree"})
    assert "朝8時から" in (await watanabe.opens(following)).text
    asks = await kobayashi.opens(f"{path}/recall")
    assert "次の回は2026年12月7日 09:30に配信の予定です" in asks.text
    assert 'value="end" id="series" checked' in asks.html
    bare = await kobayashi.sends(f"{path}/recall", {"note": "", "series": "go_on"})
    assert (bare.status, 'value="go_on" id="series-go-on" checked' in bare.html) == (422, True)
    taken = await kobayashi.sends(f"{path}/recall", {"note": "別の地域"})
    assert "次の回も止め、繰り返しを終えました" in (await kobayashi.opens(taken.goes_to)).text
    assert (await kobayashi.opens(following)).at("broadcast-state") == "停止"


async def test_one_round_is_taken_back_and_the_next_comes_though_it_was_not_made_yet_and_a_stop_ends_them_all(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    ids = await desk.residents(MINATO, *[(Language.JA, None)] * 300)
    plan = {"when": "at", "begins_day": "2026-11-30", "begins_time": "9:30", "every": "weekly", "stages": "first"}
    path = await watanabe.writes(
        title_ja="読み聞かせ", body_ja=BODY, **plan, rounds_until="2027-03-31", pause_minutes="60"
    )
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    house = desk.house
    house.time = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    kobayashi = await desk.official("小林", MINATO, "approver")
    watanabe = await desk.official("渡辺", MINATO, "editor")
    await goes_out(desk, path)
    assert "はじめの人（5人未満）: 2026年11月30日 09:30に送りました" in (await kobayashi.opens(path)).at("waves")
    assert "残りの人（297人）: 2026年11月30日 10:30に送ります" in (await kobayashi.opens(path)).at("waves")
    assert "次の回は2026年12月7日 09:30に配信の予定です" in (await kobayashi.opens(f"{path}/recall")).text
    taken = await kobayashi.sends(f"{path}/recall", {"note": "別の地域", "series": "go_on"})
    assert "次の回は、予定どおり送ります" in (await kobayashi.opens(taken.goes_to)).text
    assert "残りの人（297人）: 止めたので送りません" in (await kobayashi.opens(path)).at("waves")
    following = await comes_round(desk, path)
    assert (await kobayashi.opens(following)).at("broadcast-state").startswith("承認済み（2026年12月7日")
    house.time = datetime(2026, 12, 7, 0, 30, tzinfo=UTC)
    kobayashi = await desk.official("小林", MINATO, "approver")
    watanabe = await desk.official("渡辺", MINATO, "editor")
    await goes_out(desk, following)
    stopped = await kobayashi.opens((await kobayashi.sends(f"{following}/stop", {"note": "時刻が違う"})).goes_to)
    assert (stopped.offers("訂正する"), stopped.offers("取り消す")) == (False, True), (
        "its words are its writer's to mend"
    )
    assert await comes_round(desk, following) == ""
    form = {"title_ja": "読み聞かせ", "body_ja": BODY.replace("9時", "10時"), "note": "時刻の誤り", "revision": "1"}
    assert (await watanabe.sends(f"{following}/correct", form)).status == 303
    agree = {"correction": (await kobayashi.opens(following)).value("correction"), "do": "agree"}
    assert (await kobayashi.sends(f"{following}/correction", agree)).goes_to.endswith("done=corrected")
    assert await told_to(desk, following) == 3 < len(ids), "those who had it, and nobody else"


async def comes_round(desk: Desk, path: str) -> str:
    """The page of the round after it; empty when there is none."""
    house = desk.house
    await rounds.come_round(open=house.db.house, defer=house.defer, clock=house.clock, broadcast=id_in(path))
    asked = text("SELECT id FROM broadcasts WHERE begins_at > (SELECT begins_at FROM broadcasts WHERE id = :id)")
    async with house.db.house() as conn:
        found = (await conn.execute(asked, {"id": id_in(path)})).scalar()
    return f"/staff/broadcasts/{found}" if found else ""


async def told_to(desk: Desk, path: str) -> int:
    """How many the newest revision goes to."""
    asked = text("SELECT sum(size) FROM push_chunks WHERE notice = :id AND revision = 2 AND state = 'waiting'")
    async with desk.house.db.house() as conn:
        return int((await conn.execute(asked, {"id": id_in(path)})).scalar_one())
