"""Our side of the exchange against X-Road's own cases."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from bff.exchange.address import ClientId, PartyId, ServerId
from bff.exchange.envelope import headers
from bff.exchange.faults import normal_fault, why_of
from bff.exchange.reading import Subject
from bff.exchange.silence import Silent, Why
from tests.exchange.provider import Exchange, Provider, call, fails, reading, tells
from tests.exchange.vectors import CODES, ONLY_NEW, ONLY_OLD

OURS = ClientId.decode("TOKYO23/COM/900100/kurashimado")
REASON = {"reading": reading(), "call": call()}
PATH = "/r1/TOKYO23/GOV/131032/registry/households/query"


@pytest.mark.parametrize(("older", "newer"), CODES.items())
def test_every_code_of_an_error_means_the_same_in_both_spellings(older: str, newer: str) -> None:
    for prefix in ("Server.ServerProxy", "Server.ClientProxy"):
        old, new = f"{prefix}.{older}", f"{prefix.lower()}.{newer}"
        assert normal_fault(old) == normal_fault(new)
        assert why_of(old) is why_of(new)


@pytest.mark.parametrize("code", [*ONLY_OLD, *ONLY_NEW])
def test_a_code_that_only_one_version_has_is_a_reason_all_the_same(code: str) -> None:
    assert why_of(f"Server.ServerProxy.{code}") in (Why.UNAVAILABLE, Why.REFUSED, Why.WRONG_ANSWER)


@pytest.mark.parametrize(
    ("status", "fault", "why"),
    [
        (405, None, None),
        (500, "Server.ServerProxy.NetworkError", Why.UNAVAILABLE),
        (400, "Client.BadRequest", Why.WRONG_ANSWER),
        (500, "Server.ServerProxy.DatabaseError", Why.UNAVAILABLE),
        (500, "server.clientproxy.invalid_client_identifier", Why.REFUSED),
        (500, "server.serverproxy.service_type", Why.REFUSED),
        (500, "server.serverproxy.access_denied", Why.REFUSED),
        (500, "server.clientproxy.ssl_authentication_failed", Why.REFUSED),
        (200, "server.serverproxy.service_disabled", Why.REFUSED),
    ],
)
async def test_the_header_alone_tells_whose_error_it_is(status: int, fault: str | None, why: Why | None) -> None:
    act = fails(status, fault) if fault else tells({"code": "method_not_allowed"}, status)
    exchange = Exchange(Provider([act]))
    if why is None:
        assert (await exchange.http.post(PATH, json={}, extensions=REASON)).status_code == 405
        return
    with pytest.raises(Silent) as caught:
        await exchange.http.post(PATH, json={}, extensions=REASON)
    assert caught.value.why is why


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'<?xml version="1.0"?><error><type>x</type></error>', "text/xml;charset=utf-8"),
        (b"<html>", "text/html"),
        (b"", "application/json"),
        (b"x" * 100_000, "application/json; charset=shift_jis"),
    ],
)
async def test_in_whatever_form_an_error_comes_its_header_is_read(body: bytes, kind: str) -> None:
    def act(request: httpx.Request) -> httpx.Response:
        coded = {"x-road-error": "Server.ServerProxy.AccessDenied", "content-type": kind, "content-encoding": "gzip"}
        return httpx.Response(500, stream=httpx.ByteStream(body), headers=coded)

    with pytest.raises(Silent) as caught:
        await Exchange(Provider([act])).http.post(PATH, json={}, extensions=REASON)
    assert caught.value.why is Why.REFUSED


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("EE/BUSINESS/consumer/sub%2Fsystem", ClientId("EE", "BUSINESS", "consumer", "sub/system")),
        ("EE/BUSINESS/consumer", ClientId("EE", "BUSINESS", "consumer", None)),
    ],
)
def test_a_client_is_a_subsystem_or_a_member(text: str, client: ClientId) -> None:
    assert ClientId.decode(text) == client
    assert str(client) == text


@pytest.mark.parametrize("text", ["Instance/Class", "Instance/Class/Member/Sub/Service", "Instance//Member", "%XY/A/B"])
def test_whatever_else_is_no_client(text: str) -> None:
    with pytest.raises(ValueError, match=r"parts|segment"):
        ClientId.decode(text)


def test_a_represented_party_is_a_code_with_its_class_or_without() -> None:
    assert PartyId.decode("Member") == PartyId(None, "Member")
    assert str(PartyId.decode("Class/Member")) == "Class/Member"
    with pytest.raises(ValueError, match="1 or 2 parts"):
        PartyId.decode("Instance/Class/Member")


def test_a_security_server_has_four_parts() -> None:
    assert str(ServerId.decode("TOKYO23/GOV/139001/ss-wards-centre")) == "TOKYO23/GOV/139001/ss-wards-centre"
    for wrong in ("TOKYO23/GOV/139001", "TOKYO23/GOV/139001/ss/more"):
        with pytest.raises(ValueError, match="4 parts"):
            ServerId.decode(wrong)


def test_what_a_call_says_of_itself_stands_in_its_headers() -> None:
    party, server = PartyId.decode("GOV/131032"), ServerId.decode("TOKYO23/GOV/139001/ss-wards-centre")
    sent = dict(
        headers(
            httpx.Request("GET", "https://ss.test/"),
            client=OURS,
            message=uuid4(),
            reading=replace(reading(), represented=party),
            call=replace(call(), server=server),
        )
    )
    assert sent["x-road-represented-party"] == "GOV/131032"
    assert sent["x-road-security-server"] == "TOKYO23/GOV/139001/ss-wards-centre"
    assert (sent["x-road-userid"], sent["x-road-issue"]) == ("JP-a2b3", "home")


@pytest.mark.parametrize("number", ["123456789018", "1234-5678-9018", "123456789012"])
def test_twelve_digits_never_leave_as_the_id_of_a_person(number: str) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        Subject(number, "佐藤 はな", None, "", None)
