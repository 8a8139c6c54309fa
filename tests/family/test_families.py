"""Both parents, two homes, a teenager, a protected mother, an employer; and whoever tries another's mandate."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import httpx
from sqlalchemy import text

from bff.family import ending
from tests.family.people import (
    ASK,
    END,
    FORM,
    INVITE,
    LOOK,
    SEEN,
    SEND,
    SORA,
    TASK,
    does,
    family_of,
    given,
    readings,
    wish,
)
from tests.town import Person, Town

MINATO = "131032"
DO = (
    "mutation($code: String!, $answers: JSON!) { it: doTask(code: $code, answers: $answers) {"
    " __typename ... on FieldsRefused { fields { field } } } }"
)
PAPER = {
    "company": "みどり商事", "writer": "本田 学", "phone": "03-1234-5678", "since": "2019-04-01",
    "days_a_week": "5", "hours_a_week": "38",
}  # fmt: skip


async def is_asked_again(town: Town, mandate: str) -> None:
    """What he typed stands there again when the box was not ticked."""
    desk = await town.official("staff-minato-caseworker")
    sent = {"person": "m-7003", "case_number": "子-2026-114"}
    page = (await desk.post(f"/staff/family/{mandate}/confirm", data=sent)).text
    assert page.count('value="m-7003"') == page.count('value="子-2026-114"') == 1
    assert "書類を確認したことをチェックしてください" in page


async def confirms(town: Town, mandate: str, person: str, official: str = "staff-minato-caseworker") -> int:
    desk = await town.official(official)
    sent = {"person": person, "case_number": "子-2026-114", "papers": "seen"}
    answer = await desk.post(f"/staff/family/{mandate}/confirm", data=sent)
    return answer.status_code


async def test_the_father_in_another_home_sees_his_child_by_the_wards_word_and_never_the_address(town: Town) -> None:
    yumi, makoto = await town.resident("yumi"), await town.resident("makoto")
    await yumi.fills_home()
    await makoto.fills_home()
    asked = await does(makoto, ASK, kind="parent", ward=MINATO, wanted="伊藤 なお")
    assert asked["state"] == "ASKED"
    assert (await does(makoto, LOOK, mandate=asked["id"]))["__typename"] == "Denied"
    assert await confirms(town, asked["id"], "m-7003", "staff-minato-writer") == 403
    assert await confirms(town, asked["id"], "m-7003", "staff-setagaya-caseworker") == 422
    assert await confirms(town, asked["id"], "m-9999") == 422
    assert await _tries_of_officials(town) == [("131121", None), ("131032", None)], "a try that fails leaves its row"
    await is_asked_again(town, asked["id"])
    assert await confirms(town, asked["id"], "m-7003") == 303
    seen = await does(makoto, LOOK, mandate=asked["id"])
    assert (seen["__typename"], seen["name"], seen["giver"]) == ("Represented", "伊藤 なお", "")
    assert seen["steps"], "something of Nao's is to be done"
    assert all(one["id"].endswith(":m-7003") for one in seen["steps"])
    assert not re.search("高輪|港区|由美", str(seen) + str((await family_of(makoto))["actsFor"]))
    hers = (await family_of(yumi))["actedForBy"][0]
    assert (hers["other"], hers["mayEnd"]) == ("山口 誠", False)
    assert (await does(yumi, END, id=asked["id"]))["__typename"] == "Denied"
    assert (await does(makoto, LOOK, mandate=asked["id"]))["__typename"] == "Represented"
    assert any("父母" in one["basis"]["ja"] for one in await readings(yumi))
    await _is_protected(town, yumi, makoto, asked["id"])


async def _is_protected(town: Town, yumi: Person, makoto: Person, mandate: str) -> None:
    """支援措置: an empty page, the same as where nothing is to be done, and no word that anything is hidden."""
    desk = await town.official("staff-minato-caseworker")
    until = str(town.house.today() + timedelta(days=200))
    answer = await desk.post("/staff/family/protect", data={"person": "m-7001", "case_number": "支-7", "until": until})
    assert answer.status_code == 303, answer.text
    seen = await does(makoto, LOOK, mandate=mandate)
    assert (seen["steps"], seen["applications"], seen["notices"]) == ([], [], [])
    assert not re.search("支援|保護の|隠", str(seen))
    assert any(one["basis"]["ja"] == "区による書類の確認" for one in await readings(yumi))
    ended = await desk.post(f"/staff/family/{mandate}/end", data={"case_number": "子-2026-115"})
    assert ended.status_code == 303
    assert (await does(makoto, LOOK, mandate=mandate))["message"]["ja"] == "この代理は終了しています。"


async def _tries_of_officials(town: Town) -> list[tuple[str, str | None]]:
    """(ward, whose) of each refused look under the case, the oldest first."""
    tried = (
        "SELECT caller, resident::text FROM exchange_log WHERE service = 'mandate' AND outcome = 'refused'"
        " AND issue = '子-2026-114' ORDER BY at, id"
    )
    async with town.house.db.house() as conn:
        return [(row.caller.removeprefix("official/"), row.resident) for row in await conn.execute(text(tried))]


async def test_a_legal_guardian_is_there_once_two_officials_have_said_so(town: Town) -> None:
    hana, sachiko = await town.resident("hana"), await town.resident("sachiko")
    await hana.fills_home()
    asked = (await does(sachiko, ASK, kind="legal_guardian", ward=MINATO, wanted="佐藤 和子"))["id"]
    ishii, ueda = await town.official("staff-minato-caseworker"), await town.official("staff-minato-admin")
    sent = {"person": "m-1005", "case_number": "後-2026-9", "papers": "seen", "until": "2030-03-31"}

    async def first(**changes: str) -> str:
        answer = await ishii.post(f"/staff/family/{asked}/confirm", data={**sent, **changes})
        return answer.headers.get("location", str(answer.status_code))

    async def second(who: httpx.AsyncClient, do: str) -> str:
        async with town.house.db.house() as conn:
            ask = await conn.scalar(text("SELECT id FROM staff_asks ORDER BY asked_at DESC LIMIT 1"))
        answer = await who.post(f"/staff/second/{ask}/{do}", data={"do": do})
        return answer.headers.get("location", str(answer.status_code))

    for wrong in ({"until": "2020-01-01"}, {"until": "きのう"}, {"case_number": "123456789018"}, {"person": "m-1"}):
        assert await first(**wrong) == "422", wrong
    assert await first() == "/staff/family?done=second_asked"
    assert await first() == "/staff/family?done=second_waits"
    assert (await does(sachiko, LOOK, mandate=asked))["__typename"] == "Denied"
    assert await second(ishii, "agree") == "403"
    page = (await ueda.get("/staff/second")).text
    for told in (
        "法定代理人を登録する",
        "小川 幸子",
        "佐藤 和子",
        "2030年3月31日",
        "後-2026-9",
        "石井 直子",
        "認めない",
    ):
        assert told in page, told
    assert "佐藤 和子" not in (await (await town.official("staff-minato-approver")).get("/staff/second")).text
    assert await second(ueda, "refuse") == "/staff/second?done=refused"
    assert (await does(sachiko, LOOK, mandate=asked))["__typename"] == "Denied"
    assert await first() == "/staff/family?done=second_asked"
    async with town.house.db.house() as conn:
        for day in ("asked_at", "ends_at"):
            await conn.execute(text(f"UPDATE staff_asks SET {day} = {day} - interval '8 days' WHERE agreed IS NULL"))
    assert await second(ueda, "agree") == "404", "nobody agreed within a week"
    assert await first() == "/staff/family?done=second_asked"
    assert await second(ueda, "agree") == "/staff/second?done=agreed"
    seen = await does(sachiko, LOOK, mandate=asked)
    assert (seen["__typename"], seen["name"]) == ("Represented", "佐藤 和子")
    async with town.house.db.house() as conn:
        kept = str((await conn.execute(text("SELECT about_name, reason, what FROM staff_asks"))).all())
        acts = "SELECT official_name, outcome FROM staff_log WHERE act = 'guardians_confirm' ORDER BY id"
        done = [tuple(row) for row in await conn.execute(text(acts))]
    assert not re.search("和子|幸子|m-1005", kept), "what waits names nobody"
    assert [one for one in done if one[1] == "done"] == [("上田 恵", "done")]
    assert done.count(("石井 直子", "asked")) == 3
    looked = [one for one in await readings(hana) if one["basis"]["ja"] == "区による書類の確認"]
    assert {one["case"] for one in looked} == {"後-2026-9"}
    async with town.house.db.house() as conn:
        rows = "SELECT outcome FROM exchange_log WHERE service = 'mandate' AND resident IS NOT NULL ORDER BY at, id"
        outcomes = list(await conn.scalars(text(rows)))
    assert (outcomes.count("refused"), len(outcomes)) == (1, len(looked)), "a last day in the past"
    again = (await does(sachiko, ASK, kind="legal_guardian", ward=MINATO, wanted="佐藤 和子"))["id"]
    asked = again
    assert await first() == "/staff/family?done=second_asked"
    assert (await does(sachiko, END, id=again))["state"] == "REVOKED"
    assert await second(ueda, "agree") == "409", "who asked has taken it back"
    assert "すでに処理された" in (await ueda.get("/staff/second")).text


async def test_both_parents_in_one_home_have_each_their_own_right(town: Town) -> None:
    hana, kenta = await town.resident("hana"), await town.resident("kenta")
    await hana.fills_home()
    await kenta.fills_home()
    for parent in (hana, kenta):
        children = (await family_of(parent))["children"]
        assert [one["name"] for one in children] == ["佐藤 そら", "佐藤 ひなた"]
        assert (await parent.asks(SEEN))["viewer"]["seenByGuardians"] is None


async def test_a_teenager_sees_who_sees_her_and_what(town: Town) -> None:
    yumi, aoba = await town.resident("yumi"), await town.resident("aoba")
    await yumi.fills_home()
    assert not (await family_of(yumi))["children"][0]["hasOwnAccount"]
    await aoba.fills_home()
    assert (await family_of(yumi))["children"][0]["hasOwnAccount"]
    seen = (await aoba.asks(SEEN))["viewer"]["seenByGuardians"]
    assert [one["name"] for one in seen["watchers"]] == ["伊藤 由美"]
    assert seen["watchers"][0]["until"].endswith("-05-19"), "of age on her 18th birthday, 20 May: the day before"
    mothers = await yumi.asks("{ viewer { home { bundles { steps { id name { ja } } } } } }")
    steps = [step for bundle in mothers["viewer"]["home"]["bundles"] for step in bundle["steps"]]
    of_aoba = {step["name"]["ja"] for step in steps if step["id"].endswith(":m-7002")}
    assert of_aoba <= {one["ja"] for one in seen["steps"]}
    sachiko = await town.resident("sachiko")
    await given(town, yumi, sachiko, "grandparent", person="m-7002")
    seen = (await aoba.asks(SEEN))["viewer"]["seenByGuardians"]
    assert [one["name"] for one in seen["watchers"]] == ["伊藤 由美", "小川幸子"]
    assert (await family_of(aoba))["children"] == []


async def test_an_employer_has_one_paper_by_one_link_once(town: Town) -> None:
    hana, nobody = await town.resident("hana"), Person(town.browser())
    await hana.fills_home()
    invited = await does(hana, INVITE, input=wish(town, "employer"))
    code = invited["code"]
    shown = await does(nobody, TASK, code=code)
    assert (shown["about"], shown["title"]["ja"]) == ("佐藤 はな", "就労証明書")
    assert set(shown) == {"__typename", "about", "title", "fields"}
    assert "芝浦" not in str(shown)
    assert (await does(await town.resident("ken"), LOOK, mandate=invited["mandate"]["id"]))["__typename"] == "NotFound"
    wrong = await does(nobody, DO, code=code, answers={**PAPER, "since": "きのう", "note": "x"})
    assert {one["field"] for one in wrong["fields"]} == {"since", "note"}
    assert (await does(nobody, DO, code=code, answers=PAPER))["__typename"] == "Task"
    assert (await does(nobody, DO, code=code, answers=PAPER))["__typename"] == "NotFound"
    assert (await does(nobody, TASK, code=code))["__typename"] == "NotFound"
    hers = (await family_of(hana))["actedForBy"][0]
    assert [one["value"] for one in hers["written"]] == list(PAPER.values())
    async with town.house.db.house() as conn:
        kept = (await conn.execute(text("SELECT done FROM mandates"))).scalar_one()
    assert "みどり".encode() not in bytes(kept)


async def test_nobody_rests_on_a_mandate_that_is_not_his(town: Town) -> None:
    hana, sachiko, ken = [await town.resident(one) for one in ("hana", "sachiko", "ken")]
    await hana.fills_home()
    mandate = await given(town, hana, sachiko, "grandparent")
    sent = {
        "id": str(uuid4()), "procedure": "child_allowance_change", "version": "x", "subject": SORA, "answers": {},
        "completedAt": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    for other in (ken, hana):
        for tried in (mandate, str(uuid4()), "x"):
            assert (await does(other, LOOK, mandate=tried))["__typename"] == "NotFound"
            assert (await does(other, FORM, mandate=tried, step="child_allowance_change"))["__typename"] == "NotFound"
            assert (await does(other, SEND, onBehalf=tried, input=sent))["__typename"] == "NotFound"
    assert (await does(ken, END, id=mandate))["__typename"] == "NotFound"
    looked = await does(sachiko, LOOK, mandate=mandate)
    assert looked["applications"] == []
    assert all(one["id"].endswith(f":{SORA}") for one in looked["steps"])
    assert (await does(sachiko, FORM, mandate=mandate, step="child_allowance_change"))["__typename"] == "Denied"
    assert (await does(sachiko, SEND, onBehalf=mandate, input=sent))["__typename"] == "Denied"
    assert sum("代理の登録" not in one["basis"]["ja"] for one in await readings(hana)) >= 5
    assert len(await readings(ken)) >= 4, "who tries what nobody gave is told so himself"


async def test_what_does_not_fit_is_refused_by_field_and_ends_come_by_themselves(town: Town) -> None:
    hana, sachiko = await town.resident("hana"), await town.resident("sachiko")
    await hana.fills_home()
    today = town.house.today()
    for changes, field in (
        ({"person": "m-1005"}, "person"),
        ({"person": "m-7003"}, "person"),
        ({"bundles": ["care"]}, "bundles"),
        ({"bundles": []}, "bundles"),
        ({"purpose": "guardianship"}, "purpose"),
        ({"endsOn": str(today)}, "endsOn"),
        ({"endsOn": str(today + timedelta(days=400))}, "endsOn"),
        ({"to": " "}, "to"),
        ({"kind": "parent"}, "kind"),
        ({"kind": "legal_guardian"}, "kind"),
    ):
        refused = await does(hana, INVITE, input=wish(town, "grandparent", **changes))
        assert field in [one["field"] for one in refused["fields"]], (changes, refused)
    mandate = await given(town, hana, sachiko, "grandparent")
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE mandates SET ends_on = current_date + 3"))
    await ending.come_round(town.house)
    await ending.come_round(town.house)
    titles = "{ viewer { inbox { nodes { title { ja } } } } }"
    hers = [one["title"]["ja"] for one in (await hana.asks(titles))["viewer"]["inbox"]["nodes"]]
    assert sum("まもなく終了" in one for one in hers) == 1
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE mandates SET ends_on = current_date - 2"))
    assert (await does(sachiko, LOOK, mandate=mandate))["__typename"] == "Denied"
    await ending.come_round(town.house)
    assert (await family_of(hana))["actedForBy"][0]["state"] == "ENDED"
    await given(town, hana, sachiko, "grandparent")
    async with town.house.db.house() as conn:
        dead = (await conn.execute(text("SELECT represented FROM mandates LIMIT 1"))).scalar_one()
    assert await ending.end_by_death(town.house, dead) == 1
    assert [one["state"] for one in (await family_of(sachiko))["actsFor"]] == ["ENDED", "ENDED"]
