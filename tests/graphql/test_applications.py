"""An application: sent once, delivered by a promise, followed until the ward decides."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.town import Outside, Person, Town

APPLICATIONS = (
    "{ viewer { applications { nodes { id receiptNumber wardNumber state stateText { ja }"
    " history { state note } } } inbox { nodes { id kind title { ja } about openedAt } } unread } }"
)

SENT = "query($id: ID!) { viewer { application(id: $id) { answers { values masked } } } }"


async def newborn(person: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    """The step that raises the child allowance, and a whole set of answers, prefilled ones kept as they are."""
    await person.fills_home()
    step = await person.step("child_allowance_change")
    return step, whole(step)


ADDRESS_THERE = "東京都世田谷区世田谷4-21-27"


def whole(step: dict[str, Any]) -> dict[str, Any]:
    """Answers to every required field that is shown: what is known, else something a person would write."""
    fields = [field for section in step["form"]["sections"] for field in section["fields"]]
    answers: dict[str, Any] = {field["id"]: field["prefill"]["value"] for field in fields if field["prefill"]}
    for field in fields:
        hidden = field["showIf"] and answers.get(field["showIf"]["field"]) != field["showIf"]["equals"]
        if field["id"] not in answers and field["required"] and not hidden:
            answers[field["id"]] = (
                ADDRESS_THERE
                if field["id"] == "new_address"
                else written(field, step["form"]["schema"]["properties"][field["id"]])
            )
    return answers


def written(field: dict[str, Any], rule: dict[str, Any]) -> Any:
    choices = [choice["value"] for choice in field["choices"]]
    return {
        "TEXT": "あおば商店",
        "LONG_TEXT": "とくにありません",
        "KANA": "アオバ",
        "PHONE": "0312345678",
        "POSTAL_CODE": "1050014",
        "NUMBER": "0001234567"[: field["maxLength"] or 10],
        "YES_NO": True,
        "AGREEMENT": True,
        "DATE": _open_day(field["minDate"] or field["maxDate"], rule.get("not", {}).get("enum", [])),
        "CHOICE": choices[:1] and choices[0],
        "MANY_CHOICE": choices,
    }[field["kind"]]


def _open_day(first: str | None, closed: list[str]) -> str | None:
    day = first
    while day is not None and day in closed:
        day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return day


async def test_hana_sends_her_claim_once_and_gets_a_receipt_number(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    assert sent["__typename"] == "Application", sent
    assert sent["state"] == "QUEUED"
    assert sent["receiptNumber"].startswith("KM-131032-")
    assert (await hana.step("child_allowance_change"))["state"] == "SENT"


async def test_the_phone_that_never_heard_the_answer_asks_again_and_nothing_is_sent_twice(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    same = str(uuid4())
    results = await asyncio.gather(*(hana.sends(step, answers, id=same) for _ in range(5)))
    results.append(await hana.sends(step, answers, id=same))
    assert {result["__typename"] for result in results} == {"Application"}
    assert len({result["receiptNumber"] for result in results}) == 1
    again = await hana.sends(step, answers)
    assert again["__typename"] == "StepClosed"


async def test_the_claim_reaches_the_ward_and_its_state_moves_until_it_is_decided(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    viewer = (await hana.asks(APPLICATIONS))["viewer"]
    (sent,) = viewer["applications"]["nodes"]
    assert sent["state"] == "RECEIVED"
    assert sent["wardNumber"].startswith("131032-")
    await outside.ward_moves(sent["wardNumber"], "checking")
    await town.promises_are_kept()
    await outside.ward_moves(sent["wardNumber"], "decided", "認定しました")
    await town.promises_are_kept()
    viewer = (await hana.asks(APPLICATIONS))["viewer"]
    (sent,) = viewer["applications"]["nodes"]
    assert [line["state"] for line in sent["history"]] == ["QUEUED", "RECEIVED", "CHECKING", "DECIDED"]
    assert sent["history"][-1]["note"] == "認定しました"
    notices = viewer["inbox"]["nodes"]
    assert [notice["kind"] for notice in notices] == ["STATUS"] * 4
    abouts = sorted(notice["about"] for notice in notices)
    assert abouts == [f"/applications/{sent['id']}"] * 3 + ["/documents"], "and what the ward issued upon it"
    assert viewer["unread"] == 4


async def test_what_the_ward_has_decided_is_not_asked_of_hana_again(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    await outside.ward_moves(sent["wardNumber"], "decided")
    await town.promises_are_kept()
    await hana.fills_home()
    done = await hana.step("child_allowance_change:m-1004")
    assert (done["state"], done["form"]) == ("DONE", None)
    assert done["application"]["state"] == "DECIDED"
    assert (done["due"], done["daysLeft"]) == (None, None)
    assert "決定済み" in done["because"]["ja"]
    assert (await hana.sends(step, answers))["__typename"] == "StepClosed"


async def test_another_move_opens_the_step_that_was_decided(town: Town, outside: Outside) -> None:
    hana = await moves_out_with_the_wards_word(town, outside)
    await moves_on(hana, town, 25, to="131041")
    again = await hana.step("move_out_notice")
    assert again["state"] == "DUE"
    assert again["form"]


async def test_what_has_nothing_to_do_with_the_decided_step_leaves_it_decided(town: Town, outside: Outside) -> None:
    hana = await moves_out_with_the_wards_word(town, outside)
    await hana.answers("care_worry", False)
    await moves_on(hana, town, 25)
    assert (await hana.step("move_out_notice"))["state"] == "DONE", "put off by five days it is the same move"


async def test_a_move_she_plans_opens_no_claim_that_was_decided(town: Town, outside: Outside) -> None:
    """The rule listens to moves, since an arrival sets a term going; one to come changes nothing of it."""
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    await outside.ward_moves(sent["wardNumber"], "decided", "認定しました")
    await town.promises_are_kept()
    assert (await hana.step(step["id"]))["state"] == "DONE"
    await moves_on(hana, town, 14)
    claim = await hana.step(step["id"])
    assert (claim["state"], claim["due"], claim["form"]) == ("DONE", None, None)
    await hana.answers("moving", False)
    assert (await hana.step(step["id"]))["state"] == "DONE"


async def test_an_application_sent_back_is_followed_on_and_may_be_sent_anew(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    for note in ("口座を確かめてください", "口座と電話を確かめてください"):
        await outside.ward_moves(sent["wardNumber"], "sent_back", note, "claimant_phone")
        await town.promises_are_kept()
    back = "{ viewer { applications { nodes { standing { returned { field label { ja } why { ja en } } } } } } }"
    (returned,) = (await hana.asks(back))["viewer"]["applications"]["nodes"][0]["standing"]["returned"]
    assert (returned["field"], returned["why"]["ja"]) == ("claimant_phone", note), "the ward's own counter names it"
    assert returned["why"]["en"] == f"The ward wrote, in Japanese: {note}"
    assert (await hana.step("child_allowance_change:m-1004"))["form"]
    other_phone, ken = await town.resident("hana"), await town.resident("ken")
    held = await other_phone.asks(SENT, id=sent["id"])
    assert held["viewer"]["application"]["answers"] == {"values": answers, "masked": False}
    assert (await ken.asks(SENT, id=sent["id"]))["viewer"]["application"] is None
    await outside.ward_moves(sent["wardNumber"], "decided", "認定しました")
    await town.promises_are_kept()
    assert (await other_phone.asks(SENT, id=sent["id"]))["viewer"]["application"]["answers"] is None
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    told = [(line["state"], line["note"]) for line in sent["history"]]
    assert told[2:] == [
        ("SENT_BACK", "口座を確かめてください"),
        ("SENT_BACK", "口座と電話を確かめてください"),
        ("DECIDED", "認定しました"),
    ]


async def test_a_wards_note_with_an_individual_number_is_not_shown_and_not_stored(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    await outside.ward_moves(sent["wardNumber"], "rejected", "個人番号 123456789018 の方")
    await town.promises_are_kept()
    assert "123456789018" not in str(await hana.asks(APPLICATIONS))
    async with town.house.db.house() as conn:
        for table in ("application_events", "notices"):
            rows = await conn.exec_driver_sql(f"SELECT * FROM {table}")
            assert all("123456789018" not in str(row) for row in rows), table


async def moves_out_with_the_wards_word(town: Town, outside: Outside) -> Person:
    hana = await town.resident("hana")
    await hana.fills_home()
    await moves_on(hana, town, 20)
    step = await hana.step("move_out_notice")
    await hana.sends(step, whole(step))
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    await outside.ward_moves(sent["wardNumber"], "decided")
    await town.promises_are_kept()
    assert (await hana.step("move_out_notice"))["state"] == "DONE"
    return hana


async def moves_on(person: Person, town: Town, days: int, to: str = "131121") -> None:
    moving = str(town.house.today() + timedelta(days=days))
    for fact, value in (("moving", True), ("move_date", moving), ("move_to", to)):
        assert (await person.answers(fact, value))["__typename"] == "Home"


async def test_a_silent_counter_loses_nothing_and_gets_the_claim_later(town: Town, outside: Outside) -> None:
    await outside.mode("counter", "error")
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    assert sent["state"] == "QUEUED"
    await outside.mode("counter", "ok")
    await town.time_passes_for_jobs()
    await town.promises_are_kept()
    (sent,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    assert sent["state"] == "RECEIVED"


async def test_a_move_and_a_care_certification_are_sent_too(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await moves_on(hana, town, 20)
    await hana.answers("care_worry", True)
    for start in ("move_out_notice", "care_certification"):
        step = await hana.step(start)
        sent = await hana.sends(step, whole(step))
        assert sent["__typename"] == "Application", (start, sent)


async def test_a_claim_filled_in_on_an_older_form_is_shown_todays(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    refused = await hana.sends(step, answers, version="older")
    assert refused == {"__typename": "FormChanged", "form": {"version": step["form"]["version"]}}
    assert (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"] == []


async def test_a_telephone_number_hana_sent_once_stands_in_her_next_form_with_its_source(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await moves_on(hana, town, 20)
    before = await hana.step("move_out_notice")
    phones = [id for id, field in fields_of(step).items() if field["term"] == "me.phone"]
    contact = next(id for id, field in fields_of(before).items() if field["term"] == "me.phone")
    assert fields_of(before)[contact]["prefill"] is None
    await hana.sends(step, answers | {phones[0]: "090-1234-5678"})
    told = fields_of(await hana.step("move_out_notice"))[contact]["prefill"]
    assert (told["value"], told["source"]) == ("090-1234-5678", "entered")
    assert told["writtenFor"]["ja"] == "児童手当の額の変更"
    assert told["asOf"]
    ken = await town.resident("ken")
    await ken.fills_home()
    await moves_on(ken, town, 20, to="131032")
    assert fields_of(await ken.step("move_out_notice"))[contact]["prefill"] is None


def fields_of(step: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["id"]: field for section in step["form"]["sections"] for field in section["fields"]}
