"""A class, two homes of one child, and a teacher: what is asked, read, answered, reported and written goes its way."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import text

from notifications.jobs import JAPAN
from tests.school.people import (
    ABSENCE,
    ANSWER,
    JOIN,
    LINE,
    SCHOOL,
    brings,
    child_of,
    codes_in,
    does,
    hers,
    opened_school,
    writes,
)
from tests.staff.desk import Official
from tests.town import Person, Town

CLASS = "class:芝浜小学校:1年2組"
OPEN = "mutation($id: ID!) { openNotice(id: $id) { __typename } }"


async def test_what_a_guardian_handed_on_opens_nothing_once_she_has_left(town: Town) -> None:
    hana, taro = await town.resident("hana"), await town.resident("taro")
    teacher = await opened_school(town, "組,番号,氏名\n1年2組,1,海野 みなと\n")
    (code,) = codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))
    pupil = (await does(hana, JOIN, code=code))["id"]
    allow = "mutation($p: ID!) { it: allowPupilHelper(pupil: $p) { ... on PupilCode { code } } }"
    allowed = (await does(hana, allow, p=pupil))["code"]
    await hana.asks("mutation($p: ID!) { leavePupil(pupil: $p) { __typename } }", p=pupil)
    assert (await does(taro, JOIN, code=allowed))["__typename"] == "NotFound"
    assert (await hers(taro))["pupils"] == []


async def test_whom_the_school_took_off_a_child_stays_off_until_the_school_brings_her_back(town: Town) -> None:
    hana, taro = await town.resident("hana"), await town.resident("taro")
    await hana.fills_home()
    name, born = await child_of(hana)
    teacher = await opened_school(town, f"組,番号,氏名,生年月日\n1年2組,1,{name},{born}\n")
    await hana.fills_home()
    await town.promises_are_kept()
    (pupil,) = [one["id"] for one in (await hers(hana))["pupils"]]
    allow = "mutation($p: ID!) { it: allowPupilHelper(pupil: $p) { ... on PupilCode { code } } }"
    assert (await does(taro, JOIN, code=(await does(hana, allow, p=pupil))["code"]))["mayAnswer"] is False
    me = (await hana.asks("{ viewer { id } }"))["viewer"]["id"]
    page = f"{SCHOOL}/pupils/{pupil}"
    assert "登録から外す" in (await teacher.opens(page)).text
    wrong = await teacher.sends(f"{page}/off/{me}", {"why": " "})
    assert (wrong.status, "外す理由を200字以内で" in wrong.text) == (422, True)
    assert [one["id"] for one in (await hers(hana))["pupils"]] == [pupil], "nothing without a reason"

    why = "家庭裁判所の決定による"
    assert (await teacher.sends(f"{page}/off/{me}", {"why": why})).status == 303
    assert (await teacher.sends(f"{page}/off/{me}", {"why": why})).status == 404, "only who is there"
    shown = (await teacher.opens(page, done="taken_off")).text
    assert why in shown
    assert "まだだれも登録していません" in shown, "nor whom she let in"
    letters = codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))
    await hana.fills_home()
    await town.promises_are_kept()
    assert (await hers(hana))["pupils"] == (await hers(taro))["pupils"] == [], "the register does not bring her back"
    assert (await does(hana, JOIN, code=letters[0]))["__typename"] == "Denied", "nor does a code"
    told = await hana.asks("{ viewer { inbox { nodes { title { ja } body { ja } } } } }")
    (word,) = [one for one in told["viewer"]["inbox"]["nodes"] if one["title"]["ja"] == "学校・園の登録から外れました"]
    assert why not in str(word), "the reason is the school's alone"

    (off,) = re.findall(rf"/staff{page.removeprefix('/staff')}/back/([0-9a-f-]+)", (await teacher.opens(page)).html)
    assert (await teacher.sends(f"{page}/back/{off}", {})).status == 303
    await town.promises_are_kept()
    assert [one["id"] for one in (await hers(hana))["pupils"]] == [pupil], "the register says so again"


async def test_two_homes_one_child_and_a_teacher(town: Town) -> None:
    hana, taro = await town.resident("hana"), await town.resident("taro")
    await hana.fills_home()
    name, born = await child_of(hana)
    rows = f"学年,組,番号,氏名,生年月日\n1,2組,3,{name},{born}\n"
    rows += "1,2組,4,海野 みなと,2019-06-01\n1,1組,1,森 つむぎ,2019-05-05\n"
    teacher = await opened_school(town, rows)
    await hana.fills_home()
    await town.promises_are_kept()
    (pupil,) = (await hers(hana))["pupils"]
    assert (pupil["className"], pupil["mayAnswer"], pupil["guardians"]) == ("1年2組", True, 1), (
        "the register joined her"
    )

    allowed = await hana.asks(
        "mutation($p: ID!) { it: allowPupilHelper(pupil: $p) { ... on PupilCode { code } } }", p=pupil["id"]
    )
    assert (await does(taro, JOIN, code=allowed["it"]["code"]))["mayAnswer"] is False, "a grandparent sees"
    await taro.asks("mutation($p: ID!) { leavePupil(pupil: $p) { __typename } }", p=pupil["id"])

    letters = await teacher.browser.get(f"{SCHOOL}/roster/letters")
    codes = codes_in(letters)
    assert len(codes) == 2, "of the two whose families have not joined"
    assert (await does(taro, JOIN, code=codes[1]))["name"] == "海野 みなと"
    assert (await does(hana, JOIN, code=codes[1]))["__typename"] == "NotFound", "used once"

    until = (town.house.clock() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    page = await writes(teacher, to=[CLASS], asks="consent", until=until, one_is_enough="yes", event_on="2026-12-20")
    notice = page.rpartition("/")[2]
    (asked,) = (await hers(hana))["notices"]
    assert (asked["kind"], asked["mine"], asked["event"]["on"]) == ("CONSENT", None, "2026-12-20")
    inbox = await hana.asks("{ viewer { inbox { nodes { id title { ja } } } } }")
    assert [one["id"] for one in inbox["viewer"]["inbox"]["nodes"]].count(notice) == 1, "sent twice, there once"
    shown = await teacher.opens(page)
    assert shown.html.count('data-missing="yes"') == 2

    await hana.asks(OPEN, id=notice)
    wish = {"id": str(uuid4()), "notice": notice, "pupil": pupil["id"], "answeredAt": "2026-11-27T00:00:00Z"}
    faults = await does(hana, ANSWER, input={**wish, "answers": {"consent": "conditions"}})
    assert faults["fields"] == [{"field": "conditions", "code": "required"}]
    for _ in range(2):
        said = {"consent": "conditions", "conditions": "バスに酔います"}
        assert (await does(hana, ANSWER, input={**wish, "answers": said}))["state"] == "COUNTED"
    other = await does(hana, ANSWER, input={**wish, "answers": {"consent": "no"}})
    assert other["fields"] == [{"field": "id", "code": "not_fit"}], "the same id for another answer"
    assert (await does(taro, ANSWER, input={**wish, "id": str(uuid4()), "answers": said}))["__typename"] == "NotFound"
    shown = await teacher.opens(page, show="all")
    assert "条件付きで同意する、バスに酔います" in shown.text
    assert shown.html.count('data-missing="yes"') == 1
    reminded = await teacher.sends(f"{page}/remind", {})
    assert reminded.goes_to.endswith("done=reminded&n=1")
    assert "まだの人のうち1人に、もう一度" in (await teacher.opens(page, done="reminded", n="1")).text
    assert (await teacher.sends(f"{page}/remind", {})).goes_to.endswith("done=nobody"), "told today already"
    for person, times in ((hana, 0), (taro, 1)):
        told = await person.asks("{ viewer { inbox { nodes { title { ja } } } } }")
        titles = [one["title"]["ja"] for one in told["viewer"]["inbox"]["nodes"]]
        assert sum("まだ回答" in one for one in titles) == times, titles

    calendar = await hana.browser.get("/calendar-item", params={"key": f"school-{notice}-{pupil['id']}"})
    assert b"DTSTART;VALUE=DATE:20261220" in calendar.content
    await talk(hana, taro, teacher, page, pupil["id"])
    await reports(town, hana, teacher, pupil["id"])


async def talk(hana: Person, taro: Person, teacher: Official, page: str, pupil: str) -> None:
    """Hers with the school alone: the other family of the class sees nothing of it."""
    notice = page.rpartition("/")[2]
    line = {"id": str(uuid4()), "notice": notice, "pupil": pupil, "text": "お弁当は要りますか"}
    unseen = await does(hana, LINE, input={**line, "text": "\u200b\u3164 \u2060\ufe0f"})
    assert unseen["fields"] == [{"field": "text", "code": "required"}]
    assert (await does(hana, LINE, input=line))["__typename"] == "SchoolLine"
    me = (await hana.asks("{ viewer { id } }"))["viewer"]["id"]
    assert "お弁当は要りますか" in (await teacher.opens(page, show="lines")).text
    assert (await teacher.sends(f"{page}/reply/{pupil}/{me}", {"text": "要ります"})).status == 303
    (asked,) = (await hers(hana))["notices"]
    assert [one["text"] for one in asked["lines"]] == ["お弁当は要りますか", "要ります"]
    assert (await hers(taro))["notices"][0]["lines"] == []


async def reports(town: Town, hana: Person, teacher: Official, pupil: str) -> None:
    """Sent, looked at, sent back with a reason, corrected as the next version, accepted; never edited in place."""
    day = str(town.house.today())
    wish = {"id": str(uuid4()), "version": 1, "pupil": pupil, "kind": "SICK", "fromOn": day, "toOn": day}
    wish |= {"symptoms": ["fever"], "reason": "39度", "sentAt": "2026-11-27T00:00:00Z"}
    late = await does(hana, ABSENCE, input={**wish, "kind": "LATE"})
    assert late["fields"] == [{"field": "time", "code": "not_fit"}]
    for _ in range(2):
        assert (await does(hana, ABSENCE, input=wish))["state"] == "SENT"
    page = await teacher.opens(SCHOOL)
    assert ("39度" in page.text, "未確認" in page.text, "送信済み" in page.text) == (True, True, False)
    assert page.html.count('data-testid="absence"') == 1
    assert (await hers(hana))["pupils"][0]["absences"][0]["state"] == "LOOKING"
    at = f"{SCHOOL}/absences/{wish['id']}"
    assert (await teacher.sends(f"{at}/send-back", {"version": "1", "day": day, "note": ""})).status == 422
    assert (await teacher.sends(f"{at}/send-back", {"version": "1", "day": day, "note": "期間は？"})).status == 303
    assert (await hers(hana))["pupils"][0]["absences"][0]["reply"] == "期間は？"
    assert await came_back(hana) == [("ACTION", False)], "hers to do"
    until = str(town.house.today() + timedelta(days=1))
    assert (await does(hana, ABSENCE, input={**wish, "version": 2, "toOn": until}))["version"] == 2
    assert await came_back(hana) == [("ACTION", True)], "and done by sending it anew"
    other = await does(hana, ABSENCE, input={**wish, "version": 2, "reason": "38度"})
    assert other["fields"] == [{"field": "version", "code": "not_fit"}], "from another phone of hers"
    assert (await teacher.sends(f"{at}/accept", {"version": "1", "day": day})).status == 409, "she read the older one"
    assert (await teacher.sends(f"{at}/accept", {"version": "2", "day": day})).status == 303
    (absence,) = (await hers(hana))["pupils"][0]["absences"]
    assert (absence["state"], absence["version"], absence["toOn"]) == ("ACCEPTED", 2, until)
    gone = {**wish, "version": 3, "withdrawn": True, "reason": ""}
    for _ in range(2):
        assert (await does(hana, ABSENCE, input=gone))["state"] == "WITHDRAWN"
    assert (await does(hana, ABSENCE, input={**gone, "id": str(uuid4())}))["__typename"] == "NotFound"
    page = await teacher.opens(SCHOOL)
    assert ("取り下げられた連絡（1件）" in page.text, "確かめる連絡（0件）" in page.text) == (True, True)
    assert (await teacher.sends(f"{at}/accept", {"version": "3", "day": day})).status == 409, "it does not hold"
    (absence,) = (await hers(hana))["pupils"][0]["absences"]
    assert (absence["state"], absence["toOn"], absence["reason"]) == ("WITHDRAWN", until, "39度")
    kept = (await teacher.browser.get(f"{SCHOOL}/year/absences.csv")).content.decode("utf-8-sig")
    assert (kept.count("39度"), kept.count("取り下げ")) == (3, 1), "every version stays"
    seen = await hana.asks("{ viewer { readings { nodes { case } } } }")
    assert any("欠席" in str(one["case"]) for one in seen["viewer"]["readings"]["nodes"]), "she sees who looked"
    moved = await brings(teacher, "組,番号,氏名\n1年2組,2,森 つむぎ\n".encode())
    assert (await teacher.sends(f"{moved.goes_to}/count", {"leave": "yes"})).status == 303
    kept = (await teacher.browser.get(f"{SCHOOL}/year/absences.csv")).content.decode("utf-8-sig")
    assert kept.count("39度") == 3, "who moves away in the middle of a year stays in its records"


async def came_back(hana: Person) -> list[tuple[str, bool]]:
    told = await hana.asks("{ viewer { inbox { nodes { kind title { ja } confirmedAt } } } }")
    those = [one for one in told["viewer"]["inbox"]["nodes"] if "差し戻されました" in one["title"]["ja"]]
    return [(one["kind"], one["confirmedAt"] is not None) for one in those]


TASK = "query($code: String!) { it: task(code: $code) { __typename ... on Task { about fields { id required } } } }"
DO = "mutation($c: String!, $a: JSON!) { it: doTask(code: $c, answers: $a) { __typename ... on Task { about } } }"
PAPER = "mutation($p: ID!) { it: choosePaper(pupil: $p, paper: true) { __typename ... on Pupil { paper } } }"


async def test_both_homes_are_needed_paper_counts_and_what_comes_late_is_asked_for(town: Town) -> None:
    hana, taro = await town.resident("hana"), await town.resident("taro")
    rows = "組,番号,氏名\n1年2組,1,海野 みなと\n1年2組,2,森 つむぎ\n"
    teacher = await opened_school(town, rows)
    first = codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))
    second = codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))
    pupil = (await does(hana, JOIN, code=first[0]))["id"]
    until = (town.house.clock().astimezone(JAPAN) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    page = await writes(
        teacher, to=["school:芝浜小学校"], asks="survey", survey="持ち帰りますか：はい／いいえ", until=until
    )
    notice = page.rpartition("/")[2]
    assert (await does(taro, JOIN, code=second[0]))["id"] == pupil, "two letters, two homes, one child"
    told = await taro.asks("{ viewer { inbox { nodes { id } } } }")
    assert [one["id"] for one in told["viewer"]["inbox"]["nodes"]] == [notice], "sent before he joined, and still asks"
    await taro.asks(OPEN, id=notice)
    assert (await teacher.opens(page)).html.count("既読（") == 1
    async with town.house.db.house() as conn:
        pushed = await conn.scalar(text("SELECT sum(size) FROM push_chunks WHERE notice = :id"), {"id": notice})
    assert pushed == 1, "no phone rings for what is not new"
    said = {"notice": notice, "pupil": pupil, "answeredAt": "2026-11-27T00:00:00Z"}
    assert (await teacher.sends(f"{page}/paper/{pupil}", {"q1": "c2"})).goes_to.endswith("done=typed_in")
    assert (await teacher.opens(page)).html.count('data-missing="yes"') == 2, "paper is the answer of one home of two"
    assert (await does(hana, ANSWER, input={**said, "id": str(uuid4()), "answers": {"q1": "c1"}}))["state"] == "COUNTED"
    assert (await teacher.opens(page)).html.count('data-missing="yes"') == 1, "and nobody of the other child"
    assert [one["byOther"] for one in (await hers(taro))["notices"]] == [True], "that, and not what she said"

    (code,) = codes_in(await teacher.browser.get(f"{page}/letters"))
    nobody = Person(town.browser())
    assert (await does(nobody, TASK, code=code))["about"] == "森 つむぎ"
    assert (await does(nobody, DO, c=code, a={"q1": "c9"}))["__typename"] == "FieldsRefused", "and it is not spent"
    assert (await does(nobody, DO, c=code, a={"q1": "c2"}))["__typename"] == "Task"
    assert (await does(nobody, DO, c=code, a={"q1": "c1"}))["__typename"] == "NotFound"
    assert (await does(hana, PAPER, p=pupil))["paper"] is True
    shown = await teacher.opens(page, show="all")
    assert "保護者の回答が違います" in shown.text, "paper says no, a home says yes"
    assert shown.html.count('data-missing="yes"') == 0

    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE school_notices SET closes_at = now() - interval '1 minute'"))
    late = str(uuid4())
    assert (await does(hana, ANSWER, input={**said, "id": late, "answers": {"q1": "c2"}}))["state"] == "ASKED"
    assert (await hers(hana))["notices"][0]["mine"]["said"] == [{"question": "q1", "answer": "c1"}], (
        "until it is counted"
    )
    assert (await teacher.sends(f"{page}/late/{late}", {"do": "count"})).status == 303
    assert (await hers(hana))["notices"][0]["mine"]["said"] == [{"question": "q1", "answer": "c2"}]
    assert (await teacher.sends(f"{page}/recall", {"note": "日が変わりました"})).status == 303
    assert (await hers(hana))["notices"] == []
    told = await hana.asks("query($id: ID!) { viewer { notice(id: $id) { recalledAt } } }", id=notice)
    assert told["viewer"]["notice"]["recalledAt"] is not None


async def test_a_new_list_moves_whom_it_names_and_can_be_taken_back(town: Town) -> None:
    teacher = await opened_school(town, "組,番号,氏名\n1年2組,1,海野 みなと\n1年2組,2,森 つむぎ\n")
    shown = await brings(teacher, "組,番号,氏名\n2年1組,7,海野 みなと\n2年1組,8,林 さくら\n".encode())
    page = await teacher.opens(shown.goes_to)
    assert page.at("plan").split() == [
        "追加",
        "1人",
        "変更",
        "1人",
        "変わらない",
        "0人",
        "この名簿に載っていない",
        "1人",
    ]
    assert "海野 みなと：1年2組 1番 → 2年1組 7番" in page.text
    assert (await teacher.opens(f"{SCHOOL}/roster")).html.count("1年2組") == 2, "nothing counts before it is said"
    assert (await teacher.sends(f"{shown.goes_to}/count", {"leave": "yes"})).status == 303
    listed = await teacher.opens(f"{SCHOOL}/roster")
    assert ("森 つむぎ" in listed.text, "林 さくら" in listed.text) == (False, True)
    wrong = await brings(teacher, "組,氏名\n3年1組,\n".encode())
    assert (wrong.status, "何も取り込んでいません" in wrong.text, "2行目" in wrong.text) == (422, True, True)
    assert (await teacher.sends(f"{shown.goes_to}/undo", {})).status == 303
    listed = await teacher.opens(f"{SCHOOL}/roster")
    assert ("森 つむぎ" in listed.text, "林 さくら" in listed.text, "2年1組" in listed.text) == (True, False, False)
    assert (await teacher.sends(f"{shown.goes_to}/undo", {})).status == 409
