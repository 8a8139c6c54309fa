"""Who looked at my data? From the entry a question goes to the ward, and its answer comes back; every look is noted."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from tests.graphql.test_applications import newborn
from tests.house.test_flows import moving_out, passes_on
from tests.staff.desk import Official
from tests.town import Person, Town

READING = (
    "id kind source isRefused case who { ja en } sourceName { ja } purpose { ja } basis { ja }"
    " question { id kind text answer answeredAt office ward { code } due }"
)
READINGS = (
    "query($after: String, $kind: ReadingKind, $source: ID, $refused: Boolean! = false, $first: Int! = 30) { viewer {"
    " readings(first: $first, after: $after, kind: $kind, source: $source, refused: $refused) {"
    f" nodes {{ {READING} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
)
ASK = (
    "mutation($reading: ID!, $kind: LedgerQuestionKind!, $text: String!) {"
    " askAboutReading(reading: $reading, kind: $kind, text: $text) { __typename"
    f" ... on Reading {{ {READING} }} ... on FieldsRefused {{ message {{ ja }} fields {{ field code }} }} }} }}"
)
INBOX = "{ viewer { inbox { nodes { title { ja } body { ja } about sender { ja } } } } }"
WHY = "世帯の記録をなぜ照会したのか教えてください。"


async def readings(person: Person, **only: Any) -> list[dict[str, Any]]:
    return list((await person.asks(READINGS, **only))["viewer"]["readings"]["nodes"])


async def asks(person: Person, reading: str, words: str = WHY, kind: str = "QUESTION") -> dict[str, Any]:
    return dict((await person.asks(ASK, reading=reading, kind=kind, text=words))["askAboutReading"])


async def notices(person: Person) -> list[dict[str, Any]]:
    return list((await person.asks(INBOX))["viewer"]["inbox"]["nodes"])


async def test_she_asks_the_ward_answers_and_each_look_at_her_words_stands_in_her_list(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    entry = next(one for one in await readings(hana) if one["source"] == "registry")
    assert (entry["kind"], entry["case"]) == ("ASKED", None)
    assert entry["who"]["ja"] == "くらしまど（ご本人の操作による照会）"
    asked = (await asks(hana, entry["id"]))["question"]
    assert (asked["text"], asked["answer"], asked["ward"]["code"]) == (WHY, None, "131032")
    again = await asks(hana, entry["id"])
    assert again["fields"] == [{"field": "reading", "code": "asked_already"}]

    case_worker = Official(await town.official("staff-minato-caseworker"))
    queue = await case_worker.opens("/staff/questions")
    assert "質問：" in queue.text
    assert WHY not in queue.html
    page = re.findall(r'href="(/staff/questions/[0-9a-f-]+)"', queue.html)[0]
    assert WHY not in (await case_worker.opens(page)).html, "closed until a reason is named"
    without = await case_worker.sends(f"{page}/open", {"reason": " "})
    assert (without.status, WHY in without.html) == (422, False)
    opened = await case_worker.sends(f"{page}/open", {"reason": "質問対応 2026-11"})
    assert opened.at("body") == WHY
    empty = await case_worker.sends(f"{page}/answer", {"reason": "質問対応 2026-11", "answer": ""})
    assert (empty.status, "回答を入力してください。" in empty.text) == (422, True)
    sent = await case_worker.sends(
        f"{page}/answer", {"reason": "質問対応 2026-11", "answer": "ホームの更新のためです。"}
    )
    assert (sent.status, sent.goes_to) == (303, "/staff/questions?done=answered")
    late = await case_worker.sends(f"{page}/answer", {"reason": "質問対応 2026-11", "answer": "二度目"})
    assert late.goes_to == "/staff/questions?done=answered_before"

    told = next(one for one in await readings(hana, source="registry"))["question"]
    assert told["answer"] == "ホームの更新のためです。"
    assert told["office"].startswith("港区")
    (notice,) = await notices(hana)
    assert (notice["title"]["ja"], notice["about"]) == ("ご質問・異議への回答が届きました", "/readings")
    looked = await readings(hana, kind="LOOKED")
    assert {one["case"] for one in looked} == {"質問対応 2026-11"}
    assert looked[0]["who"]["ja"].startswith("港区")
    assert "個別の手続きの担当" in looked[0]["who"]["ja"]
    assert looked[0]["sourceName"]["ja"] == "お寄せいただいた質問・異議の内容"


async def test_who_may_not_read_it_is_refused_and_she_sees_the_attempt(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await asks(hana, (await readings(hana))[0]["id"])
    auditor = Official(await town.official("staff-minato-auditor"))
    page = re.findall(r'href="(/staff/questions/[0-9a-f-]+)"', (await auditor.opens("/staff/questions")).html)[0]
    writer = Official(await town.official("staff-minato-writer"))
    assert (await writer.opens("/staff/questions")).status == 403
    for answer in (await writer.opens(page), await writer.sends(f"{page}/open", {"reason": "x"})):
        assert (answer.status, WHY in answer.html) == (403, False)
    elsewhere = Official(await town.official("staff-setagaya-caseworker"))
    assert (await elsewhere.opens(page)).status == 404
    assert (await elsewhere.sends(f"{page}/open", {"reason": "x"})).status == 404
    assert "質問・異議はありません" in (await elsewhere.opens("/staff/questions")).text
    refused = await readings(hana, refused=True)
    assert [(one["isRefused"], one["kind"]) for one in refused] == [(True, "LOOKED")] * 2

    for denied in (await writer.opens("/staff/looks"), await writer.sends("/staff/looks", {"reason": "見たい"})):
        assert denied.status == 403
    assert (await auditor.sends("/staff/looks", {"reason": ""})).status == 422
    seen = await auditor.sends("/staff/looks", {"reason": "定期監査 11月"})
    assert seen.text.count("権限のない職員による閲覧の試み") == 2
    assert "定期監査 11月" in seen.text, "the auditor's own look is in the list"
    assert "佐藤" not in seen.html


@pytest.mark.parametrize(
    ("words", "code"),
    [("", "empty"), ("  \n", "empty"), ("あ" * 1001, "too_long"), ("番号は 123456789018 です", "individual_number")],
)
async def test_what_cannot_be_asked_is_told_why(town: Town, words: str, code: str) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    refused = await asks(hana, (await readings(hana))[0]["id"], words)
    assert [field["code"] for field in refused["fields"]] == [code]
    assert refused["message"]["ja"]


async def test_another_s_entry_cannot_be_asked_about_and_five_may_stand_open(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await hana.fills_home()
    mine = await readings(hana)
    for odd in (mine[0]["id"], "0", "x", "9" * 40):
        assert (await asks(ken, odd))["__typename"] == "NotFound"
    for entry in mine[:5]:
        assert (await asks(hana, entry["id"], kind="OBJECTION"))["question"]["kind"] == "OBJECTION"
    assert (await asks(hana, mine[5]["id"]))["fields"] == [{"field": "text", "code": "too_many"}]
    async with town.house.db.house() as conn:
        kept = (await conn.execute(text("SELECT body FROM ledger_questions"))).scalars().all()
    assert not any(WHY.encode() in bytes(body) for body in kept)
    for door in (town.house.db.ward("131121"), town.house.db.resident(UUID(int=1))):
        async with door as conn:
            assert (await conn.execute(text("SELECT count(*) FROM ledger_questions"))).scalar_one() == 0


WISH = "mutation($told: ToldOfLooks!) { tellOfLooks(told: $told) { ... on LookWish { told } } }"


async def test_who_wishes_everything_hears_once_a_day_of_what_she_did_not_begin_and_not_of_her_own_asking(
    town: Town,
) -> None:
    hana = await town.resident("hana")
    await hana.asks(WISH, told="EVERYTHING")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    assert [one for one in await notices(hana) if one["about"] == "/readings"] == [], "she asked herself"
    for _ in range(3):  # it is delivered, and the ward is asked how it stands, again and again
        await town.promises_are_kept()
        await town.time_passes_for_jobs()
    (notice,) = [one for one in await notices(hana) if one["about"] == "/readings"]
    assert notice["title"]["ja"] == "「だれが見たか」に新しい記録があります"
    assert "ご本人の操作によらない" in notice["body"]["ja"]


async def test_who_wishes_it_is_told_once_a_day_of_each_person_who_looks_and_nobody_else_is(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    assert (await hana.asks("{ viewer { toldOfLooks } }"))["viewer"]["toldOfLooks"] == "NOBODY"
    await hana.asks(WISH, told="PERSONS")
    assert (await hana.asks("{ viewer { toldOfLooks } }"))["viewer"]["toldOfLooks"] == "PERSONS"
    official = Looker("official", UUID(int=7), "131032")
    for person in (hana, ken):
        resident = UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])
        for kind in ("application", "home"):
            async with town.house.db.house() as conn:
                look = Look(resident, official, kind, "application", "application", "2026-1")
                await looks.note(conn, look, now=town.house.clock(), new_id=town.house.new_id)
    (notice,) = await notices(hana)
    assert notice["title"]["ja"] == "「だれが見たか」に新しい記録があります"
    assert notice["sender"]["ja"] == "くらしまど"
    assert await notices(ken) == []
    looked = await readings(ken, kind="LOOKED", first=1)
    assert (looked[0]["who"]["ja"], looked[0]["case"]) == ("港区の職員（職員）", "2026-1")


async def test_an_official_who_hands_her_application_on_stands_in_her_list_with_its_number(town: Town) -> None:
    hana, receipt, _ = await moving_out(town)
    await passes_on(hana, agreed=True)
    operator = Official(await town.official("staff-minato-operator"))
    begun = await operator.sends(
        "/staff/exchanges/move_handover/begin", {"key": "11111111-1111-4111-8111-111111111111", "receipt": receipt}
    )
    assert begun.status == 303, begun.text
    (looked,) = await readings(hana, kind="LOOKED")
    assert (looked["case"], looked["sourceName"]["ja"]) == (receipt, "申請の内容")
    assert looked["purpose"]["ja"] != "くらしまどのサービス提供のため"
