"""The stand-in exchange against X-Road's own cases."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import Literal

import pytest

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.certificates import Root
from infra.sandbox.exchange.envelope import Asked, Envelope
from infra.sandbox.exchange.errors import error_type, old_code
from infra.sandbox.exchange.globs import endpoints, matches
from infra.sandbox.exchange.hash_chain import step_digest, ways
from infra.sandbox.exchange.messages import Message
from infra.sandbox.exchange.protocol import (
    Address,
    ExchangeError,
    check_represented,
    encoded,
    normal,
    parse_client,
    response_message,
)
from infra.sandbox.exchange.provider import ProviderServer
from infra.sandbox.exchange.rules import Rules
from infra.sandbox.exchange.seals import Seals
from infra.sandbox.exchange.topology import Place
from infra.sandbox.faults import Faults
from infra.sandbox.services import Call, Service
from infra.sandbox.settings import Clock
from tests.exchange.vectors import CODES, ERROR_TYPES, GLOBS


@pytest.mark.parametrize(("glob", "path", "match"), GLOBS)
def test_a_glob_is_what_it_is_in_xroad(glob: str, path: str, match: bool) -> None:
    assert matches(glob, path) is match


def test_a_right_is_a_method_and_a_path() -> None:
    granted = endpoints("POST /query", "GET /*", "* /any/**")
    assert granted("POST", "/query")
    assert granted("GET", "/131032-2026-000001")
    assert granted("DELETE", "/any/thing/at/all")
    assert not granted("GET", "/a/b")
    assert not granted("PUT", "/query")


@pytest.mark.parametrize(
    ("path", "granted_on"),
    [
        ("/query", "/query"),
        ("/a/../query", "/query"),
        ("/a/%2e%2e/query", "/query"),
        ("/a%2F..%2Fquery", "/query"),
        ("/path%3B/", "/path;/"),
        ("/../../etc", "/../../etc"),
    ],
)
def test_rights_are_matched_on_the_decoded_path_without_dots(path: str, granted_on: str) -> None:
    assert Address("T", "GOV", "1", "s", "c", path).granted_path == granted_on


@pytest.mark.parametrize(
    ("path", "resolved"),
    [("/a/b/./c", "/a/b/c"), ("/a/b/%2e%2e/%2e%2e/c", "/c"), ("/a/b/../../%2e%2e/c/d", "/../c/d")],
)
def test_dots_are_resolved(path: str, resolved: str) -> None:
    assert normal(path) == resolved


@pytest.mark.parametrize(("older", "newer"), CODES.items())
def test_an_error_is_spelt_as_in_either_version(older: str, newer: str) -> None:
    assert old_code(f"server.serverproxy.{newer}") == f"Server.ServerProxy.{older}"


@pytest.mark.parametrize(("accept", "kind"), ERROR_TYPES)
def test_an_error_comes_in_the_form_that_is_accepted(accept: str | None, kind: str) -> None:
    assert error_type(accept) == kind


def test_a_represented_party_has_one_part_or_two() -> None:
    for right in (None, "Member", "Class/Member"):
        check_represented(right)
    with pytest.raises(ExchangeError):
        check_represented("Instance/Class/Member")


def test_what_is_signed_of_an_answer_is_its_status_and_headers_in_their_order() -> None:
    """The logged answer of a real security server, with the digest its container has of it."""
    request_hash = b"7zmQ9CwnVrEWzWnCyXbXkQYGR+A7/i6e61JgWMLaEI8Bj1QWdrUVGijBBdyDdhcgOpfY8Sid1RhvRbs+aFbOhw=="
    told = [
        (b"Content-Type", b"application/json"),
        (b"mock-response", b"true"),
        (b"Matched-Stub-Id", b"ef2dae0e-5673-46f1-80f9-f07177c7ce6a"),
        (b"Transfer-Encoding", b"chunked"),
        (b"x-road-id", b"DEV-d75ea6fd-d24b-48ec-a320-53675c40fb86"),
        (b"x-road-client", b"DEV/COM/4422/TestClient"),
        (b"x-road-service", b"DEV/COM/1234/TestService/mock1"),
        (b"x-road-request-id", b"78b890f3-b1eb-45b2-a512-beec5d7ead23"),
        (b"x-road-request-hash", request_hash),
    ]
    digest = base64.b64encode(hashlib.sha512(response_message(200, "OK", told)).digest()).decode()
    assert digest == "LG5/BxMOygpKH6dx295o7Mq+4KqEuKcRJdHlx3TYFxGhMDbrFTQnNCNW7BSfNe2W/sb6qQK5Fe388WlZ4x93DA=="


def test_a_batch_is_reckoned_as_a_real_security_server_did() -> None:
    beside = [
        "XAyWG7XkO/UoPwjnUbEPm5LAKG1uYtikL53x/mhh3wuD/TiAKmx9AFiZXuY3Tek66KPD+cUSgS+amPTTZwVOuA==",
        "lbjsXWosAooytL3aXZnpZTrku65R/nJ3DAh4cVWrP4wfF7NEa0sjMo3ryCBo8lLthOK/EpmeHwThrbPp2AOESw==",
        "dyq9/U5w9vqbVcsFtq1XieDgeB62xCUGm7EkwsX014f+Cuv8DgqBw81VXcHKJ8ccZdkvYsvatI3upVm8rkC9Fg==",
    ]
    leaf = "Fv2DqfeCx+wzWiCbLcSkiMv0AtIxVPPBePh1hp5O+vlU33agHK/jZ+Ilt0KYObNkd5qD3jFO6MOV5Ss30JC5Qw=="
    digest = base64.b64decode(leaf)
    for one in reversed(beside):
        digest = step_digest([base64.b64decode(one), digest])
    top = "OJeX8QiwfAFqAYFZWh/c0IlOuvo6xj0CpDZk4aXr8Qn3a7yJp7oAI90tslvqhPITPPOmrNhv+N8zEeKBHBX2jg=="
    assert base64.b64encode(digest).decode() == top


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_from_every_leaf_of_a_batch_the_way_leads_to_the_same_top(size: int) -> None:
    leaves = [hashlib.sha512(bytes([number])).digest() for number in range(size)]
    for leaf, way in zip(leaves, ways(leaves), strict=True):
        digest = leaf
        for step in reversed(way.steps):
            both = [step.beside, digest] if step.beside_first else [digest, step.beside]
            digest = step_digest([one for one in both if one is not None])
        assert digest == way.top
    assert len({way.top for way in ways(leaves)}) == 1


class Told:
    """A provider behind a security server of its own; remembers the path it was asked."""

    def __init__(self, kind: Literal["REST", "WSDL"] = "REST") -> None:
        self.paths: list[str] = []
        self.rules = Rules()
        service = Service("it", frozenset({"1"}), endpoints("GET /path;/", "POST /query"), self._answer, kind)
        place = Place(("TOKYO23", "GOV", "1", "ss"), lambda *_: True)
        clock = Clock(lambda: datetime(2026, 11, 24, tzinfo=UTC))
        seals = Seals(Root.made())
        offered = {("TOKYO23", "GOV", "1", "s/ub"): {"öäå": service}}
        self._server = ProviderServer(place, offered, self.rules, seals, Faults(clock, ["it"]))
        self._seals = seals

    async def _answer(self, call: Call) -> Answer:
        self.paths.append(call.path)
        return json_answer(200, {})

    async def hears(self, verb: str, path: str, client: str = "TOKYO23/COM/900100/kurashimado") -> str | None:
        """The fault, or None."""
        target = f"/r1/TOKYO23/GOV/1/s%2Fub/{path}"
        envelope = Envelope.of(Asked(verb, target, [("X-Road-Client", client)], b"", None), datetime.now(UTC))
        seal = self._seals.of(envelope.client)
        request = Message("request", envelope.message_id, envelope.head, envelope.body, envelope.at, seal)
        try:
            await self._server.answer(envelope, request)
        except ExchangeError as error:
            return error.type
        return None


async def test_the_provider_sees_its_path_as_it_was_written() -> None:
    told = Told()
    assert await told.hears("GET", "%C3%B6%C3%A4%C3%A5/path%3B/") is None
    assert told.paths == ["/path%3B/"]


async def test_a_call_is_refused_for_the_first_thing_that_is_wrong_with_it() -> None:
    """Registered, there, called by REST, granted, not disabled: in this order."""
    told, id = Told(), "TOKYO23/GOV/1/s%2Fub/%C3%B6%C3%A4%C3%A5"
    told.rules.disabled[id] = "closed"
    assert await told.hears("GET", "nothing/x", "TOKYO23/COM/1/nobody") == "server.serverproxy.unknown_member"
    assert await told.hears("GET", "nothing/x") == "server.serverproxy.unknown_service"
    assert await Told("WSDL").hears("GET", "%C3%B6%C3%A4%C3%A5/x") == "server.serverproxy.service_type"
    assert await told.hears("GET", "%C3%B6%C3%A4%C3%A5/x") == "server.serverproxy.access_denied"
    assert await told.hears("POST", "%C3%B6%C3%A4%C3%A5/query") == "server.serverproxy.service_disabled"
    told.rules.reset()
    assert await told.hears("POST", "%C3%B6%C3%A4%C3%A5/query") is None
    assert told.paths == ["/query"]


def test_whatever_stands_unescaped_in_a_part_stays_so() -> None:
    safe = "!$&'()*+,;=:@-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert encoded((safe, "s/ub", "öäå")) == f"{safe}/s%2Fub/%C3%B6%C3%A4%C3%A5"
    assert parse_client(f"{safe}/s%2Fub/%C3%B6%C3%A4%C3%A5") == (safe, "s/ub", "öäå")
