"""What a ward works here, from the choice of an administrator to the decision, through the pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.cases.test_withdrawing import withdraws
from tests.graphql.test_applications import newborn, whole
from tests.staff.desk import Official, Page
from tests.town import Outside, Person, Town

MINE = (
    "{ viewer { applications { nodes { id receiptNumber state wardNumber corrects correctedBy history { state note }"
    " before { state } standing { turn by settledOn returned { field label { ja } why { easy } }"
    " appeal { until to { ja } } } } } } }"
)
CHANGE, CARE = "child_allowance_change", "care_certification"
REASON = {"reason": "事案12"}


async def mine(person: Person) -> list[dict[str, Any]]:
    return list((await person.asks(MINE))["viewer"]["applications"]["nodes"])


async def at_work(town: Town, who: str) -> Official:
    return Official(await town.official(f"staff-{who}"))


async def settles(town: Town) -> None:
    """What one promise makes of another is kept too."""
    for _ in range(2):
        await town.promises_are_kept()


async def chooses(admin: Official, procedure: str, **more: str) -> None:
    page = await admin.sends(f"/staff/cases/procedures/{procedure}", {"here": "yes", **more})
    assert page.status == 303, page.text


async def asks_for_care(town: Town) -> tuple[Person, dict[str, Any]]:
    """Hana, and the application in which a second person has a say."""
    hana = await town.resident("hana")
    await hana.fills_home()
    await hana.answers("care_worry", True)
    step = await hana.step(CARE)
    await hana.sends(step, whole(step))
    await settles(town)
    (sent,) = await mine(hana)
    return hana, sent


def version(page: Page) -> str:
    return page.value("version")


async def opened(official: Official, id: str) -> Page:
    page = await official.sends(f"/staff/cases/{id}/open", REASON)
    assert page.status == 200, page.text
    return page


async def test_a_case_is_walked_from_the_choice_to_its_decision(town: Town, outside: Outside) -> None:
    ueda, ishii = await at_work(town, "minato-admin"), await at_work(town, "minato-caseworker")
    assert "扱う手続きが選ばれていません" in (await ishii.opens("/staff/cases")).text
    assert (await ishii.sends(f"/staff/cases/procedures/{CHANGE}", {"here": "yes"})).status == 403
    wrong = await ueda.sends(f"/staff/cases/procedures/{CHANGE}", {"here": "yes", "standard_days": "x"})
    assert (wrong.status, "0から365" in wrong.text, 'value="x"' in wrong.html) == (422, True, True), (
        "and it stays there"
    )
    await chooses(ueda, CHANGE, standard_days="15")

    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers | {"claimant_name": "佐藤 華"}, corrected=["claimant_name"])
    await settles(town)
    (sent,) = await mine(hana)
    usual = town.house.today() + timedelta(days=15)
    assert (sent["state"], sent["wardNumber"], sent["standing"]["turn"]) == ("RECEIVED", None, "WARD")
    assert sent["standing"]["by"] == usual.isoformat()
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        there = (await http.get("/_ward", headers={"Accept": "application/json"})).json()
    assert sent["id"] not in {one["key"] for one in there}, "it was not delivered"

    await sends_it_back(town, ishii, hana, sent)
    await hana.sends(await hana.step(CHANGE), answers)
    await settles(town)
    again, former = await mine(hana)
    assert (again["corrects"], former["correctedBy"]) == (former["id"], again["id"])
    assert [line["state"] for line in again["before"]] == ["QUEUED", "RECEIVED", "SENT_BACK"]
    assert former["standing"]["turn"] == "NOBODY"
    await decides_and_hands_over(town, outside, ishii, hana, again["id"])

    ono = await at_work(town, "minato-auditor")
    sheet = await ono.sends("/staff/cases/export", REASON)
    assert sheet.status == 200
    assert again["receiptNumber"] in sheet.html
    assert "+09:00," in sheet.html, "by the ward's own clock"
    assert "佐藤" not in sheet.html
    assert (await ishii.sends("/staff/cases/export", REASON)).status == 403
    by_address = await ono.opens("/staff/cases/export")
    assert (by_address.status, "この画面は直接開けません" in by_address.text) == (405, True)


async def sends_it_back(town: Town, ishii: Official, hana: Person, sent: dict[str, Any]) -> None:
    queue = await ishii.opens("/staff/cases")
    row = queue.at(f"case-{sent['receiptNumber']}")
    assert "区の記録と違う項目があります" in row
    assert "佐藤" not in queue.at(f"case-{sent['receiptNumber']}")
    fujita = await at_work(town, "setagaya-caseworker")
    path = f"/staff/cases/{sent['id']}"
    assert (await fujita.opens(path)).status == 404
    assert (await fujita.sends(f"{path}/open", REASON)).status == 404
    assert (await ishii.sends(f"{path}/open", {"reason": ""})).status == 422
    page = await opened(ishii, sent["id"])
    assert page.at("line-claimant_name").endswith("違います")
    assert page.at("line-claimant_birth_date") == "生年月日 1990年5月2日 1990年5月2日 一致"
    assert "区に到達" in page.text
    assert "received" not in page.text
    assert (await ishii.opens(f"{path}/open")).goes_to == path, "reloaded from the address bar"
    await another_has_it(town, ishii, path)

    back = {**REASON, "sentence": ["differs"], "field": ["claimant_name"], "words": ""}
    stale = await ishii.sends(f"{path}/ask-back", {**back, "version": "99", "words": "消えない言葉"})
    assert (stale.status, "消えない言葉" in stale.text) == (409, True)
    number = await ishii.sends(f"{path}/ask-back", {**back, "version": version(page), "words": "123456789018"})
    assert (number.status, "123456789018" in number.text) == (422, True)
    assert (await ishii.sends(f"{path}/ask-back", {**back, "version": version(page)})).status == 303
    (sent,) = await mine(hana)
    (returned,) = sent["standing"]["returned"]
    assert (sent["standing"]["turn"], returned["field"], returned["label"]["ja"]) == ("HERS", "claimant_name", "氏名")
    assert returned["why"]["easy"].startswith("区の 記録と ちがいます")


async def another_has_it(town: Town, ishii: Official, path: str) -> None:
    async with town.house.db.house() as conn:
        await conn.exec_driver_sql(
            "UPDATE cases SET claimed_by = gen_random_uuid(), claimed_name = '木村 学', claimed_at = now()"
        )
    theirs = await ishii.sends(f"{path}/open", REASON)
    assert "木村 学さんの担当を外す" in theirs.text
    assert "決定して知らせる" not in theirs.text
    over = await ishii.sends(f"{path}/claim", {"version": version(theirs)})
    assert (over.status, f'href="{path}"' in over.html) == (409, True), "and the way back to it"
    async with town.house.db.house() as conn:
        await conn.exec_driver_sql("UPDATE cases SET claimed_by = NULL, claimed_name = NULL, claimed_at = NULL")


async def decides_and_hands_over(town: Town, outside: Outside, ishii: Official, hana: Person, id: str) -> None:
    path = f"/staff/cases/{id}"
    page = await ishii.opens(path)
    assert "補正されて届いたものです" in page.text
    assert "石井" in page.text or "自分" in page.text, "who asked back has it again"

    await outside.mode("registry", "silent")
    assert "照会に答えない記録があります: 住民記録" in (await opened(ishii, id)).text
    await outside.mode("registry", "ok")
    page = await opened(ishii, id)
    assert page.at("line-claimant_name").startswith("氏名 佐藤 はな 補正前: 佐藤 華")
    noted = await ishii.sends(f"{path}/note", {**REASON, "memo": "電話で確かめた"})
    assert "電話で確かめた" in noted.at("log")
    decide = {**REASON, "version": version(page), "outcome": "decided", "grounds": "認定しました"}
    assert (await ishii.sends(f"{path}/decide", {**decide, "outcome": "rejected", "grounds": ""})).status == 422
    await outside.mode("core_cases", "error")
    assert (await ishii.sends(f"{path}/decide", decide)).status == 303
    assert (await ishii.sends(f"{path}/decide", decide)).status == 409, "a second time changes nothing"
    done = (await mine(hana))[0]
    assert (done["state"], done["history"][-1]["note"]) == ("DECIDED", "認定しました")
    assert done["standing"]["settledOn"] == town.house.today().isoformat()
    assert done["standing"]["appeal"]["to"]["ja"] == "区長"
    item = (await hana.browser.get(f"/calendar-item?key=appeal-{id}")).text.replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{done['standing']['appeal']['until'].replace('-', '')}" in item
    assert "審査請求" in item

    await settles(town)
    assert "引き渡し待ち 1回試みました: つながりませんでした" in (await ishii.opens(path)).at("handover")
    await outside.mode("core_cases", "ok")
    await town.time_passes_for_jobs()
    await settles(town)
    assert re.search(r"引き渡し済み（R-\d+）", (await ishii.opens(path)).at("handover"))
    async with town.house.db.house() as conn:
        await conn.exec_driver_sql("UPDATE cases SET handover = 'failed', handover_fault = 'refused:invalid'")
    failed = await ishii.opens(path)
    assert "もう一度引き渡す" in failed.text
    assert "invalid" not in failed.text
    assert (await ishii.sends(f"{path}/hand-over", {})).status == 303
    await settles(town)
    again = await ishii.opens(path)
    assert re.search(r"引き渡し済み（R-\d+）", again.at("handover")), "under the same key it is no second one"
    assert "もう一度引き渡す" not in again.text


async def test_two_officials_and_a_second_person(town: Town, outside: Outside) -> None:
    ueda, ishii = await at_work(town, "minato-admin"), await at_work(town, "minato-caseworker")
    kobayashi = await at_work(town, "minato-approver")
    await chooses(ueda, CARE)
    hana, sent = await asks_for_care(town)
    path = f"/staff/cases/{sent['id']}"
    seen = version(await ishii.opens(path))
    assert (await ishii.sends(f"{path}/claim", {"version": seen})).status == 303
    assert (await ishii.sends(f"{path}/claim", {"version": seen})).status == 409
    bulk = await ishii.sends("/staff/cases/bulk", {"case": f"{sent['id']} {int(seen) + 1}"})
    assert "まとめて決定できる手続きではありません" in bulk.text
    assert "決定して知らせる" not in bulk.text, "there is nothing to decide"
    decide = {**REASON, "version": str(int(seen) + 1), "outcome": "decided", "grounds": ""}
    assert (await ishii.sends(f"{path}/decide", decide)).goes_to.endswith("proposed")
    async with town.house.db.house() as conn:
        await conn.exec_driver_sql("UPDATE staff_asks SET asked_at = asked_at - interval '9 days', ends_at = now()")
    lapsed = await ishii.opens(path)
    assert "起案を取り下げる" in lapsed.text, "nobody has answered, and it is no dead end"
    assert (await ishii.sends(f"{path}/take-back", {"version": version(lapsed)})).status == 303
    assert (await ishii.sends(f"{path}/take-back", {"version": version(lapsed)})).status == 409
    decide |= {"version": version(await ishii.opens(path))}
    assert (await ishii.sends(f"{path}/decide", decide)).goes_to.endswith("proposed")
    assert (await mine(hana))[0]["state"] == "RECEIVED"
    many = await ishii.sends("/staff/cases/bulk", {"case": [f"{uuid4()} 1" for _ in range(199)]})
    assert (many.status, "残りの159件は" in many.text) == (200, True)
    assert (await kobayashi.opens(path)).status == 200
    assert "田中" not in (await kobayashi.opens("/staff/cases")).text
    whole_case = await opened(kobayashi, sent["id"])
    assert "佐藤 和子" in whole_case.text, "nobody agrees to what nobody may read"
    assert "メモを残す" not in whole_case.text
    assert f'href="{path}"' in (await kobayashi.opens("/staff/second")).html
    assert "確認待ちの依頼を見る（1件）" in (await kobayashi.opens("/staff")).text
    assert "確認待ちの依頼を見る（" not in (await ishii.opens("/staff")).text, "she asked herself"
    asked = re.search(r"/staff/second/([0-9a-f-]{36})/agree", (await kobayashi.opens("/staff/second")).html)
    assert asked
    assert (await ishii.sends(f"/staff/second/{asked[1]}/agree", {})).status == 403
    assert (await kobayashi.sends(f"/staff/second/{asked[1]}/agree", {})).status == 303
    assert (await mine(hana))[0]["state"] == "DECIDED"
    assert (await kobayashi.sends(f"{path}/open", REASON)).status == 404, "only while it waits for a second person"


async def test_what_she_takes_back_needs_no_second_person_any_more(town: Town) -> None:
    ueda, ishii = await at_work(town, "minato-admin"), await at_work(town, "minato-caseworker")
    kobayashi = await at_work(town, "minato-approver")
    await chooses(ueda, CARE)
    hana, sent = await asks_for_care(town)
    path = f"/staff/cases/{sent['id']}"
    decide = {**REASON, "outcome": "decided", "grounds": ""}
    page = await opened(ishii, sent["id"])
    assert (await ishii.sends(f"{path}/decide", decide | {"version": version(page)})).goes_to.endswith("proposed")
    listed = await kobayashi.opens("/staff/second")
    asked = re.search(r"/staff/second/([0-9a-f-]{36})/agree", listed.html)
    assert asked
    async with town.house.db.house() as conn:
        await conn.exec_driver_sql("UPDATE cases SET state = 'open'")
    late = await kobayashi.sends(f"/staff/second/{asked[1]}/agree", {})
    assert (late.status, "何も行っていません" in late.text) == (409, True), "the case has gone on without it"
    async with town.house.db.house() as conn:
        await conn.exec_driver_sql("UPDATE cases SET state = 'second'")
    assert (await withdraws(hana, sent["id"]))["__typename"] == "Application"
    assert asked[1] not in (await kobayashi.opens("/staff/second")).html
    assert (await kobayashi.sends(f"/staff/second/{asked[1]}/agree", {})).status == 404


@pytest.mark.parametrize("drawn", [0, 99])
async def test_the_rule_decides_what_the_register_bears_out_and_a_sample_waits(
    town: Town, outside: Outside, drawn: int
) -> None:
    """Of a hundred, those drawn below the rate wait for a person."""
    town.house = replace(town.house, new_id=lambda: UUID(int=uuid4().int // 100 * 100 + drawn))
    ueda, ishii = await at_work(town, "minato-admin"), await at_work(town, "minato-caseworker")
    await chooses(ueda, CHANGE, automatic="yes", sample_percent="10")
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers | {"older_children": False, "remarks": ""})
    await settles(town)
    (sent,) = await mine(hana)
    assert "自動決定: はい、抜き取り: 10%" in (await ueda.opens("/staff/audit")).text
    queue = await ishii.opens("/staff/cases")
    if drawn:
        assert (sent["state"], "自動で決定しました" in sent["history"][-1]["note"]) == ("DECIDED", True)
        assert "自動決定は 1件（100.0%）" in queue.at("share")
        issued = (await hana.asks("{ viewer { documents { title verdict } } }"))["viewer"]["documents"]
        assert {"title": "決定通知書", "verdict": "VALID"} in issued, "nobody has to ask for it"
        return
    assert sent["state"] == "RECEIVED"
    assert "抜き取り確認" in queue.at(f"case-{sent['receiptNumber']}")
    picked = {"case": f"{sent['id']} {version(await ishii.opens('/staff/cases/' + sent['id']))}"}
    assert "1件ずつ開いてください" in (await ishii.sends("/staff/cases/bulk/decide", {**picked, **REASON})).text
    assert (await mine(hana))[0]["state"] == "RECEIVED"
