"""The X-Road façade and the owners of records behind it."""

from datetime import date

import httpx
import pytest

from infra.sandbox.exchange.certificates import Root
from infra.sandbox.exchange.protocol import ExchangeError, parse_address, parse_client, request_hash
from infra.sandbox.people import load_people, resolve
from tests.sandbox.city import CALLER, HANA, City

REQUEST_ID = "78b890f3-b1eb-45b2-a512-beec5d7ead23"
HOUSEHOLDS = "GOV/131032/registry/households/query"


def test_request_hash_without_a_body() -> None:
    digest = request_hash(
        "GET",
        "/r1/TOKYO23/GOV/131016/jido/teate/v1/cases/42?lang=ja",
        [
            ("X-Road-Client", "TOKYO23/GOV/130001/kurashi"),
            ("Host", "localhost"),
            ("Accept", "application/json"),
            ("X-Road-Id", "fa2e18a5-c2cb-4d09-b994-f57727f7c3fb"),
        ],
        request_id=REQUEST_ID,
        message_id=None,
        body=None,
    )
    assert digest == ("e26TLJXoeNFeD/V5LXZf57Cq+Rh9ItDrlhil76tUzAm17x3EjOiD8hbZvQr2qvWVyxCSRIvyFwabUksTmy/n9g==")


def test_request_hash_with_a_body_and_an_id_made_on_the_way() -> None:
    digest = request_hash(
        "POST",
        "/r1/TOKYO23/GOV/131016/jido/teate/v1/cases",
        [
            ("X-Road-Client", "TOKYO23/GOV/130001/kurashi"),
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", "24"),
            ("X-Road-UserId", "JP0000000001"),
            ("X-Road-Issue", "case-42"),
            ("X-Road-Request-Hash", "forged"),
        ],
        request_id=REQUEST_ID,
        message_id="TOKYO23-fa2e18a5-c2cb-4d09-b994-f57727f7c3fb",
        body='{"氏名":"特別 花子"}'.encode(),
    )
    assert digest == ("Lso2XpVES+epmAf9cERUACz5kk0zfQye3PmFDET2hF320/psZ3WQZY6KwmPBShtbCowNvADTBuAQPvGRhw5Uvw==")


def test_an_address_is_decoded_part_by_part_and_the_rest_goes_through() -> None:
    address = parse_address("/r1/EE/BUSINESS/producer/s%2Fub/%C3%B6%C3%A4%C3%A5/path%3B/")
    assert (address.subsystem, address.service, address.path) == ("s/ub", "öäå", "/path%3B/")
    assert parse_client("EE/BUSINESS/consumer/sub%2Fsystem") == ("EE", "BUSINESS", "consumer", "sub/system")


@pytest.mark.parametrize(
    "path",
    ["/r1/invalid", "/r2/A/B/C/D/E", "/r1/A/B/C/D/not a part", "/r1/A/B/C/D/%XY", "/r1/A/B/C/D/Test%", "/r1/A//C/D/E"],
)
def test_a_bad_address_is_refused(path: str) -> None:
    with pytest.raises(ExchangeError):
        parse_address(path)


async def test_the_ward_tells_hanas_household_and_seals_the_answer(city: City) -> None:
    answer = await city.asks(HOUSEHOLDS, {"subject": HANA}, CALLER | {"X-Road-Id": "m-1"})
    assert answer.status_code == 200
    told = answer.json()
    births = {member["person"]: member["birth_date"] for member in told["members"]}
    assert births["m-1001"] == "1990-05-02"
    assert births["m-1004"] == "2026-11-15"
    assert births["m-1003"] == "2019-10-11"
    request = answer.request
    ours = [(name.decode(), value.decode()) for name, value in request.headers.raw]
    assert answer.headers["x-road-id"] == "m-1"
    assert answer.headers["x-road-client"] == CALLER["X-Road-Client"]
    assert answer.headers["x-road-service"] == "TOKYO23/GOV/131032/registry/households"
    assert answer.headers["x-road-request-hash"] == request_hash(
        "POST",
        request.url.raw_path.decode(),
        ours,
        request_id=answer.headers["x-road-request-id"],
        message_id=None,
        body=request.content,
    )


