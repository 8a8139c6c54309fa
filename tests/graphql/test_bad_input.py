"""Bad input at the residents' door: each a clear error, nothing stored, nothing lost."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bff.graphql.documents import FORMER
from tests.graphql.test_applications import newborn, whole
from tests.graphql.test_others import SUBSCRIBE, made_up_device
from tests.town import Outside, Person, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
NUMBER_WITH_VALID_CHECK_DIGIT = "123456789018"
"""12 digits whose last is the check digit of the 個人番号 (番号法施行令8条, 総務省令): 11 − (Σ Pn·Qn mod 11)."""


@pytest.fixture
def town(one_town: Town) -> Town:
    return one_town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hana(one_town: Town) -> Person:
    """She sends nothing that is kept, but for the last test of all."""
    person = await one_town.resident("hana")
    await person.fills_home()
    return person


async def stored(town: Town) -> int:
    async with town.house.db.house() as conn:
        return int((await conn.exec_driver_sql("SELECT count(*) FROM applications")).scalar_one())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"claimant_phone": "not a phone"}, "wrong_pattern"),
        ({"claimant_phone": None}, "required"),
        ({"claimant_birth_date": "2026-02-30"}, "not_a_date"),
        ({"claimant_birth_date": 19900502}, "wrong_type"),
        ({"reason": "moon"}, "not_a_choice"),
        ({"children": ["m-9999"]}, "not_a_choice"),
        ({"claimant_name": "あ" * 5000}, "too_long"),
        ({"claimant_name": "佐藤\u0000はな"}, "control_character"),
        ({"remarks": NUMBER_WITH_VALID_CHECK_DIGIT}, "individual_number"),
        ({"remarks": "番号は１２３４-５６７８-９０１８です"}, "individual_number"),
        ({"my_number": "1"}, "unknown_field"),
        ({"agreed": False}, "required"),
    ],
)
async def test_a_wrong_field_is_named_with_a_reason_and_nothing_is_stored(
    town: Town, hana: Person, change: dict[str, Any], code: str
) -> None:
    step, answers = await newborn(hana)
    refused = await hana.sends(step, {**answers, **change})
    assert refused["__typename"] == "FieldsRefused", refused
    (field,) = refused["fields"]
    assert (field["field"], field["code"]) == (next(iter(change)), code)
    assert field["message"]["ja"]
    assert await stored(town) == 0


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"id": "not-a-uuid"}, "FieldsRefused"),
        ({"answers": ["a", "list"]}, "FieldsRefused"),
        ({"completedAt": "2999-01-01T00:00:00Z"}, "FieldsRefused"),
        ({"completedAt": "0001-01-01T00:00:00+14:00"}, "FieldsRefused"),
        ({"completedAt": "1970-01-01T00:00:00Z"}, "FieldsRefused"),
        ({"completedAt": "9999-12-31T23:59:59-12:00"}, "FieldsRefused"),
        ({"procedure": "no_such_procedure"}, "NotFound"),
        ({"subject": "m-9999"}, "NotFound"),
        ({"procedure": "birth_notice", "subject": None}, "StepClosed"),
    ],
)
async def test_a_wrong_envelope_is_refused_and_nothing_is_stored(
    town: Town, hana: Person, changes: dict[str, Any], kind: str
) -> None:
    step, answers = await newborn(hana)
    refused = await hana.sends(
        step, changes.get("answers", answers), **{key: changes[key] for key in changes if key != "answers"}
    )
    assert refused["__typename"] == kind, refused
    assert await stored(town) == 0


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("moving", "yes"),
        ("moving", {"deep": [1]}),
        ("no_such_fact", True),
        ("move_date", "2026-13-01"),
        ("move_date", "1900-01-01"),
        ("move_to", "999999"),
        ("moving:m-1004", True),
        ("nursery_wish:m-9999", True),
    ],
)
async def test_a_wrong_answer_to_a_question_is_refused_and_not_kept(hana: Person, fact: str, value: Any) -> None:
    refused = await hana.answers(fact, value)
    assert refused["__typename"] == "FieldsRefused", refused
    data = await hana.asks("{ viewer { home { answers { value } } } }")
    assert data["viewer"]["home"]["answers"] == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:5432/",
        "https://127.0.0.1/push",
        "https://10.0.0.8/push",
        "https://[::1]/push",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/push",
        "https://fcm.googleapis.com.evil.example/x",
        "https://user:pass@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "http://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
        "https://fcm.googleapis.com/" + "x" * 5000,
    ],
)
async def test_a_push_endpoint_that_is_no_push_service_is_refused(
    town: Town, hana: Person, outside: Outside, endpoint: str
) -> None:
    device = {**await made_up_device(outside), "endpoint": endpoint}
    refused = (await hana.asks(SUBSCRIBE, input=device))["subscribePush"]
    assert refused["__typename"] == "EndpointRefused"
    assert refused["message"]["ja"]
    async with town.house.db.house() as conn:
        assert (await conn.exec_driver_sql("SELECT count(*) FROM devices")).scalar_one() == 0


@pytest.mark.parametrize("endpoint", ["https://fcm.googleapis.com/\u0000", "\u0000", "https://プッシュ.example/"])
async def test_an_address_that_cannot_be_one_is_refused_also_when_it_is_to_be_forgotten(
    hana: Person, endpoint: str
) -> None:
    forget = (
        "mutation($e: String!) { unsubscribePush(endpoint: $e)"
        " { __typename ... on EndpointRefused { message { ja } } } }"
    )
    refused = (await hana.asks(forget, e=endpoint))["unsubscribePush"]
    assert refused["__typename"] == "EndpointRefused"
    assert refused["message"]["ja"]


@pytest.mark.parametrize("key", ["", "AAAA", "B" * 87, "not base64 at all!"])
async def test_a_push_key_that_is_no_point_on_the_curve_is_refused(hana: Person, outside: Outside, key: str) -> None:
    device = {**await made_up_device(outside), "p256dh": key}
    assert (await hana.asks(SUBSCRIBE, input=device))["subscribePush"]["__typename"] == "EndpointRefused"


def doubled(levels: int) -> str:
    """A document whose size doubles with each fragment."""
    fragments = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ ...f0 }} {fragments} fragment f{levels} on Query {{ service {{ today }} }}"


@pytest.mark.parametrize(
    "document",
    [
        doubled(30),
        "{" + " ".join(f"a{n}: service {{ today }}" for n in range(50)) + "}",
        "{ service { " + "today " * 3000 + "} }",
        "{ viewer " + "{ home " * 20 + "}" * 21,
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    ],
    ids=["doubled fragments", "aliases", "tokens", "depth", "circle"],
)
async def test_a_document_that_asks_for_too_much_is_refused_at_once(town: Town, document: str) -> None:
    before = time.process_time()
    answer = await town.browser().post("/graphql", json={"query": document})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"]
    assert time.process_time() - before < 20, "it must not be exponential"


async def test_what_is_not_a_graphql_request_is_refused(town: Town) -> None:
    browser = town.browser()
    json = {"Content-Type": "application/json"}
    for content in (b"", b"{", b"[]", b'"x"', b'{"query": 5}', b"\xff\xfe", b"null"):
        assert (await browser.post("/graphql", content=content, headers=json)).status_code == 400, content
    assert (await browser.post("/graphql", data={"query": "{ service { today } }"})).status_code == 415
    assert (await browser.get("/graphql?query={service{today}}")).status_code in (404, 405)
    deep = b'{"variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
    assert (await browser.post("/graphql", content=deep, headers=json)).status_code == 400
    big = await browser.post("/graphql", content=b'{"query": "' + b"x" * 300_000 + b'"}', headers=json)
    assert big.status_code == 413


@pytest.mark.parametrize("cursor", ["", "x", "MjAyNi0wMS0wMQ==", "MjAyNi0wMS0wMVQwMDowMDowMCswMDowMHzCsg=="])
@pytest.mark.parametrize("field", ["readings", "applications", "inbox"])
async def test_a_made_up_cursor_is_refused_with_a_reason(hana: Person, field: str, cursor: str) -> None:
    query = f'{{ viewer {{ {field}(after: "{cursor}") {{ pageInfo {{ hasNextPage }} }} }} }}'
    answer = await hana.browser.post("/graphql", json={"query": query})
    assert "内部で" not in answer.text
    assert "cursor" in answer.text


async def test_another_origin_may_not_ask(hana: Person) -> None:
    answer = await hana.browser.post(
        "/graphql", json={"query": "{ viewer { name } }"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403


async def test_in_production_only_this_front_ends_documents_and_those_of_the_last_release_are_answered(
    town: Town, tmp_path: Path
) -> None:
    of_the_phone_before = "query WhoWasThere { service { version } }"
    name = f"sha256:{hashlib.sha256(of_the_phone_before.encode()).hexdigest()}"
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "documents.json").write_text("{}")
    (tmp_path / FORMER).write_text(json.dumps({name: of_the_phone_before}))
    closed = Town(replace(town.settings, open_graphql=False, assets=tmp_path))
    try:
        phone = closed.browser()
        told = (await phone.post("/graphql", json={"id": name})).json()
        assert told["data"]["service"]["version"]
        for ask in ({"query": "{ service { today } }"}, {"id": f"sha256:{'0' * 64}"}):
            answer = await phone.post("/graphql", json=ask)
            assert answer.status_code == 400
            assert answer.json()["errors"][0]["extensions"]["code"] == "UNKNOWN_DOCUMENT", "so that the app is renewed"
        assert (await phone.get(f"/{FORMER}")).status_code == 404
    finally:
        await closed.close()


async def test_a_defect_tells_nothing_of_itself(town: Town) -> None:
    person = Person(town.browser())
    answer = await person.browser.post("/graphql", json={"query": "{ nonsense }"})
    assert "Traceback" not in answer.text
    missing = await person.browser.get("/no/such/page", headers={"Accept": "application/json"})
    assert missing.status_code == 404
    assert missing.headers["content-security-policy"]
    assert missing.headers["x-content-type-options"] == "nosniff"


async def test_a_whole_form_really_is_whole(hana: Person) -> None:
    """The answers these tests change are accepted when unchanged."""
    step, answers = await newborn(hana)
    assert whole(step) == answers
    assert (await hana.sends(step, answers))["__typename"] == "Application"
