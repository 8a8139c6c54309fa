"""Two accounts of one person become one, by two logins within minutes, and nothing of either is lost."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from bff.connectors.ward_documents.mapping import Issued
from bff.documents import receiving
from bff.identity.residents import resident_of
from bff.signing.trying import tried
from tests.accounts.people import code_of, comes_by_code, enters, me, registers, rows, sends
from tests.bookings.booked import booked
from tests.family.people import ASK, INVITE, LOOK, does, family_of, given, wish
from tests.family.test_families import confirms
from tests.graphql.test_applications import newborn
from tests.ledger.test_question_files import asks as asks_with_files
from tests.ledger.test_question_files import sends as sends_up
from tests.ledger.test_questions import readings
from tests.links.test_links import links
from tests.login.test_passkeys import binds
from tests.signing.signer import receipt_of
from tests.staff.passkeys import authenticator
from tests.staff.test_cases import at_work, chooses, opened, settles
from tests.town import Outside, Person, Town, through_identity_provider
from tests.uploads.test_uploads import a_pdf, a_photo

HANA = {"person_name": "佐藤 はな", "born": "1990-05-02", "address": "東京都港区芝浦三丁目9番14号"}
BEGIN = "mutation { beginMerge { __typename ... on MergeBegun { token until } } }"
SIDE = "{ name knownBy applications }"
OFFER = (
    "mutation($t: String!) { offerMerge(token: $t) { __typename ... on Denied { message { ja } }"
    f" ... on MergeOffer {{ stays {SIDE} goes {SIDE} }} }} }}"
)
MERGE = "mutation($t: String!) { mergeAccounts(token: $t) { __typename ... on Denied { message { ja } } } }"


async def begins(person: Person) -> str:
    return str((await person.asks(BEGIN))["beginMerge"]["token"])


async def goes_on_by_card(town: Town, person: Person, persona: str) -> None:
    """In the same browser she logs in by the card of `persona`."""
    back = await through_identity_provider(await person.browser.get("/login/start"), persona)
    assert "state" in parse_qs(urlsplit(back).query)
    await person.browser.get(back)


async def hana_from_the_desk(town: Town) -> Person:
    """She came by a code, and is taken to be as sure as sending needs, as a ward might have it."""
    desk = await town.official("staff-minato-caseworker")
    hana = await comes_by_code(town, desk, **HANA)
    await rows(town, "UPDATE sessions SET identity = 3, authentication = 3 RETURNING 1")
    await hana.agrees_to_all()
    return hana


async def test_the_desks_account_becomes_part_of_the_cards(town: Town, outside: Outside) -> None:
    hana = await hana_from_the_desk(town)
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    assert sent["__typename"] == "Application", sent
    await town.promises_are_kept()
    booking = await booked(town, hana)
    was, token = await me(hana), await begins(hana)
    await goes_on_by_card(town, hana, "hana")
    stays = await me(hana)
    assert stays != was
    offer = (await hana.asks(OFFER, t=token))["offerMerge"]
    assert offer["stays"] == {"name": "佐藤 はな", "knownBy": "CARD", "applications": 0}
    assert offer["goes"] == {"name": "佐藤 はな", "knownBy": "DESK", "applications": 1}
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Account"
    assert await me(hana) == stays
    shown: Any = (await hana.asks("{ viewer { applications { nodes { id state } } readings { nodes { id } } } }"))[
        "viewer"
    ]
    assert [one["id"] for one in shown["applications"]["nodes"]] == [sent["id"]]
    hers = (await hana.asks("{ viewer { bookings { id forWhom } } }"))["viewer"]["bookings"]
    assert hers == [{"id": booking["booking"], "forWhom": "佐藤 はな"}]
    assert shown["readings"]["nodes"], "what was read of the account that went is hers to see"
    assert await rows(town, "SELECT 1 FROM residents WHERE id = :id", id=was) == []
    kept = await hana.asks('{ viewer { home { answeredAt } application(id: "' + sent["id"] + '") { state } } }')
    assert kept["viewer"]["application"]["state"] == "RECEIVED"
    (row,) = await rows(town, "SELECT ward_number FROM applications")
    await outside.ward_moves(row.ward_number, "checking")
    await town.time_passes_for_jobs()
    await town.promises_are_kept()
    assert (await rows(town, "SELECT state FROM applications"))[0].state == "checking", "the ward knows her as before"


async def test_what_lay_under_the_old_key_opens_under_the_new_and_what_was_bound_to_the_old_proof_is_over(
    town: Town,
) -> None:
    hana, ken = await hana_from_the_desk(town), await town.resident("ken")
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    _, packed = await receipt_of(town, hana, sent["id"])
    spare, bound = await sends_up(hana, a_photo()), await sends_up(hana, a_pdf())
    entry = (await readings(hana))[0]["id"]
    question = (await asks_with_files(hana, entry, bound))["question"]
    bound = question["files"][0]["id"]
    await binds(hana.browser, authenticator())
    await links(hana, "machi-message", "hana")
    was = await me(hana)
    held = await given(town, ken, hana, "relative_abroad", to="佐藤 はな", person=None)
    mine = (await does(hana, INVITE, input=wish(town, "care_manager")))["mandate"]["id"]
    by_ward = await _confirmed_by_the_ward(town, hana)
    counts = {table: await count(town, table, was) for table in ("passkeys", "linked_ids", "uploads")}
    assert counts == {"passkeys": 1, "linked_ids": 1, "uploads": 2}
    token = await begins(hana)
    await goes_on_by_card(town, hana, "hana")
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Account"
    _, moved = await receipt_of(town, hana, sent["id"])
    assert moved == packed, "the same sealed file, to the bit"
    assert tried(moved, town.house.signing.trust, town.house.clock()).stamped_at is not None
    photo, paper = [await hana.browser.get(f"/uploads/{one}") for one in (spare, bound)]
    assert (photo.status_code, photo.content[:3], paper.content) == (200, b"\xff\xd8\xff", a_pdf())
    asked = [one["question"] for one in await readings(hana) if one["question"]]
    assert [one["text"] for one in asked] == ["紙の写しをつけます。"]
    stays = await me(hana)
    over = {table: await count(town, table, stays) for table in ("passkeys", "linked_ids", "uploads")}
    assert over == {"passkeys": 0, "linked_ids": 0, "uploads": 2}
    (given_up,) = await rows(town, "SELECT state, ended_by, represented::text FROM mandates WHERE id = :id", id=mine)
    assert tuple(given_up) == ("ended", "merged", stays), "by whose hand something was sent stays told"
    await _goes_on(town, hana, **by_ward)
    (ended,) = await rows(town, "SELECT state, ended_by, held FROM mandates WHERE id = :id", id=held)
    assert (ended.state, ended.ended_by, ended.held) == ("ended", "merged", None)
    assert [one["state"] for one in (await family_of(ken))["actedForBy"]] == ["ENDED"], "and Ken sees that it is over"


async def _confirmed_by_the_ward(town: Town, hana: Person) -> dict[str, Any]:
    """Makoto as Sora's father with the account that goes, and Hana as Nao's guardian-to-be and parent with both."""
    yumi, makoto, card = [await town.resident(one) for one in ("yumi", "makoto", "hana")]
    await yumi.fills_home()
    asked = [(makoto, "佐藤 そら", "m-1003"), (card, "伊藤 なお", "m-7003"), (hana, "伊藤 なお", "m-7003")]
    held = []
    for asker, wanted, person in asked:
        made = (await does(asker, ASK, kind="parent", ward="131032", wanted=wanted))["id"]
        assert await confirms(town, made, person) == 303
        held.append(made)
    for asker in (card, hana):
        held.append((await does(asker, ASK, kind="parent", ward="131032", wanted="小川 なぎ"))["id"])
    return {"makoto": makoto, "father": held[0], "earlier": held[1], "later": held[2], "waits": held[3:]}


async def _goes_on(
    town: Town, hana: Person, *, makoto: Person, father: str, earlier: str, later: str, waits: list[str]
) -> None:
    """Neither side has ended by a merge what the ward has seen papers of."""
    seen = await does(makoto, LOOK, mandate=father)
    assert (seen["__typename"], seen["name"]) == ("Represented", "佐藤 そら")
    family = await family_of(hana)
    (his,) = [one for one in family["actedForBy"] if one["id"] == father]
    assert (his["state"], his["other"], his["mayEnd"]) == ("ACCEPTED", "山口 誠", False)
    hers = {one["id"]: (one["state"], one["about"]) for one in family["actsFor"] if one["kind"] == "parent"}
    assert (hers[later], hers[earlier]) == (("ACCEPTED", "伊藤 なお"), ("ENDED", "伊藤 なお")), "both are one"
    assert sorted(hers[one] for one in waits) == [("ASKED", "小川 なぎ"), ("ENDED", "小川 なぎ")]
    assert (await does(hana, LOOK, mandate=later))["name"] == "伊藤 なお"


async def count(town: Town, table: str, resident: str) -> int:
    return len(await rows(town, f"SELECT 1 FROM {table} WHERE resident = :resident", resident=resident))


async def test_who_logs_in_as_before_is_in_the_account_that_stays(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    page = await registers(desk, **HANA)
    hana = Person(town.browser())
    await enters(town, await code_of(desk, page), hana.browser)
    elsewhere = await town.resident("hana", agrees=False)
    token = await begins(hana)
    await goes_on_by_card(town, hana, "hana")
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Account"
    assert (await elsewhere.asks("{ viewer { id } }"))["viewer"] is None
    (number,) = {row.number for row in await rows(town, "SELECT number FROM desk_codes")}
    again = await desk.get(f"/staff/desk/new?number={number}")
    assert number in again.text
    card = await town.resident("hana", agrees=False)
    assert await me(card) == await me(hana)
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1


async def test_two_people_who_share_a_phone_are_not_made_one(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    token = await begins(hana)
    await goes_on_by_card(town, hana, "ken")
    refused = (await hana.asks(MERGE, t=token))["mergeAccounts"]
    assert (refused["__typename"], "生年月日" in refused["message"]["ja"]) == ("Denied", True)
    assert len(await rows(town, "SELECT 1 FROM residents")) == 2


async def test_nothing_is_merged_while_a_closure_of_either_waits_for_its_second_official(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    hana = await comes_by_code(town, desk, **HANA)
    was, token = await me(hana), await begins(hana)
    await goes_on_by_card(town, hana, "hana")
    closes = (
        "INSERT INTO closures (id, resident, ward, case_number, kept_days, asked_by, asked_name, asked_at)"
        " VALUES (gen_random_uuid(), :who, '131032', '港住死77', 30, gen_random_uuid(), '係', now()) RETURNING id"
    )
    decides = (
        "UPDATE closures SET outcome = 'refused', decided_by = gen_random_uuid(), decided_name = '長',"
        " decided_at = now() WHERE outcome IS NULL RETURNING id"
    )
    for either in (was, await me(hana)):
        await rows(town, closes, who=either)
        for ask in (OFFER, MERGE):
            (refused,) = (await hana.asks(ask, t=token)).values()
            assert (refused["__typename"], "閉鎖の手続き" in refused["message"]["ja"]) == ("Denied", True)
        await rows(town, decides)
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Account"


async def test_without_both_proofs_in_one_browser_in_time_nothing_is_merged(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    hana = await comes_by_code(town, desk, **HANA)
    token = await begins(hana)
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Denied"
    card = await town.resident("hana", agrees=False)
    assert (await card.asks(MERGE, t="x" * 43))["mergeAccounts"]["__typename"] == "Denied"
    await rows(town, "UPDATE merge_wishes SET made_at = made_at - interval '11 minutes' RETURNING 1")
    assert (await card.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Denied"
    earlier = await town.resident("hana", agrees=False)
    late = await begins(await comes_by_code(town, desk, **HANA))
    assert (await earlier.asks(MERGE, t=late))["mergeAccounts"]["__typename"] == "Denied"
    assert len(await rows(town, "SELECT 1 FROM merged_accounts")) == 0


async def test_a_token_that_was_carried_to_another_browser_is_worth_nothing(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    thief = await comes_by_code(town, desk, **HANA)
    token = await begins(thief)
    hers = await town.resident("hana", agrees=False)
    for ask in (OFFER, MERGE):
        (said,) = (await hers.asks(ask, t=token)).values()
        assert said["__typename"] == "Denied"
    assert len(await rows(town, "SELECT 1 FROM residents")) == 2


async def test_no_desk_opens_what_has_become_an_account_with_a_card(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    hana = await comes_by_code(town, desk, **HANA)
    (number,) = {row.number for row in await rows(town, "SELECT number FROM desk_codes")}
    spare = await code_of(desk, await registers(desk, number=number))
    token = await begins(hana)
    await goes_on_by_card(town, hana, "hana")
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Account"
    assert (await enters(town, spare)).json()["code"] == "unknown"
    fields = {"key": str(uuid4()), "checked": "photo_one", "case_number": "港保1234", "number": number}
    assert (await sends(desk, "/staff/desk/new", **fields)).status_code == 422
    again = (await hana.asks(MERGE, t=token))["mergeAccounts"]
    assert again["__typename"] == "Denied", "a token makes one account of two once"


async def test_what_the_desk_wrote_and_the_ward_issued_opens_under_the_new_key_and_her_later_no_holds(
    town: Town,
) -> None:
    ueda, ishii = await at_work(town, "minato-admin"), await at_work(town, "minato-caseworker")
    await chooses(ueda, "child_allowance_change")
    hana = await hana_from_the_desk(town)
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    await settles(town)
    await ishii.sends(f"/staff/cases/{sent['id']}/note", {"reason": "事案12", "memo": "電話で確かめた"})
    was = await me(hana)
    issued = await _a_document_of(town, was, "131032")
    token = await begins(hana)
    await goes_on_by_card(town, hana, "hana")
    consents = (await hana.asks("{ viewer { consents { consents { id } } } }"))["viewer"]["consents"]["consents"]
    no = [one["id"] for one in consents]
    await hana.asks("mutation($no: [ID!]!) { decideConsents(yes: [], no: $no) { __typename } }", no=no)
    assert (await hana.asks(MERGE, t=token))["mergeAccounts"]["__typename"] == "Account"
    assert "電話で確かめた" in (await opened(ishii, sent["id"])).at("log")
    assert await rows(town, "SELECT content FROM documents") != issued, "sealed anew"
    shown = (await hana.asks("{ viewer { documents { title verdict } } }"))["viewer"]["documents"]
    assert [one["title"] for one in shown] == ["子ども医療証"]
    assert await rows(town, "SELECT source FROM grants WHERE ended_at IS NULL") == []


async def _a_document_of(town: Town, resident: str, ward: str) -> list[Any]:
    """As it was received when she was known by the account that goes."""
    written = {"number": "X-1", "ward": ward, "kind": "certificate", "title": "子ども医療証", "to": "佐藤 ひなた"}
    content = json.dumps({**written, "issued_on": "2026-11-01", "valid_until": None, "entries": []}).encode()
    async with town.house.db.house() as conn:
        whose = await resident_of(conn, UUID(resident), town.house.keys)
        assert whose is not None
        given_out = [Issued(number="X-1", content=content, seal=b"none")]
        await receiving.receive(conn, whose, ward, given_out, (), town.house.clock(), uuid4)
    return await rows(town, "SELECT content FROM documents")
