"""Others add their part by one link each, and whoever tries what is not his gets nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import text

from bff.tasks import coming_round
from bff.tasks.papers import papers
from life_events import Text
from tests.family.people import does, readings
from tests.graphql.test_applications import whole
from tests.town import Outside, Person, Town

T = "{ ja easy en }"
REFUSED = f"__typename ... on Refusal {{ message {T} }} ... on FieldsRefused {{ fields {{ field code message {T} }} }}"
PART = (
    "... on Part { id part application to code state endsOn openedAt settledAt reason square { side }"
    " written { label { ja } value { ja } } }"
)
ASK = f"mutation($input: AskPartInput!) {{ it: askPart(input: $input) {{ {REFUSED} {PART} }} }}"
RENEW = f"mutation($id: ID!, $on: Date!) {{ it: renewPart(id: $id, endsOn: $on) {{ {REFUSED} {PART} }} }}"
TAKE_BACK = f"mutation($id: ID!) {{ it: takeBackPart(id: $id) {{ {REFUSED} {PART} }} }}"
WITHOUT = (
    "mutation($id: ID!) { it: sendWithoutParts(application: $id)"
    " { __typename ... on Refusal { message { ja } } ... on Application { state } } }"
)
PARTS = f"{{ viewer {{ parts {{ __typename {PART} }} }} }}"
TASK = (
    "query($code: String!) { it: task(code: $code) { __typename ... on Task { about to until mayDecline"
    " title { ja } procedure { ja } fields { id kind required } } ... on Refusal { message { ja } } } }"
)
DO = (
    f"mutation($code: String!, $answers: JSON!) {{ it: doTask(code: $code, answers: $answers)"
    f" {{ {REFUSED} ... on Task {{ about }} }} }}"
)
DECLINE = (
    f"mutation($code: String!, $reason: String!) {{ it: declineTask(code: $code, reason: $reason)"
    f" {{ {REFUSED} ... on Task {{ about }} }} }}"
)
EMPLOYER = {
    "company": "みどり商事株式会社",
    "representative": "緑川 一郎",
    "company_address": "東京都港区芝大門2-1-1",
    "writer": "人事部 青木",
    "phone": "０３－１２３４－５６７８",
    "worker": "佐藤 はな",
    "contract": "open",
    "since": "2019-04-01",
    "form": "regular",
    "days_a_week": "5",
    "hours_a_week": "40",
    "hours_a_month": "160",
    "certified": "true",
}
SPOUSE = {"name": "佐藤 健", "tie": "father", "agreed": "true"}
NUMBER = "123456789018"
"""Twelve digits whose check digit fits (番号法施行令8条, by hand in tests/life_events)."""


async def asks(town: Town, person: Person, step: str, part: str, to: str, days: int = 14) -> dict[str, Any]:
    ends = str(town.house.today() + timedelta(days=days))
    return await does(person, ASK, input={"step": step, "part": part, "to": to, "endsOn": ends})


async def parts(person: Person) -> dict[str, dict[str, Any]]:
    told = (await person.asks(PARTS))["viewer"]["parts"]
    return {one["part"]: one for one in reversed(told)}


async def state_of(person: Person, application: str) -> tuple[str, list[str]]:
    query = "query($id: ID!) { viewer { application(id: $id) { state history { state } } } }"
    told = (await person.asks(query, id=application))["viewer"]["application"]
    return told["state"], [one["state"] for one in told["history"]]


async def titles(person: Person) -> list[str]:
    told = await person.asks("{ viewer { inbox(first: 50) { nodes { title { ja } } } } }")
    return [one["title"]["ja"] for one in told["viewer"]["inbox"]["nodes"]]


async def wants_a_place(person: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    await person.fills_home()
    wish = (await person.step("nursery_use"))["asks"][0]["fact"]
    await person.answers(wish, True)
    step = await person.step("nursery_certification")
    return step, {**whole(step), "reason": "work"}


async def test_an_application_waits_for_two_hands_and_goes_by_itself_with_their_parts(
    town: Town, outside: Outside
) -> None:
    hana, nobody = await town.resident("hana"), Person(town.browser())
    step, answers = await wants_a_place(hana)
    employer = await asks(town, hana, step["id"], "employment", "みどり商事")
    assert (employer["state"], employer["application"], employer["square"]["side"] > 20) == ("ASKED", None, True)
    again = await asks(town, hana, step["id"], "employment", "みどり商事")
    assert again["__typename"] == "Denied", "two tabs ask once"
    shown = await does(nobody, TASK, code=employer["code"])
    assert (shown["about"], shown["to"], shown["title"]["ja"]) == ("佐藤 はな", "みどり商事", "就労証明書")
    assert "芝浦" not in str(shown)
    assert "そら" not in str(shown)
    wrong = {**EMPLOYER, "since": "きのう", "days_a_week": "9", "phone": "なし", "remarks": f"番号は{NUMBER}", "x": "y"}
    wrong |= {"company": "あ" * 400, "certified": ""}
    refused = await does(nobody, DO, code=employer["code"], answers=wrong)
    assert {one["field"]: one["code"] for one in refused["fields"]} == {
        "since": "not_a_date",
        "days_a_week": "not_a_number",
        "phone": "not_a_phone",
        "remarks": "individual_number",
        "company": "too_long",
        "certified": "required",
        "x": "unknown_field",
    }
    sent = await hana.sends(step, answers)
    assert sent["state"] == "WAITING"
    spouse = await asks(town, hana, step["id"], "other_parent", "健さん")
    assert spouse["application"] == (await parts(hana))["employment"]["application"]
    application = spouse["application"]
    await town.promises_are_kept()
    assert await state_of(hana, application) == ("WAITING", ["WAITING"])
    assert (await does(nobody, DO, code=employer["code"].upper(), answers=EMPLOYER))["about"] == "佐藤 はな"
    for spent in (employer["code"], "zzzz-zzzz-zzzz-zzzz", "", "x" * 5000):
        gone = await does(nobody, TASK, code=spent)
        assert gone["__typename"] == "NotFound"
        assert "記入済み、期限切れ、または取り消された" in gone["message"]["ja"], "and whom to ask"
        assert (await does(nobody, DO, code=spent, answers=EMPLOYER))["__typename"] == "NotFound"
    assert (await state_of(hana, application))[0] == "WAITING"
    assert (await does(nobody, DO, code=spouse["code"], answers=SPOUSE))["__typename"] == "Task"
    assert await state_of(hana, application) == ("QUEUED", ["WAITING", "QUEUED"])
    await town.promises_are_kept()
    assert (await state_of(hana, application))[0] == "RECEIVED"
    async with httpx.AsyncClient() as http:
        ward = (await http.get(f"{outside.origin}/_ward")).text
    assert all(one in ward for one in ("みどり商事株式会社", "03-1234-5678", "佐藤 健")), "the ward's copy has them"
    mine = await parts(hana)
    assert mine["employment"]["written"][4] == {"label": {"ja": "記載者の電話番号"}, "value": {"ja": "03-1234-5678"}}
    assert [mine[one]["code"] for one in mine] == [None, None], "no link opens anything any more"
    assert {"みどり商事が記入しました：就労証明書", "健さんが記入しました：もう1人の保護者の同意"} <= set(
        await titles(hana)
    )
    looks = [one for one in await readings(hana) if one["who"] and "みどり商事" in one["who"]["ja"]]
    assert looks
    assert all("ご本人からの依頼" in one["basis"]["ja"] for one in looks)
    async with town.house.db.house() as conn:
        rows = (await conn.execute(text("SELECT asked, written FROM asked_parts"))).all()
    assert all("みどり".encode() not in bytes(cell) for row in rows for cell in row)


async def test_declined_run_out_renewed_taken_back_and_sent_without(town: Town) -> None:
    hana, ken, nobody = await town.resident("hana"), await town.resident("ken"), Person(town.browser())
    step, answers = await wants_a_place(hana)
    for to, days, field in (
        ("", 14, "to"),
        (f"{NUMBER}", 14, "to"),
        ("a" * 61, 14, "to"),
        ("会社", 61, "endsOn"),
        ("会社", 0, "endsOn"),
    ):
        assert [one["field"] for one in (await asks(town, hana, step["id"], "employment", to, days))["fields"]] == [
            field
        ]
    own = "nursery_certification"
    for other in ("child_allowance_change", "x" * 500, f"{own}'--", f"{own}:{NUMBER}", f"{own}:a\0b", f"{own}:<b>"):
        assert (await asks(town, hana, other, "employment", "会社"))["__typename"] == "NotFound"
    employer = await asks(town, hana, step["id"], "employment", "みどり商事", 2)
    spouse = await asks(town, hana, step["id"], "other_parent", "健さん", 20)
    await hana.sends(step, answers)
    application = (await parts(hana))["employment"]["application"]
    for reason in ("", "あ" * 201, f"番号 {NUMBER}"):
        assert (await does(nobody, DECLINE, code=spouse["code"], reason=reason))["__typename"] == "FieldsRefused"
    assert (await does(nobody, DECLINE, code=spouse["code"], reason="話し合いが必要です"))["__typename"] == "Task"
    assert (await does(nobody, DECLINE, code=spouse["code"], reason="もう一度"))["__typename"] == "NotFound"
    await coming_round.come_round(town.house)
    await coming_round.come_round(town.house)
    assert (await titles(hana)).count("まだ記入されていません：就労証明書") == 1
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE asked_parts SET ends_on = '2020-01-01' WHERE part = 'employment'"))
    assert (await does(nobody, TASK, code=employer["code"]))["__typename"] == "NotFound", "also before the job has run"
    await coming_round.come_round(town.house)
    mine = await parts(hana)
    assert [mine[one]["state"] for one in ("employment", "other_parent")] == ["EXPIRED", "DECLINED"]
    assert mine["other_parent"]["reason"] == "話し合いが必要です"
    assert {"期限が過ぎました：就労証明書", "健さんが断りました：もう1人の保護者の同意"} <= set(await titles(hana))
    assert (await state_of(hana, application))[0] == "WAITING", "she chooses, nobody for her"
    later = str(town.house.today() + timedelta(days=10))
    for call in (
        (RENEW, {"id": employer["id"], "on": later}),
        (TAKE_BACK, {"id": employer["id"]}),
        (WITHOUT, {"id": application}),
    ):
        assert (await does(ken, call[0], **call[1]))["__typename"] == "NotFound", "another resident"
        assert (await does(nobody, call[0], **call[1]))["__typename"] == "SignInNeeded"
    assert (await ken.asks(PARTS))["viewer"]["parts"] == []
    renewed = await does(hana, RENEW, id=employer["id"], on=later)
    assert renewed["state"] == "ASKED"
    assert renewed["code"] != employer["code"]
    assert (await does(nobody, TASK, code=employer["code"]))["__typename"] == "NotFound"
    assert (await does(nobody, TASK, code=renewed["code"]))["__typename"] == "Task"
    back = await does(hana, TAKE_BACK, id=spouse["id"])
    assert (back["state"], (await state_of(hana, application))[0]) == ("TAKEN_BACK", "WAITING")
    assert (await does(hana, WITHOUT, id=application))["state"] == "QUEUED"
    assert (await does(nobody, DO, code=renewed["code"], answers=EMPLOYER))["__typename"] == "NotFound"
    assert (await does(hana, WITHOUT, id=application))["__typename"] == "StepClosed"
    assert (await asks(town, hana, step["id"], "employment", "会社"))["__typename"] == "StepClosed"
    await town.promises_are_kept()
    assert (await state_of(hana, application))[0] == "RECEIVED"


def test_no_paper_has_room_for_what_goes_elsewhere() -> None:
    """A doctor writes nothing medical here, nobody a 個人番号, and every entry has its name in three languages."""
    doctor = papers()["doctor_acknowledgement"]
    about = {
        "employment_certificate": "worker",
        "doctor_acknowledgement": "patient",
        "care_manager_acceptance": "client",
    }
    for paper, field in about.items():
        assert next(one for one in papers()[paper].fields if one.id == field).required, "whoever asked, it says of whom"
    assert {one.kind for one in doctor.fields} <= {"text", "phone", "date", "choice"}
    assert all(one.longest <= 80 for one in doctor.fields), "no room for a report"
    labels = [one.label for paper in papers().values() for one in paper.fields]
    assert all(isinstance(one, Text) and one.ja and one.easy and one.en for one in labels)
    assert not any("個人番号" in one.ja or "マイナンバー" in one.ja for one in labels)
