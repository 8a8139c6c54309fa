"""What a school sent is put right in its place: an answer stays or is asked anew, and paper is printed once more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from notifications.jobs import JAPAN
from tests.school.people import ANSWER, JOIN, SCHOOL, codes_in, does, hers, opened_school, writes
from tests.staff.desk import Official, Page
from tests.town import Person, Town

MAIL = "{ viewer { inbox { nodes { id title { ja } revision actBy answeredAt openedAt earlier { why } } } } }"
MORE = (
    "{ viewer { schools { notices { revision until mine { said { answer } } before { ja }"
    " corrected { why asksAnew until questions event { on } } } } } }"
)
TASK = "query($code: String!) { it: task(code: $code) { __typename } }"


async def test_answers_stay_or_are_asked_anew_and_nobody_has_it_twice(town: Town) -> None:
    hana, taro = await town.resident("hana"), await town.resident("taro")
    teacher = await opened_school(town, "組,番号,氏名\n1年2組,1,海野 みなと\n1年2組,2,森 つむぎ\n")
    pupil = (await does(hana, JOIN, code=codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))[0]))["id"]
    until = (town.house.clock().astimezone(JAPAN) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    asked = {"asks": "survey", "survey": "持ち帰りますか：はい／いいえ", "until": until, "event_on": "2026-12-20"}
    page = await writes(teacher, to=["class:芝浜小学校:1年2組"], **asked)
    notice = page.rpartition("/")[2]
    (code,) = codes_in(await teacher.browser.get(f"{page}/letters"))
    said = {"notice": notice, "pupil": pupil, "answeredAt": "2026-11-27T00:00:00Z", "answers": {"q1": "c1"}}
    assert (await does(hana, ANSWER, input={**said, "id": str(uuid4())}))["state"] == "COUNTED"

    form = {**asked, "title_ja": "校外学習", "body_ja": "動物園へ行きます。", "revision": "1"}
    await _opens_without_copies(teacher, page)
    assert "まだ何も変わっていません" in (await _corrects(teacher, page, form, why="間違い")).text
    silent = await _corrects(teacher, page, {**form, "event_on": "2026-12-21"}, why="")
    assert ("訂正の理由を200字以内で" in silent.text, silent.status) == (True, 422)
    new = {**form, "event_on": "2026-12-21", "body_ja": "水族館へ行きます。"}
    shown = await _corrects(teacher, page, new, why="行き先の誤り")
    assert "変わるところ ：本文、行事の日" in shown.text
    assert "届いている1件は、そのまま有効です" in shown.text
    assert "left-behind" not in shown.html, "it is said in Japanese alone"
    assert [(await _corrects(teacher, page, new, why="行き先の誤り", do="send")).status for _ in range(2)] == [303] * 2
    assert "ほかの人がこのお知らせを訂正しました" in (await _corrects(teacher, page, new, why="x", do="send")).text
    (letter,) = [one for one in await _mail(hana) if one["id"] == notice]
    assert (letter["revision"], letter["openedAt"], letter["answeredAt"] is None) == (2, None, False)
    assert letter["earlier"] == [{"why": "行き先の誤り"}]
    (seen,) = await _seen(hana)
    assert (seen["mine"]["said"], seen["corrected"]["event"]) == ([{"answer": "c1"}], {"on": "2026-12-20"})
    assert (seen["corrected"]["asksAnew"], seen["corrected"]["until"]) == (False, None)

    calendar = await hana.browser.get("/calendar-item", params={"key": f"school-{notice}-{pupil}"})
    assert b"20261221" in calendar.content
    desk = await teacher.opens(page, show="all")
    assert "訂正する前の手紙が手元にある人がいます" in desk.text
    (again,) = codes_in(await teacher.browser.get(f"{page}/letters"))
    assert "手元にある人がいます" not in (await teacher.opens(page)).text
    assert (await does(taro, TASK, code=code))["__typename"] == "Task", "the old square asks what is asked still"

    await _corrects(teacher, page, {**new, "revision": "2", "survey": "来ますか：はい／いいえ"}, why="質問", do="send")
    (seen,) = await _seen(hana)
    assert (seen["mine"], seen["before"], seen["revision"]) == (None, {"ja": "はい"}, 3)
    assert (seen["corrected"]["asksAnew"], seen["corrected"]["questions"]) == (True, True)
    (letter,) = [one for one in await _mail(hana) if one["id"] == notice]
    assert letter["answeredAt"] is None, "it asks again"
    for old in (code, again):
        assert (await does(taro, TASK, code=old))["__typename"] == "NotFound", "asks what is not asked any more"
    late = await does(hana, ANSWER, input={**said, "id": str(uuid4()), "revision": 2})
    assert late["fields"] == [{"field": "revision", "code": "changed"}], (
        "written in the underground, to other questions"
    )
    assert (await does(hana, ANSWER, input={**said, "id": str(uuid4()), "revision": 3}))["state"] == "COUNTED"
    desk = await teacher.opens(page, show="all")
    assert ("訂正の記録" in desk.text, "前の回答" in desk.text, desk.html.count('data-missing="no"')) == (
        True,
        False,
        1,
    )
    kept = (await teacher.browser.get(f"{SCHOOL}/year/answers.csv")).content.decode("utf-8-sig")
    assert ("持ち帰りますか：はい" in kept, "来ますか：はい" in kept) == (True, True), "each in the words it answered"
    assert (await hers(taro))["notices"] == []


async def _opens_without_copies(teacher: Official, page: str) -> None:
    """What was said in Japanese alone would stay behind in the other languages."""
    opened = await teacher.opens(f"{page}/correct")
    names = [f"{part}_{one}" for part in ("title", "body") for one in ("ja", "easy", "en")]
    assert [opened.value(one) for one in names] == ["校外学習", "", "", "動物園へ行きます。", "", ""]


async def _corrects(teacher: Official, page: str, form: dict[str, Any], *, why: str, do: str = "check") -> Page:
    return await teacher.sends(f"{page}/correct", {**form, "why": why, "do": do})


async def _mail(person: Person) -> list[dict[str, Any]]:
    return list((await person.asks(MAIL))["viewer"]["inbox"]["nodes"])


async def _seen(person: Person) -> list[dict[str, Any]]:
    return list((await person.asks(MORE))["viewer"]["schools"]["notices"])
