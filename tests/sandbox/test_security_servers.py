"""What the security servers allow, refuse and tell, over real mutual TLS."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import httpx
import pytest

from tests.sandbox.city import CALLER, HANA, City

HOUSEHOLDS = "GOV/131032/registry/households"
SERVICE = f"TOKYO23/{HOUSEHOLDS}"
JSON = {"Accept": "application/json"}


async def asks(city: City, headers: Mapping[str, str] = CALLER, path: str = "/query") -> httpx.Response:
    return await city.asks(f"{HOUSEHOLDS}{path}", {"subject": HANA}, headers)


async def rules(city: City, **ruling: object) -> None:
    answer = await city.http.post("/_exchange/rules", json=ruling, headers=JSON)
    assert answer.status_code == 200, answer.text


async def test_a_registered_subsystem_that_was_granted_nothing_is_refused(city: City) -> None:
    answer = await asks(city, CALLER | {"X-Road-Client": "TOKYO23/COM/900100/kurashimado-test"})
    assert (answer.status_code, answer.headers["x-road-error"]) == (500, "server.serverproxy.access_denied")


async def test_a_right_that_is_taken_away_is_gone_and_comes_back(city: City) -> None:
    await rules(city, service=SERVICE, granted=False)
    assert (await asks(city)).headers["x-road-error"] == "server.serverproxy.access_denied"
    assert (await city.asks("EDU/131032/school/pupils/query", {"subject": HANA})).status_code == 200
    await rules(city, service=SERVICE, granted=True)
    assert (await asks(city)).status_code == 200


async def test_a_disabled_service_says_so_after_the_right_was_looked_at(city: City) -> None:
    await rules(city, service=SERVICE, disabled="until Monday")
    answer = await asks(city)
    assert answer.headers["x-road-error"] == "server.serverproxy.service_disabled"
    assert "until Monday" in answer.json()["message"]
    assert (await asks(city, path="/all")).headers["x-road-error"] == "server.serverproxy.access_denied"


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("maintenance", "server.serverproxy.maintenance_mode"),
        ("unreachable", "server.clientproxy.network_error"),
    ],
)
async def test_one_server_down_silences_its_wards_alone(city: City, state: str, error: str) -> None:
    await rules(city, server="ss-wards-centre", state=state)
    assert (await asks(city)).headers["x-road-error"] == error
    elsewhere = await city.asks("GOV/131121/registry/households/query", {"subject": HANA})
    assert "x-road-error" not in elsewhere.headers
    await rules(city, reset=True)
    assert (await asks(city)).status_code == 200


@pytest.mark.parametrize("path", ["/x/../query", "/x/%2e%2e/query"])
async def test_a_path_is_granted_by_where_it_leads(city: City, path: str) -> None:
    target = f"/r1/{SERVICE}{path}"
    raw = httpx.URL("https://localhost").copy_with(raw_path=target.encode())
    answer = await city.http.post(raw, json={"subject": HANA}, headers=CALLER)
    assert "x-road-error" not in answer.headers
    denied = await asks(city, path="/query/../all")
    assert denied.headers["x-road-error"] == "server.serverproxy.access_denied"


async def test_an_old_security_server_spells_errors_otherwise(city: City) -> None:
    await rules(city, dialect="7.7")
    answer = await asks(city, path="/all")
    assert (answer.status_code, answer.headers["x-road-error"]) == (500, "Server.ServerProxy.AccessDenied")
    assert answer.json()["type"] == "Server.ServerProxy.AccessDenied"


async def test_an_error_may_be_had_in_xml(city: City) -> None:
    answer = await asks(city, CALLER | {"Accept": "text/xml, application/json"}, path="/all")
    assert answer.headers["content-type"] == "text/xml;charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert [root.tag, *(child.tag for child in root)] == ["error", "type", "message", "detail"]
    assert root.findtext("type") == answer.headers["x-road-error"]


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({"X-Road-Represented-Party": "GOV/131032"}, None),
        ({"X-Road-Represented-Party": "Instance/Class/Member"}, "server.clientproxy.bad_request"),
        ({"X-Road-Security-Server": "TOKYO23/GOV/139001/ss-wards-centre"}, None),
        ({"X-Road-Security-Server": "TOKYO23/GOV/139001/ss-wards-east"}, "server.clientproxy.invalid_security_server"),
        ({"X-Road-Security-Server": "TOKYO23/GOV/139001"}, "server.clientproxy.invalid_security_server"),
        ({"X-Road-Client": "TOKYO23/COM/900100"}, "server.clientproxy.unknown_member"),
    ],
)
async def test_optional_headers_are_read(city: City, headers: dict[str, str], error: str | None) -> None:
    answer = await asks(city, CALLER | headers)
    assert answer.headers.get("x-road-error") == error


async def test_a_message_without_an_id_gets_one_and_forged_marks_are_dropped(city: City) -> None:
    forged = {"X-Road-Request-Id": "forged", "X-Road-Request-Hash": "forged"}
    answer = await asks(city, CALLER | forged)
    assert answer.headers["x-road-id"].startswith("TOKYO23-")
    assert answer.headers["x-road-request-id"] != "forged"
    assert answer.headers["x-road-request-hash"] != "forged"


async def test_the_members_are_listed_in_json_or_xml(city: City) -> None:
    listed = (await city.http.get("/listClients", headers=JSON)).json()["member"]
    ids = [tuple(one["id"].values()) for one in listed]
    assert ("TOKYO23", "GOV", "131032", "registry", "SUBSYSTEM") in ids
    assert ("TOKYO23", "GOV", "131032", "MEMBER") in ids
    assert ("TOKYO23", "COM", "900100", "kurashimado", "SUBSYSTEM") in ids
    answer = await city.http.get("/listClients?xRoadInstance=TOKYO23")
    assert answer.headers["content-type"] == "text/xml;charset=utf-8"
    assert len(ElementTree.fromstring(answer.content)) == len(listed)
    assert (await city.http.get("/listClients?xRoadInstance=OSAKA")).headers["x-road-error"]


async def test_a_provider_tells_what_it_offers_and_what_of_it_we_may_call(city: City) -> None:
    provider = "/r1/TOKYO23/GOV/131032/registry"
    service = {
        "xroad_instance": "TOKYO23",
        "member_class": "GOV",
        "member_code": "131032",
        "subsystem_code": "registry",
        "service_code": "households",
        "object_type": "SERVICE",
        "service_type": "OPENAPI",
        "endpoint_list": [{"method": "POST", "path": "/query"}],
    }
    for metaservice in ("listMethods", "allowedMethods"):
        answer = await city.http.get(f"{provider}/{metaservice}", headers=CALLER)
        assert answer.json() == {"service": [service]}
        assert answer.headers["x-road-request-hash"]
    await rules(city, service=SERVICE, granted=False)
    assert (await city.http.get(f"{provider}/listMethods", headers=CALLER)).json()["service"] == [service]
    assert (await city.http.get(f"{provider}/allowedMethods", headers=CALLER)).json()["service"] == []
    nobody = await city.http.get(f"{provider}/listMethods")
    assert nobody.headers["x-road-error"] == "server.clientproxy.invalid_client_identifier"


async def test_a_description_hides_where_the_service_runs(city: City) -> None:
    provider = "/r1/TOKYO23/GOV/131032/registry/getOpenAPI"
    told = (await city.http.get(f"{provider}?serviceCode=households", headers=CALLER)).json()
    assert told["servers"] == [{"url": "/"}]
    assert list(told["paths"]) == ["/query"]
    for query in ("", "?serviceCode=animals"):
        refused = await city.http.get(f"{provider}{query}", headers=CALLER)
        assert (refused.status_code, bool(refused.headers["x-road-error"])) == (500, True)


async def test_every_service_says_which_endpoints_it_has(city: City) -> None:
    """A service granted by a function alone would be listed as granted whole."""
    listed = (await city.http.get("/listClients", headers=JSON)).json()["member"]
    providers = ["/".join(list(one["id"].values())[:4]) for one in listed if one["id"]["object_type"] == "SUBSYSTEM"]
    for provider in providers:
        if "kurashimado" not in provider:
            told = (await city.http.get(f"/r1/{provider}/listMethods", headers=CALLER)).json()["service"]
            endpoints = [endpoint for service in told for endpoint in service["endpoint_list"]]
            assert endpoints, provider
            assert {"method": "*", "path": "**"} not in endpoints, provider
