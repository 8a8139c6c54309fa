"""What an exchange tells of itself, as the code of X-Road has it and as its documents have it."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest

from bff.exchange.address import ClientId, ServiceId
from bff.exchange.metaservices import LARGEST, Endpoint, Member, Metaservices, NotTold
from bff.exchange.question import OverHttpx
from tests.exchange.provider import Act, Provider, fails, sealed, tells, tells_raw

PAYLOADGEN = ServiceId("INSTANCE", "CLASS2", "MEMBER2", "SUBSYSTEM2", "payloadgen")
SNAKE = {
    "service": [
        {
            "member_class": "CLASS2",
            "member_code": "MEMBER2",
            "object_type": "SERVICE",
            "service_code": "payloadgen",
            "service_type": "OPENAPI",
            "subsystem_code": "SUBSYSTEM2",
            "xroad_instance": "INSTANCE",
            "endpoint_list": [{"method": "GET", "path": "/pet/findByStatus"}, {"method": "GET", "path": "/pet/*"}],
        }
    ]
}
CAMEL = {
    "member": [
        {
            "memberClass": "CLASS2",
            "memberCode": "MEMBER2",
            "objectType": "SERVICE",
            "serviceCode": "payloadgen",
            "serviceType": "OPENAPI",
            "subsystemCode": "SUBSYSTEM2",
            "xRoadInstance": "INSTANCE",
            "endpointList": [{"method": "GET", "path": "/pet/findByStatus"}, {"method": "GET", "path": "/pet/*"}],
        }
    ]
}


def asking(act: Act) -> Metaservices:
    client = ClientId.decode("TOKYO23/COM/900100/kurashimado")
    return Metaservices(OverHttpx(Provider([act])), "https://ss.test", client, uuid4)


@pytest.mark.parametrize("told", [SNAKE, CAMEL])
async def test_services_are_read_in_both_spellings(told: object) -> None:
    (service,) = await asking(tells(told)).allowed(PAYLOADGEN.provider)
    assert (service.id, service.kind) == (PAYLOADGEN, "OPENAPI")
    assert service.endpoints == [Endpoint("GET", "/pet/findByStatus"), Endpoint("GET", "/pet/*")]


async def test_members_are_read_with_their_names() -> None:
    id = {"member_class": "GOV", "member_code": "TS1OWNER", "object_type": "MEMBER", "xroad_instance": "AA"}
    told = {"member": [{"id": id, "name": "TS1 Owner"}]}
    listed = await asking(lambda _: httpx.Response(200, json=told)).clients()
    assert listed == [Member("AA/GOV/TS1OWNER", "TS1 Owner")]


@pytest.mark.parametrize(
    "act",
    [
        fails(500, "Server.ServerProxy.UnknownService"),
        fails(503),
        tells({"services": []}),
        tells({"service": [{"service_code": "x"}]}),
        tells([]),
        tells_raw(b"<html>"),
        tells_raw(b"x" * (LARGEST + 1)),
        lambda request: sealed(request, b'{"service":[]}', x_road_request_hash="another"),
    ],
)
async def test_whatever_else_comes_is_not_told(act: Act) -> None:
    with pytest.raises(NotTold):
        await asking(act).offered(PAYLOADGEN.provider)
