"""What can go wrong with a notice: two for an emergency, the same twice, a wrong time, a new sender, a wrong list."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

from sqlalchemy import text

from notifications import delivery
from notifications.notice import Language
from tests.staff.desk import MINATO, Desk, Official, id_in, letter

BODY = "12月1日の朝9時から、水が止まります。場所は三田五丁目です。電話: 03-3578-2111"


async def goes_out(desk: Desk, path: str) -> None:
    house = desk.house
    async with house.db.house() as conn:
        await delivery.make_partitions(conn, house.time.date())
    await delivery.expand_broadcast(open=house.db.house, defer=house.defer, clock=house.clock, broadcast=id_in(path))


async def said(desk: Desk, path: str) -> tuple[str, int, bool]:
    """What the notice says now, in which revision, and whether it was taken back."""
    asked = text("SELECT body->>'ja', revision, recalled_at IS NOT NULL FROM notices WHERE id = :id")
    async with desk.house.db.house() as conn:
        row = (await conn.execute(asked, {"id": id_in(path)})).one()
    return row[0], row[1], row[2]


async def test_an_emergency_needs_two_and_a_planned_one_waits_for_its_hour(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    mori = await desk.official("森", MINATO, "approver")
    path = await watanabe.writes(kind="emergency", body_ja=BODY, act_by="")
    await watanabe.asks_for_approval(path)
    look = await kobayashi.opens(f"{path}/approve")
    assert "あなたが承認したあと、もう1人の承認が必要です" in look.text
    assert look.offers("この版を承認する")
    first = await kobayashi.opens((await kobayashi.sends(f"{path}/approve", {"version": "1"})).goes_to)
    assert "もう1人、別の職員の承認を待っています" in first.text
    assert first.at("broadcast-state") == "承認待ち"
    for page in (first, await kobayashi.opens(f"{path}/approve"), await kobayashi.opens(f"{path}/counts", seen="x")):
        assert "あなたはこの版を承認しました。もう1人、別の職員の承認を待っています" in page.text
        assert not page.offers("承認して送る")
        assert not page.offers("この版を承認して送る")
    again = await kobayashi.sends(f"{path}/approve", {"version": "1"})
    assert (again.status, "あなたはこの版をすでに承認しています" in again.text) == (403, True)
    assert (await mori.opens(path)).offers("承認して送る")
    assert (await mori.sends(f"{path}/approve", {"version": "1"})).goes_to.endswith("done=approved")
    await goes_out(desk, path)
    form = {"title_ja": "断水", "body_ja": BODY.replace("9時", "10時"), "note": "時刻の誤り", "revision": "1"}
    assert "別の職員2人が認めると変わります" in (await watanabe.opens(f"{path}/correct")).text
    assert (await watanabe.sends(f"{path}/correct", form)).status == 303
    agree = {"correction": (await kobayashi.opens(path)).value("correction"), "do": "agree"}
    half = await kobayashi.opens((await kobayashi.sends(f"{path}/correction", agree)).goes_to)
    assert ("もう1人、別の職員が認めると" in half.text, half.offers("認めない")) == (True, False)
    assert "あと1人、別の職員が認めるのを待っています" in half.at("has-agreed-to-correction")
    assert (await kobayashi.sends(f"{path}/correction", agree)).status == 403, "twice by the same is once"
    assert (await said(desk, path))[1] == 1, "as its sending did, its correction needs two"
    assert (await mori.sends(f"{path}/correction", {**agree, "do": "refuse"})).goes_to.endswith("refused")
    assert (await watanabe.sends(f"{path}/correct", form)).status == 303
    agree["correction"] = (await mori.opens(path)).value("correction")
    assert (await mori.sends(f"{path}/correction", agree)).goes_to.endswith("agreed_first"), "to this one nobody had"
    assert (await kobayashi.sends(f"{path}/correction", agree)).goes_to.endswith("done=corrected")
    assert await said(desk, path) == (form["body_ja"], 2, False)
    plan = {"when": "at", "begins_day": "2026-11-30", "begins_time": "９:30", "every": "weekly"}
    wrong = await watanabe.sends("/staff/broadcasts/new", letter(**plan))
    assert (wrong.status, '<a href="#rounds_until">' in wrong.html) == (422, True)
    assert wrong.value("begins_time") == "９:30"
    staged = {"rounds_until": "2027-03-31", "stages": "first", "pause_minutes": "60"}
    planned = await watanabe.writes(title_ja="古紙の回収", body_ja="{{ 配信日 }}の朝8時まで。", **plan, **staged)
    page = await watanabe.opens(planned)
    for told in ("2026年11月30日 09:30", "毎週、2027年3月31日（水）まで", "はじめに1%の人へ、残りは1時間後"):
        assert told in page.text
    assert "2026年11月30日の朝8時まで。" in page.text, "as it will read on its day"


async def test_the_same_twice_is_asked_about_and_sent_by_who_insists(watanabe: Official, kobayashi: Official) -> None:
    first, second = await watanabe.writes(), await watanabe.writes(act_by="2026-12-08")
    await watanabe.asks_for_approval(first)
    await kobayashi.sends(f"{first}/approve", {"version": "1"})
    page = await watanabe.sends(f"{second}/ask", {})
    assert page.status == 409
    assert "よく似た内容を送っているか、これから送るところです" in page.text
    assert (await watanabe.opens(second)).at("broadcast-state") == "下書き"
    seen = page.html.partition('name="knowingly" value="')[2].partition('"')[0]
    assert UUID(seen) == id_in(first)
    assert (await watanabe.sends(f"{second}/ask", {"knowingly": seen})).status == 303


async def test_a_wrong_hour_is_corrected_by_two_and_a_wrong_notice_taken_back_by_one(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    await desk.residents(MINATO, *[(Language.JA, None)] * 8)
    path = await watanabe.writes(title_ja="断水", body_ja=BODY)
    await watanabe.asks_for_approval(path)
    assert (await watanabe.sends(f"{path}/correct", {"note": "まだ早い", "revision": "1"})).status == 409
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    await goes_out(desk, path)
    opened = await watanabe.opens(f"{path}/correct")
    form = {"title_ja": "断水", "body_ja": BODY.replace("9時", "10時"), "note": "時刻の誤り"}
    form["revision"] = opened.value("revision")
    unknown = await watanabe.sends(f"{path}/correct", {**form, "revision": ""})
    assert (unknown.status, unknown.value("body_ja")) == (422, form["body_ja"])
    bare = await watanabe.sends(f"{path}/correct", {**form, "note": " "})
    assert (bare.status, bare.value("body_ja")) == (422, form["body_ja"])
    assert (await watanabe.sends(f"{path}/correct", form)).status == 303
    assert (await said(desk, path))[1] == 1, "nobody reads it before another has agreed"
    assert (await watanabe.sends(f"{path}/correct", form)).status == 303, "a button pressed twice"
    assert (await watanabe.sends(f"{path}/correct", {**form, "note": "日付も"})).status == 409, "one at a time"
    waits = await kobayashi.opens(path)
    assert "朝10時から" in waits.at("correction") or "朝10時から" in waits.text
    correction = waits.value("correction")
    assert (await watanabe.sends(f"{path}/correction", {"correction": correction, "do": "agree"})).status == 403
    assert (await kobayashi.sends(f"{path}/correction", {"correction": str(uuid4()), "do": "agree"})).status == 404
    for _ in range(2):
        agreed = await kobayashi.sends(f"{path}/correction", {"correction": correction, "do": "agree"})
        assert (agreed.status, "done=corrected" in agreed.goes_to) == (303, True)
    assert (await kobayashi.sends(f"{path}/correction", {"correction": correction, "do": "refuse"})).status == 409
    assert await said(desk, path) == (form["body_ja"], 2, False)
    assert "訂正（渡辺の依頼）: 時刻の誤り" in (await watanabe.opens(path)).text
    mine = {**form, "body_ja": BODY.replace("9時", "11時"), "note": "私も気付いた"}
    late = await watanabe.sends(f"{path}/correct", mine)
    assert (late.status, late.value("body_ja"), late.value("revision")) == (409, mine["body_ja"], "2")
    assert "私も気付いた" in late.text, "nothing typed is lost"
    assert "渡辺さんの訂正。理由: 時刻の誤り" in late.at("overtaken")
    assert "朝10時から" in late.at("overtaken")
    taken = await kobayashi.sends(f"{path}/recall", {"note": "別の地域でした"})
    assert "取り消しました" in (await kobayashi.opens(taken.goes_to)).text
    assert (await said(desk, path))[1:] == (3, True)
    assert not (await watanabe.opens(path)).offers("訂正する")


async def test_the_ward_settles_its_rules_and_trusts_a_new_sender(
    desk: Desk, watanabe: Official, kobayashi: Official
) -> None:
    chief = await desk.official("管理者", MINATO, "administrator")
    rules = {"class_size": "40", "class_approvals": "0", "large_from": "1000", "large_approvals": "2", "budget": "3"}
    wrong = await chief.sends("/staff/mail", {**rules, "trials": "99"})
    assert (wrong.status, "0から20までの整数を入力してください" in wrong.text) == (422, True)
    assert wrong.value("class_size") == "40"
    assert (await watanabe.sends("/staff/mail", {**rules, "trials": "1"})).status == 403
    assert (await chief.sends("/staff/mail", {**rules, "trials": "1"})).status == 303
    hers = (await watanabe.opens("/staff/mail")).text
    assert "多い人数のときの承認" in hers
    assert "区の管理者だけです（" in hers, "who cannot do it is told who can"
    path = await watanabe.writes()
    await watanabe.asks_for_approval(path)
    await kobayashi.sends(f"{path}/approve", {"version": "1"})
    assert "試しに受け取る人にだけ届きます" in (await watanabe.opens(path)).at("trial")
    waits = await chief.opens("/staff/mail")
    assert "試しの配信 1通（目安 1通）" in waits.text
    assert (await chief.sends("/staff/mail/trust", {"who": "nobody"})).status == 404
    assert (await chief.sends("/staff/mail/trust", {"who": waits.value("who")})).status == 303
    assert "管理者が認めました" in (await chief.opens("/staff/mail")).text


async def test_a_template_is_filled_and_every_version_of_it_stays(watanabe: Official, desk: Desk) -> None:
    form = letter(name="健診", title_ja="{{ 対象 }}健診", body_ja="会場は{{会場}}です。{{ 期限 }}まで。")
    broken = await watanabe.sends("/staff/templates/new", {**form, "body_ja": "{{ 会場.x }}"})
    assert (broken.status, broken.value("title_ja")) == (422, "{{ 対象 }}健診")
    assert (await watanabe.sends("/staff/templates/new", form)).status == 303
    assert (await watanabe.sends("/staff/templates/new", form)).status == 422, "the name is taken"
    listed = await watanabe.opens("/staff/templates")
    id = listed.html.partition('href="/staff/templates/')[2].partition('"')[0].removeprefix("new")
    id = id or listed.html.rpartition('href="/staff/templates/')[2].partition('"')[0]
    filled = {"template": id, "gap_対象": "4か月児", "gap_会場": "保健所"}
    begun = await watanabe.sends("/staff/broadcasts/new/from-template", filled)
    assert (begun.value("title_ja"), begun.value("body_ja")) == ("4か月児健診", "会場は保健所です。{{ 期限 }}まで。")
    half = await watanabe.sends("/staff/broadcasts/new/from-template", {"template": id, "gap_対象": "4か月児"})
    kept = await watanabe.sends("/staff/broadcasts/new", letter(body_ja=half.value("body_ja")))
    assert (kept.status, "使えない名前があります" in kept.text) == (422, True)
    new = {**form, "version": "1", "body_ja": "{{ 会場 }}へ。"}
    assert (await watanabe.sends(f"/staff/templates/{id}/edit", new)).status == 303
    late = await watanabe.sends(f"/staff/templates/{id}/edit", {**new, "body_ja": "森の文"})
    assert (late.status, late.value("body_ja"), late.value("version")) == (409, "森の文", "2")
    page = await watanabe.opens(f"/staff/templates/{id}")
    assert ("第2版" in page.text, "会場は{{会場}}です。" in page.text) == (True, True)
    hara = await desk.official("原", MINATO, "school", school="芝浜小学校")
    assert (await hara.opens(f"/staff/templates/{id}")).status == 404
    assert (await watanabe.sends(f"/staff/templates/{id}/retire", {})).status == 303
    assert "ひな形はまだありません" in (await watanabe.opens("/staff/templates")).text


async def applicants(desk: Desk) -> list[tuple[UUID, str]]:
    """Six of Minato, each with the receipt number of an application of hers."""
    people = await desk.residents(MINATO, *[(Language.JA, None)] * 6)
    numbers = [f"KM-{MINATO}-20261101-{n:06d}" for n in range(6)]
    filed = text(
        "INSERT INTO applications (id, resident, ward, procedure, version, receipt_number, answers, state,"
        " completed_at, accepted_at)"
        " VALUES (gen_random_uuid(), :who, :ward, 'x', '1', :number, '', 'received', now(), now())"
    )
    async with desk.house.db.house() as conn:
        for who, number in zip(people, numbers, strict=True):
            await conn.execute(filed, {"who": who, "ward": MINATO, "number": number})
    return list(zip(people, numbers, strict=True))


async def test_a_list_of_receipt_numbers_becomes_a_list_of_people_and_nothing_else_is_kept(
    desk: Desk, watanabe: Official
) -> None:
    numbers = [number for _, number in await applicants(desk)]
    table = "氏名,受付番号\n" + "\n".join(f"だれか,{number}" for number in numbers)
    csv = f"{table}\n名字だけ,\nだれか,２０２６年分".encode("cp932")
    read = await watanabe.uploads("/staff/lists/file", "一覧.csv", csv, name="未提出")
    assert (read.status, "受付番号を6件読みました" in read.text, read.value("name")) == (422, True, "未提出")
    assert "8行目: 受付番号（KM-…）がありません" in read.at("list-faults")
    assert all(number in read.html for number in numbers)
    assert "だれか" not in read.text, "of the file nothing but the numbers comes back"
    whole = await watanabe.uploads("/staff/lists/file", "一覧.csv", "\n".join(numbers).encode(), name="")
    assert (whole.status, "受付番号を6件読みました" in whole.text) == (200, True)
    old = await watanabe.uploads("/staff/lists/file", "一覧.xls", b"\xd0\xcf\x11\xe0 old")
    assert (old.status, "古い形式" in old.text) == (422, True)
    few = await watanabe.sends("/staff/lists", {"name": "4人", "numbers": " ".join(numbers[:4])})
    assert (few.status, "5人に満たないため" in few.text) == (422, True)
    wrong = await watanabe.sends("/staff/lists", {"name": "未提出", "numbers": f"{table}\nKM-131121-20261101-000001"})
    assert (wrong.status, "見つからない受付番号が1件あります: KM-131121-20261101-000001" in wrong.text) == (422, True)
    numbers_too = {"name": "未提出", "numbers": f"{table}\nKM-131121-20261101-000001", "anyway": "yes"}
    assert (await watanabe.sends("/staff/lists", numbers_too)).status == 303
    assert "作ったときの人数 6人" in (await watanabe.opens("/staff/lists")).text
    form = await watanabe.sends("/staff/broadcasts/new", {**letter(), "do": "add-1", "new_1": "list"})
    mark = form.html.partition('value="list:')[2].partition('"')[0]
    rows = {"slot": ["1.1.list"], "s1_marks": [f"list:{mark}"]}
    assert "リスト「未提出」の人" in (await watanabe.opens(await watanabe.writes(**rows))).text
    closely = letter(slot=["1.1.list", "1.2.care"], s1_marks=[f"list:{mark}"], s2_marks=["care:care3"])
    told = await watanabe.sends("/staff/broadcasts/new", closely)
    assert (told.status, "いっしょに使えません" in told.text) == (422, True)
    size = await watanabe.opens(f"/staff/broadcasts/size?{urlencode(closely, doseq=True)}")
    assert "いっしょに使えません" in size.text
    assert all("対象の人数を数えられません" in page.text for page in (told, size)), "nor is it counted"
    async with desk.house.db.house() as conn:
        kept = await conn.execute(text("SELECT count(*) FROM contact_marks WHERE mark LIKE 'list:%'"))
        assert kept.scalar_one() == 6
    assert (await watanabe.sends(f"/staff/lists/{mark}/forget", {})).status == 303
    async with desk.house.db.house() as conn:
        kept = await conn.execute(text("SELECT count(*) FROM contact_marks WHERE mark LIKE 'list:%'"))
        assert kept.scalar_one() == 0


async def test_a_draft_is_tried_out_on_who_agreed_to_it_and_on_nobody_else(desk: Desk, watanabe: Official) -> None:
    (her, number), *_ = await applicants(desk)
    chief = await desk.official("管理者", MINATO, "administrator")
    path = await watanabe.writes(title_ja="断水", body_ja=BODY)
    nobody = await watanabe.sends(f"{path}/try", {})
    assert (nobody.status, "試しに受け取る人がいません" in nobody.text) == (409, True)
    assert (await watanabe.sends("/staff/mail/testers", {"numbers": number})).status == 403
    assert (await chief.sends("/staff/mail/testers", {"numbers": "KM-131121-20261101-000009"})).status == 422
    assert (await chief.sends("/staff/mail/testers", {"numbers": number})).status == 303
    assert (await chief.sends("/staff/mail/testers", {"numbers": number})).status == 422, "she is one already"
    assert "いま1人です" in (await chief.opens("/staff/mail")).text
    tried = await watanabe.opens((await watanabe.sends(f"{path}/try", {})).goes_to)
    assert ("試しに受け取る人の受信箱に送りました" in tried.text, tried.at("broadcast-state")) == (True, "下書き")
    asked = text(
        "SELECT resident, title->>'ja' AS ja FROM deliveries d JOIN notices n ON n.id = d.notice ORDER BY n.title"
    )
    async with desk.house.db.house() as conn:
        got = {(row.resident, row.ja) for row in await conn.execute(asked)}
    assert got == {(her, "【試し】断水"), (her, "試しのお知らせを受け取る人になりました")}, (
        "and she was told that she is one"
    )
    again = [(await watanabe.sends(f"{path}/try", {})).status for _ in range(10)]
    assert again == [303] * 9 + [429], "who agreed to read drafts is not written to without end"
    assert (await chief.sends("/staff/mail/testers/forget", {})).status == 303
    desk.house.time += timedelta(minutes=61)
    late = await desk.official("渡辺", MINATO, "editor")
    assert (await late.sends(f"{path}/try", {})).status == 409
