"""A second resident beside the first, told step by step; that nothing is left out is seen to in tests/others."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from bff.identity.sessions import hashed
from tests.graphql.test_applications import moves_on, newborn, whole
from tests.graphql.test_difference import MAKE, compares
from tests.town import Outside, Person, Town, through_identity_provider

NOBODYS = "5b0e8c3a-6f1d-4c5e-9a42-7d3f10c4b8aa"
WHOLE = (
    "{ viewer { id name ward { code } language unread"
    " home { sources { id state } answers { value }"
    " bundles { steps { id known { value { ja } } application { id } } } }"
    " applications { nodes { id receiptNumber } } inbox { nodes { id title { ja } } }"
    " readings(first: 100) { nodes { id source } } ledgerQuestions { id text } toldOfLooks"
    ' devices { thisSession sessions { id } passkeys { id } lockPart } needs(procedure: "move_out_notice") { isMet }'
    " consentsDecidedAt consents { decidedAt consents { id agreedAt filling { id agreedAt } } }"
    " records { records { id state content { groups { entries { lines { values { text } } } } } } } } }"
)


@pytest.fixture
async def hana(town: Town) -> Person:
    """Hana with facts, an answer, an application that the ward has received, and a notice about it."""
    person = await town.resident("hana")
    step, answers = await newborn(person)
    await person.answers("moving", True)
    await person.sends(step, answers)
    await town.promises_are_kept()
    return person


async def test_ken_sees_nothing_of_hana_whatever_he_asks(town: Town, hana: Person) -> None:
    hers = (await hana.asks(WHOLE))["viewer"]
    ken = await town.resident("ken")
    await ken.fills_home()
    text = str(await ken.asks(WHOLE))
    ids = [hers["id"], hers["name"], *(one["id"] for one in hers["applications"]["nodes"] + hers["inbox"]["nodes"])]
    assert all(each not in text for each in ids)
    assert (await ken.asks(WHOLE))["viewer"]["applications"]["nodes"] == []
    for field, node in (("application", hers["applications"]["nodes"][0]), ("notice", hers["inbox"]["nodes"][0])):
        data = await ken.asks(f"query($id: ID!) {{ viewer {{ {field}(id: $id) {{ id }} }} }}", id=node["id"])
        assert data["viewer"][field] is None


async def test_ken_cannot_open_hanas_notice_nor_take_her_applications_id(town: Town, hana: Person) -> None:
    hers = (await hana.asks(WHOLE))["viewer"]
    ken = await town.resident("ken")
    await ken.fills_home()
    opened = await ken.asks(
        "mutation($id: ID!) { openNotice(id: $id) { __typename } }", id=hers["inbox"]["nodes"][0]["id"]
    )
    assert opened["openNotice"]["__typename"] == "NotFound"
    passed = await ken.asks(
        'mutation($id: ID!) { passOn(application: $id, flow: "move_handover", agreed: true) { __typename } }',
        id=hers["applications"]["nodes"][0]["id"],
    )
    assert passed["passOn"]["__typename"] == "NotFound"
    step = await hana.step("child_allowance_change")
    sent = await ken.asks(
        "mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { __typename } }",
        input={
            "id": hers["applications"]["nodes"][0]["id"],
            "procedure": step["procedure"],
            "version": "x",
            "subject": step["subject"]["id"],
            "answers": {},
            "completedAt": "2026-01-01T00:00:00Z",
        },
    )
    assert sent["submitApplication"]["__typename"] == "NotFound"
    await moves_on(ken, town, 20, to="131032")
    move = await ken.step("move_out_notice")
    answers = {**whole(move), "new_address": "東京都港区芝公園1-5-25"}
    taken = await ken.sends(move, answers, id=hers["applications"]["nodes"][0]["id"])
    assert taken["__typename"] == "StepClosed"
    assert (await ken.asks(WHOLE))["viewer"]["applications"]["nodes"] == []
    assert (await ken.sends(move, answers))["__typename"] == "Application"
    assert (await hana.asks(WHOLE))["viewer"] == hers


async def test_ken_compares_only_his_own_family_and_gets_no_sheet_with_hanas(town: Town, hana: Person) -> None:
    on = str(town.house.today() + timedelta(days=20))
    hers = await compares(hana, on=on)
    assert hers is not None
    ken = await town.resident("ken")
    await ken.fills_home()
    his = await compares(ken, "131041", on=on)
    assert his is not None
    mine, theirs = ([one["name"] for one in found["people"]] for found in (his, hers))
    assert not set(mine) & set(theirs)
    family = [one["id"] for one in hers["people"]]
    contents = hers["handover"]["contents"]
    asked = {"toWard": "131121", "movesOn": on, "people": family, "contents": contents}
    made = (await ken.asks(MAKE, input=asked))["makeHandover"]
    assert made["__typename"] in ("NotFound", "FieldsRefused")
    assert all(name not in str(made) for name in theirs)


async def test_what_ken_changes_changes_nothing_of_hanas(town: Town, hana: Person, outside: Outside) -> None:
    before = (await hana.asks(WHOLE))["viewer"]
    device = await made_up_device(outside)
    await hana.asks(SUBSCRIBE, input=device)
    ken = await town.resident("ken")
    await ken.asks("mutation { chooseLanguage(language: EN) { __typename } }")
    await ken.answers("moving", False)
    await ken.asks("mutation($e: String!) { unsubscribePush(endpoint: $e) { __typename } }", e=device["endpoint"])
    await ken.fills_home()
    assert (await hana.asks(WHOLE))["viewer"] == before
    async with town.house.db.house() as conn:
        kept = await conn.exec_driver_sql("SELECT count(*) FROM devices")
        assert kept.scalar_one() == 1


async def test_a_stranger_cannot_listen_to_a_home(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    answer = await town.browser().post(
        "/graphql",
        json={"query": "subscription { refreshHome { settled } }"},
        headers={"Accept": "text/event-stream"},
    )
    assert "もう一度ログインしてください" in answer.text, "a refusal, in its own sentence"
    assert "settled" not in answer.text.replace("refreshHome { settled }", "")
    assert "defect" not in capsys.readouterr().out


async def test_after_logout_the_old_cookie_opens_nothing_and_only_her_other_device_is_pushed_to(
    town: Town, hana: Person, outside: Outside
) -> None:
    await hana.asks(SUBSCRIBE, input=await made_up_device(outside))
    tablet = await town.resident("hana")
    await tablet.asks(SUBSCRIBE, input=await made_up_device(outside))
    old = hana.browser.cookies["__Host-session"]
    gone = await hana.browser.post("/login/out")
    assert gone.status_code == 204
    thief = Person(town.browser())
    thief.browser.cookies.set("__Host-session", old, domain="kurashimado.test")
    assert (await thief.asks("{ viewer { name } }"))["viewer"] is None
    async with town.house.db.house() as conn:
        kept = (await conn.exec_driver_sql("SELECT session FROM devices")).scalars().all()
    assert kept == [hashed(tablet.browser.cookies["__Host-session"])]


async def test_who_logs_in_on_hanas_phone_ends_her_notices_there(town: Town, hana: Person, outside: Outside) -> None:
    await hana.asks(SUBSCRIBE, input=await made_up_device(outside))
    back = await through_identity_provider(await hana.browser.get("/login/start"), "ken")
    assert (await hana.browser.get(back)).status_code == 302
    assert (await hana.asks("{ viewer { name } }"))["viewer"]["name"] == "鈴木 健"
    async with town.house.db.house() as conn:
        assert (await conn.exec_driver_sql("SELECT count(*) FROM devices")).scalar_one() == 0


async def test_a_forgotten_where_shows_nothing_of_another(town: Town, hana: Person) -> None:
    """Row-level security behind the guards: the whole table through Ken's door is empty."""
    ken = await town.resident("ken")
    async with town.house.db.house() as conn:
        rows = await conn.exec_driver_sql("SELECT id, sub FROM residents ORDER BY made_at")
        hana_id, ken_id = [row.id for row in rows]
    tables = ("applications", "application_events", "kept_facts", "deliveries", "grants", "exchange_log", "contacts")
    for table in tables:
        async with town.house.db.resident(hana_id) as conn:
            assert (await conn.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one() > 0, table
        async with town.house.db.resident(ken_id) as conn:
            rows = await conn.exec_driver_sql(f"SELECT * FROM {table}")
            assert all(str(hana_id) not in str(row) for row in rows), table
    assert ken


SUBSCRIBE = (
    "mutation($input: PushSubscriptionInput!) { subscribePush(input: $input)"
    " { __typename ... on Refusal { message { ja } } } }"
)


async def made_up_device(outside: Outside) -> dict[str, str]:
    """A subscription at the stand-in push service, as a browser would give it."""
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        (made,) = (await http.post("/push/_subscriptions", json={"count": 1})).json()
    return {"endpoint": made["endpoint"], **made["keys"]}