@pytest.mark.parametrize(
    "path",
    [
        "GOV/131032/childcare/records/query",
        "GOV/131032/care-insurance/records/query",
        "GOV/900001/profile/persons/query",
        "EDU/131032/school/pupils/query",
        "COM/100001/electricity/contracts/query",
    ],
)
async def test_every_other_source_knows_hana_too(city: City, path: str) -> None:
    assert (await city.asks(path, {"subject": HANA})).status_code == 200


async def test_spaces_width_and_hyphens_do_not_make_another_person(city: City) -> None:
    written = HANA | {"name": "佐藤 はな", "address": "東京都 港区芝浦三丁目９番14号"}
    assert (await city.asks(HOUSEHOLDS, {"subject": written})).status_code == 200


@pytest.mark.parametrize("item", [{"name": "佐藤 はる"}, {"birth_date": "1990-05-03"}, {"address": "東京都港区芝浦"}])
async def test_a_person_the_owner_does_not_know_is_no_match(city: City, item: dict[str, str]) -> None:
    answer = await city.asks(HOUSEHOLDS, {"subject": HANA | item})
    assert (answer.status_code, answer.json()) == (404, {"code": "no_match"})
    assert "x-road-error" not in answer.headers


async def test_another_ward_does_not_know_hana(city: City) -> None:
    assert (await city.asks("GOV/131121/registry/households/query", {"subject": HANA})).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "$"),
        ({"subject": {"id": "pair-1", "name": "x"}}, "subject"),
        ({"subject": HANA | {"birth_date": "1990-13-01"}}, "subject.birth_date"),
    ],
)
async def test_a_wrong_body_is_explained(city: City, body: object, field: str) -> None:
    answer = await city.asks(HOUSEHOLDS, body)
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == field


async def test_a_call_without_person_or_purpose_is_refused_by_the_owner(city: City) -> None:
    answer = await city.asks(HOUSEHOLDS, {"subject": HANA}, {"X-Road-Client": CALLER["X-Road-Client"]})
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["fields"]] == ["X-Road-UserId", "X-Road-Issue"]


@pytest.mark.parametrize(
    ("path", "headers", "error"),
    [
        (HOUSEHOLDS, {}, "server.clientproxy.invalid_client_identifier"),
        (HOUSEHOLDS, {"X-Road-Client": "a/b"}, "server.clientproxy.invalid_client_identifier"),
        (HOUSEHOLDS, {"X-Road-Client": "TOKYO23/COM/1/x"}, "server.clientproxy.unknown_member"),
        ("GOV/999999/registry/households/query", CALLER, "server.clientproxy.unknown_member"),
        ("GOV/131032/registry/animals/query", CALLER, "server.serverproxy.unknown_service"),
        ("GOV/131032/profile/persons/query", CALLER, "server.clientproxy.unknown_member"),
        ("GOV/131032/registry/households/all", CALLER, "server.serverproxy.access_denied"),
        ("GOV/131032", CALLER, "server.clientproxy.bad_request"),
    ],
)
async def test_errors_of_the_exchange_itself(city: City, path: str, headers: dict[str, str], error: str) -> None:
    answer = await city.asks(path, {"subject": HANA}, headers)
    assert answer.status_code == 500
    assert answer.headers["x-road-error"] == error
    assert set(answer.json()) == {"type", "message", "detail"}
    assert answer.json()["type"] == error


async def test_every_message_is_in_the_log_without_its_body(city: City) -> None:
    await city.asks(HOUSEHOLDS, {"subject": HANA})
    log = (await city.http.get("/_exchange", headers={"Accept": "application/json"})).json()
    assert (log[0]["user"], log[0]["issue"], log[0]["status"]) == ("JP-pair-1", "home", 200)
    assert "佐藤" not in str(log)
    assert "JP-pair-1" in (await city.http.get("/_exchange", headers={"Accept": "text/html"})).text


