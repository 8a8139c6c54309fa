"""The request hash and the two dialects of X-Road's errors."""

import pytest

from bff.exchange.envelope import request_hash
from bff.exchange.faults import normal_fault, why_of
from bff.exchange.silence import Why

REQUEST_ID = "78b890f3-b1eb-45b2-a512-beec5d7ead23"


def test_a_get_is_hashed_as_its_line_and_headers() -> None:
    sent = [
        ("X-Road-Client", "TOKYO23/GOV/130001/kurashi"),
        ("Accept", "application/json"),
        ("User-Agent", "left out"),
        ("X-Road-Id", "fa2e18a5-c2cb-4d09-b994-f57727f7c3fb"),
    ]
    assert (
        request_hash("GET", "/r1/TOKYO23/GOV/131016/jido/teate/v1/cases/42?lang=ja", sent, REQUEST_ID, None)
        == "e26TLJXoeNFeD/V5LXZf57Cq+Rh9ItDrlhil76tUzAm17x3EjOiD8hbZvQr2qvWVyxCSRIvyFwabUksTmy/n9g=="
    )


def test_a_body_is_hashed_and_joined() -> None:
    sent = [
        ("X-Road-Client", "TOKYO23/GOV/130001/kurashi"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-Road-UserId", "JP0000000001"),
        ("X-Road-Issue", "case-42"),
    ]
    target, body = "/r1/TOKYO23/GOV/131016/jido/teate/v1/cases", '{"氏名":"特別 花子"}'.encode()
    assert (
        request_hash("POST", target, sent, REQUEST_ID, body, "TOKYO23-fa2e18a5-c2cb-4d09-b994-f57727f7c3fb")
        == "Lso2XpVES+epmAf9cERUACz5kk0zfQye3PmFDET2hF320/psZ3WQZY6KwmPBShtbCowNvADTBuAQPvGRhw5Uvw=="
    )


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Server.ServerProxy.AccessDenied", "server.serverproxy.access_denied"),
        ("Server.ServerProxy.NetworkError", "server.serverproxy.network_error"),
        ("Server.ClientProxy.OutdatedGlobalConf", "server.clientproxy.global_conf_outdated"),
        ("Client.BadRequest", "client.bad_request"),
    ],
)
def test_both_dialects_of_an_error_are_the_same(older: str, newer: str) -> None:
    assert normal_fault(older) == normal_fault(newer)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("Server.ServerProxy.AccessDenied", Why.REFUSED),
        ("server.clientproxy.unknown_member", Why.REFUSED),
        ("server.clientproxy.inconsistent_response", Why.WRONG_ANSWER),
        ("Client.BadRequest", Why.WRONG_ANSWER),
        ("server.serverproxy.service_failed.http_timeout", Why.TIMEOUT),
        ("Server.ServerProxy.DatabaseError", Why.UNAVAILABLE),
        ("something.never_seen", Why.UNAVAILABLE),
    ],
)
def test_an_error_of_the_exchange_has_one_meaning(code: str, why: Why) -> None:
    assert why_of(code) is why
