"""One acts for another: invited by name, seen as little as the mandate says, always told, ended with one tap."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from bff.administration import stages
from bff.applications import store
from bff.applications.application import ANSWERS
from bff.family import ending, people
from bff.family.tables import household_people
from bff.identity.residents import resident_of
from tests.family.people import (
    ACCEPT,
    DECLINE,
    END,
    FORM,
    INVITE,
    KAZUKO,
    LOOK,
    SEND,
    TASK,
    does,
    family_of,
    given,
    readings,
    wish,
)
from tests.graphql.test_applications import whole
from tests.graphql.test_consents import decides
from tests.town import Person, Town

STEP = f"care_certification:{KAZUKO}"


def filled(form: dict[str, Any]) -> dict[str, Any]:
    return whole({"form": form})


async def sends(taker: Person, mandate: str, **changes: Any) -> dict[str, Any]:
    open_ = await does(taker, FORM, mandate=mandate, step=STEP)
    answers = filled(open_["form"]) if "form" in open_ else {}
    wanted = {
        "id": str(uuid4()),
        "procedure": "care_certification",
        "version": open_["form"]["version"] if "form" in open_ else "x",
        "subject": KAZUKO,
        "answers": answers,
        "completedAt": "2026-01-01T00:00:00Z",
        **changes,
    }
    return await does(taker, SEND, onBehalf=mandate, input=wanted)


async def test_hanas_care_manager_sends_kazukos_application_and_everything_says_so(town: Town) -> None:
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    await hana.fills_home()
    await hana.answers("care_worry", True)
    mandate = await given(town, hana, morimoto, "care_manager")
    seen = await does(morimoto, LOOK, mandate=mandate)
    assert seen["__typename"] == "Represented", seen
    assert (seen["name"], seen["giver"]) == ("佐藤 和子", "佐藤 はな")
    assert all(one["id"].endswith(f":{KAZUKO}") for one in seen["steps"])
    assert [one["canSend"] for one in seen["steps"] if one["id"] == STEP] == [True]
    form = await does(morimoto, FORM, mandate=mandate, step=STEP)
    assert "芝浦" not in str(form)
    assert "住所" in [one["ja"] for one in form["withheld"]]
    sent = await sends(morimoto, mandate)
    assert sent["__typename"] == "SentOnBehalf", sent
    await town.promises_are_kept()
    data = await hana.asks(
        "{ viewer { applications { nodes { id actedBy { name kind { ja } } } }"
        " inbox { nodes { title { ja } about } } } }"
    )
    assert data["viewer"]["applications"]["nodes"][0]["actedBy"] == {
        "name": "森本 恵",
        "kind": {"ja": "ケアマネジャー"},
    }
    titles = [one["title"]["ja"] for one in data["viewer"]["inbox"]["nodes"]]
    assert any(title.startswith("代理で：森本 恵さんが") for title in titles), titles
    looked = await readings(hana)
    assert len(looked) >= 4
    said = {one["outcome"]["ja"] for one in looked}
    assert said == {"閲覧しました。", "代わりに行うことを認めました。結果は申請の状況に出ます。"}
    assert {(one["who"]["ja"], one["case"]) for one in looked} == {("森本 恵（ケアマネジャー）", None)}
    carried = await hana.asks('{ viewer { readings(source: "counter") { nodes { who { ja } } } } }')
    assert {one["who"]["ja"] for one in carried["viewer"]["readings"]["nodes"]} == {"くらしまど（自動処理）"}
    assert {one["basis"]["ja"] for one in looked} == {"ご本人からの委任（民法99条・643条）"}
    assert await morimoto.asks("{ viewer { applications { nodes { id } } } }") == {
        "viewer": {"applications": {"nodes": []}}
    }


async def test_without_her_yes_to_filling_in_nothing_of_hers_goes_with_what_another_sends(town: Town) -> None:
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    await hana.fills_home()
    await hana.answers("care_worry", True)
    mandate = await given(town, hana, morimoto, "care_manager")
    await decides(hana, [], [f"{source}:prefill" for source in ("registry", "care", "national", "school")])
    form = await does(morimoto, FORM, mandate=mandate, step=STEP)
    assert form["withheld"] == []
    sent = await sends(morimoto, mandate)
    assert sent["__typename"] == "SentOnBehalf", sent
    async with town.house.db.house() as conn:
        kept = await store.whose(conn, UUID(sent["id"]))
        assert kept is not None
        whose = await resident_of(conn, kept[0].resident, town.house.keys)
    assert whose is not None
    assert "芝浦" not in whose.key.open(ANSWERS, kept[1]).decode()


async def test_the_wards_copy_names_who_sent_it_and_as_what(town: Town, outside: Any) -> None:
    import httpx

    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    await hana.fills_home()
    await hana.answers("care_worry", True)
    sent = await sends(morimoto, await given(town, hana, morimoto, "care_manager"))
    await town.promises_are_kept()
    async with httpx.AsyncClient(base_url=outside.origin, headers={"Accept": "application/json"}) as http:
        rows = (await http.get("/_ward")).json()
    ours = next(row for row in rows if row["receipt_number"] == sent["receiptNumber"])
    assert ours["on_behalf"] == {"name": "森本 恵", "kind": "ケアマネジャー"}


async def test_either_side_ends_it_at_once_and_nothing_is_seen_any_more(town: Town) -> None:
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    await hana.fills_home()
    for side in (hana, morimoto):
        mandate = await given(town, hana, morimoto, "care_manager")
        ended = await does(side, END, id=mandate)
        assert ended["state"] == "REVOKED"
        assert (await does(morimoto, LOOK, mandate=mandate))["__typename"] == "Denied"
        assert (await sends(morimoto, mandate))["__typename"] == "Denied"
    assert [one["state"] for one in (await family_of(hana))["actedForBy"]] == ["REVOKED", "REVOKED"]
    refused = [one for one in await readings(hana) if one["outcome"]["ja"] != "回答を受け取りました。"]
    assert len(refused) >= 2


async def test_in_the_days_before_an_account_is_erased_nobody_acts_in_it(town: Town) -> None:
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    await hana.fills_home()
    await hana.answers("care_worry", True)
    mandate = await given(town, hana, morimoto, "care_manager")
    open_ = (await does(hana, INVITE, input=wish(town, "care_manager")))["code"]
    paper = (await does(hana, INVITE, input=wish(town, "employer")))["code"]
    form = (await does(morimoto, FORM, mandate=mandate, step=STEP))["form"]
    erased = await does(hana, 'mutation { it: deleteAccount(typed: "削除") { __typename } }')
    assert erased["__typename"] == "AccountErasing"
    tried = [
        await does(morimoto, LOOK, mandate=mandate),
        await does(morimoto, FORM, mandate=mandate, step=STEP),
        await sends(morimoto, mandate, version=form["version"], answers=filled(form)),
        await does(morimoto, ACCEPT, code=open_),
    ]
    told = "この方のアカウントは、まもなく削除される予定です。その間は、代理で見ることも提出することもできません。"
    assert [(one["__typename"], one["message"]["ja"]) for one in tried] == [("Denied", told)] * 4
    assert (await does(morimoto, TASK, code=paper))["__typename"] == "NotFound"
    hana = await town.resident("hana")
    assert (await does(morimoto, LOOK, mandate=mandate))["__typename"] == "Represented", "she came back"
    assert sum(one["outcome"]["ja"] == "閲覧しようとしましたが、拒否しました。" for one in await readings(hana)) == 4


async def test_another_adult_is_entrusted_only_with_the_word_that_she_agrees(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await hana.fills_home()
    stated = "SELECT who FROM login_log WHERE outcome = 'agreement_stated'"
    for kind in ("care_manager", "relative_abroad"):
        refused = await does(hana, INVITE, input=wish(town, kind, personAgrees=False))
        assert refused["fields"] == [{"field": "personAgrees", "code": "not_agreed"}]
    as_kazuko = people.digest_of(town.house.person_secret, "131032", KAZUKO)
    kens, hanas = [(await one.asks("{ viewer { id } }"))["viewer"]["id"] for one in (ken, hana)]
    async with town.house.db.house() as conn:
        assert list(await conn.scalars(text(stated))) == []
        await conn.execute(insert(household_people).values(resident=kens, digest=as_kazuko, tie="self"))
    titles = "{ viewer { inbox { nodes { title { ja } } } } }"
    for like, changes in (("care_manager", {"person": None}), ("grandparent", {}), ("care_manager", {})):
        invited = await does(hana, INVITE, input=wish(town, like, **changes))
        assert invited["__typename"] == "Invited", (like, changes, invited)
    async with town.house.db.house() as conn:
        assert [str(one) for one in await conn.scalars(text(stated))] == [hanas], (
            "of herself and a child nobody is asked"
        )
    told = [one["title"]["ja"] for one in (await ken.asks(titles))["viewer"]["inbox"]["nodes"]]
    assert told == ["佐藤 はなさんが、あなたの手続きの代理を依頼しました"], "who has an account of his own is told"
    await _is_ended_by_whom_it_is_about(town, hana, ken)


async def _is_ended_by_whom_it_is_about(town: Town, hana: Person, ken: Person) -> None:
    """Ken stands for Kazuko with an account of her own: she sees what was given about her, and one tap ends it."""
    morimoto, kenta = await town.resident("morimoto"), await town.resident("kenta")
    mandate = await given(town, hana, morimoto, "care_manager")
    about = {one["id"]: one for one in (await family_of(ken))["aboutMe"]}
    assert len(about) == 2, "not the one about Hana herself, nor the child's"
    seen = about[mandate]
    assert (seen["other"], seen["givenBy"], seen["about"]) == ("森本 恵", "佐藤 はな", "鈴木 健")
    assert (seen["state"], seen["forMe"], seen["mayEnd"], seen["written"]) == ("ACCEPTED", True, True, [])
    assert (await family_of(kenta))["aboutMe"] == []
    assert (await does(kenta, END, id=mandate))["__typename"] == "NotFound"
    assert (await does(ken, LOOK, mandate=mandate))["__typename"] == "NotFound", "to see it is not to act"
    ended = await does(ken, END, id=mandate)
    assert (ended["state"], ended["givenBy"]) == ("REVOKED", "佐藤 はな")
    assert (await does(ken, END, id=mandate))["state"] == "REVOKED", "twice is once"
    assert (await does(morimoto, LOOK, mandate=mandate))["__typename"] == "Denied"
    titles = "{ viewer { inbox { nodes { title { ja } } } } }"
    for one, who in ((hana, "森本 恵"), (morimoto, "佐藤 はな")):
        inbox = [note["title"]["ja"] for note in (await one.asks(titles))["viewer"]["inbox"]["nodes"]]
        assert inbox.count(f"鈴木 健さんが代理を終了しました：{who}さん") == 1, inbox
    async with town.house.db.house() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM login_log WHERE outcome = 'agreement_denied'")) == 1
        await conn.execute(text("UPDATE mandates SET kind = 'legal_guardian' WHERE state = 'offered'"))
        await conn.execute(text("UPDATE mandates SET about = NULL WHERE id = :id"), {"id": mandate})
    left = next(one for one in about if one != mandate)
    assert [one["mayEnd"] for one in (await family_of(ken))["aboutMe"]] == [False]
    assert (await does(ken, END, id=left))["__typename"] == "Denied", "what a ward confirmed is not hers to end"
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE mandates SET kind = 'care_manager', about = NULL WHERE id = :id"), {"id": left})
    assert (await family_of(ken))["aboutMe"] == []
    await ending.come_round(town.house)
    assert [one["id"] for one in (await family_of(ken))["aboutMe"]] == [left], "those from before are found as well"


async def test_a_code_serves_once_and_only_the_one_whose_name_is_on_it(town: Town) -> None:
    hana, ken, morimoto = [await town.resident(one) for one in ("hana", "ken", "morimoto")]
    await hana.fills_home()
    code = (await does(hana, INVITE, input=wish(town, "care_manager")))["code"]
    assert (await does(hana, ACCEPT, code=code))["message"]["ja"].startswith("ご自身が作成した招待")
    strange = await does(ken, ACCEPT, code=code)
    assert strange["__typename"] == "Denied"
    assert "佐藤" not in str(strange)
    assert (await does(morimoto, ACCEPT, code=code.upper().replace("-", " ")))["__typename"] == "Mandate"
    assert (await does(morimoto, ACCEPT, code=code))["__typename"] == "NotFound"
    code = (await does(hana, INVITE, input=wish(town, "care_manager")))["code"]
    for _ in range(3):
        await does(ken, ACCEPT, code=code)
    assert (await does(morimoto, ACCEPT, code=code))["__typename"] == "NotFound"
    async with town.house.db.house() as conn:
        tried = list(await conn.scalars(text("SELECT outcome FROM login_log WHERE outcome LIKE 'invit%' ORDER BY id")))
        assert await conn.scalar(text("SELECT count(*) FROM login_log WHERE detail IS NOT NULL")) == 0, (
            "no code is in it"
        )
    another = "invitation_of_another"
    assert tried == ["invitation_own", another, "invitation_unknown", another, another, another, "invitation_unknown"]
    code = (await does(hana, INVITE, input=wish(town, "care_manager")))["code"]
    assert (await does(morimoto, DECLINE, code=code))["state"] == "REFUSED"
    assert (await does(morimoto, ACCEPT, code=code))["__typename"] == "NotFound"


async def test_for_whom_lives_in_a_ward_that_has_not_begun_nothing_is_sent(town: Town) -> None:
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    await hana.fills_home()
    mandate = await given(town, hana, morimoto, "care_manager")
    shut: dict[str, Any] = {"by_name": "森", "agreed_by_name": "林", "now": town.house.clock()}
    async with town.house.db.house() as conn:
        assert await stages.turn(conn, "131032", "preparing", before="live", **shut)
    town.house.shelf.forget()
    refused = await sends(morimoto, mandate)
    assert (refused["__typename"], refused["message"]["ja"]) == ("StepClosed", "この区では、まだ始まっていません。")