async def test_a_switched_off_service_fails_alone(city: City) -> None:
    switched = await city.http.post("/_faults/registry", data={"mode": "error"}, headers={"Accept": "text/html"})
    assert switched.status_code == 303
    assert (await city.asks(HOUSEHOLDS, {"subject": HANA})).status_code == 503
    assert (await city.asks("EDU/131032/school/pupils/query", {"subject": HANA})).status_code == 200
    modes = (await city.http.get("/_faults", headers={"Accept": "application/json"})).json()
    assert (modes["registry"], modes["school"]) == ("error", "ok")
    await city.http.post("/_faults/registry", json={"mode": "ok"})
    assert (await city.asks(HOUSEHOLDS, {"subject": HANA})).status_code == 200


async def test_a_slow_service_answers_after_two_seconds_and_a_silent_one_not_within_a_minute(city: City) -> None:
    await city.http.post("/_faults/registry", json={"mode": "slow"})
    assert (await city.asks(HOUSEHOLDS, {"subject": HANA})).status_code == 200
    await city.http.post("/_faults/registry", json={"mode": "silent"})
    assert (await city.asks(HOUSEHOLDS, {"subject": HANA})).status_code == 503
    assert city.slept == [2, 60]


async def test_garbage_is_200_with_another_shape(city: City) -> None:
    await city.http.post("/_faults/national", json={"mode": "garbage"})
    answer = await city.asks("GOV/900001/profile/persons/query", {"subject": HANA})
    assert answer.status_code == 200
    assert "name" not in answer.json()


async def test_unknown_switches_and_modes_are_refused(city: City) -> None:
    assert (await city.http.post("/_faults/moon", json={"mode": "ok"})).status_code == 404
    assert (await city.http.post("/_faults/school", json={"mode": "tired"})).status_code == 422


@pytest.mark.parametrize("page", ["/", "/_faults", "/_ward", "/_exchange"])
async def test_every_page_opens_and_says_it_is_practice(city: City, page: str) -> None:
    answer = await city.http.get(page, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "これは練習用の代わりの画面です" in answer.text


@pytest.mark.parametrize(
    ("today", "born"),
    [
        (date(2026, 11, 24), "2019-10-11"),
        (date(2027, 3, 31), "2019-10-11"),
        (date(2027, 4, 1), "2020-10-11"),
    ],
)
def test_a_first_grader_stays_a_first_grader(today: date, born: str) -> None:
    """学校教育法17条: who turned six by 31 March enters school on 1 April."""
    assert resolve({"grade": 1, "month": 10, "day": 11}, today) == born


@pytest.mark.parametrize(("today", "born"), [(date(2026, 6, 14), "1954-06-15"), (date(2026, 6, 15), "1955-06-15")])
def test_fumi_stays_71(today: date, born: str) -> None:
    assert resolve(load_people().residents["fumi"].born, today) == born


async def test_every_service_has_a_switch_and_so_has_what_stands_beside_the_exchange(city: City) -> None:
    modes = (await city.http.get("/_faults", headers={"Accept": "application/json"})).json()
    assert {"registry", "counter", "electricity"} <= set(modes)
    assert {"benefits", "identity", "push", "time_stamps"} <= set(modes)


async def test_a_caller_without_a_certificate_or_with_another_than_is_registered_is_refused(city: City) -> None:
    another = Root.kept(city.folder).certifies("the house")
    for shown in (None, another):
        async with city.browser(shown) as stranger:
            answer = await stranger.post(f"/r1/TOKYO23/{HOUSEHOLDS}", json={"subject": HANA}, headers=CALLER)
            assert answer.headers["x-road-error"] == "server.clientproxy.ssl_authentication_failed"


async def test_a_certificate_that_leads_nowhere_ends_in_the_handshake(city: City) -> None:
    async with city.browser(Root.made().certifies("the house")) as stranger:
        with pytest.raises(httpx.TransportError):
            await stranger.post(f"/r1/TOKYO23/{HOUSEHOLDS}", json={"subject": HANA}, headers=CALLER)


async def test_there_is_no_way_to_the_exchange_without_tls(city: City) -> None:
    port = (await city.asks(HOUSEHOLDS, {"subject": HANA})).extensions["network_stream"].get_extra_info("server_addr")
    async with httpx.AsyncClient() as plain:
        with pytest.raises(httpx.TransportError):
            await plain.post(f"http://localhost:{port[1]}/r1/TOKYO23/{HOUSEHOLDS}", json={}, headers=CALLER)
