"""Where the house goes: to configured origins, at addresses that are looked at when it connects; nowhere else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

import bff
import notifications
from bff.outgoing import Outgoing, origin_of, places, resolver
from bff.outgoing.places import is_public
from notifications.channels.lines import Lines
from notifications.channels.senders import Unreached

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
ELSEWHERE = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/\r\nContent-Length: 0\r\n\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 400_000
SLOW = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"


@asynccontextmanager
async def a_server(answer: bytes) -> AsyncIterator[int]:
    """On a free port of this machine; holds the connection open after an answer that is not whole."""
    gone = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        if answer is SLOW:
            await gone.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    gone.set()
    server.close()


async def asked(url: str, *, known: str, inside: str = "", most: int = 1000, within: float = 5) -> httpx.Response:
    async with Outgoing(places([known], inside.split(",")), most=most, within=within) as http:
        return await http.get(url)


async def test_a_configured_place_is_asked_and_its_redirect_is_not_followed() -> None:
    async with a_server(FINE) as port:
        near = f"http://localhost:{port}"
        assert (await asked(f"{near}/a", known=near, inside="localhost")).text == "hi"
    async with a_server(ELSEWHERE) as port:
        near = f"http://localhost:{port}"
        assert (await asked(f"{near}/a", known=near, inside="localhost")).status_code == 302


@pytest.mark.parametrize(
    ("url", "known", "inside"),
    [
        ("http://localhost:{port}/", "http://localhost:{port}", ""),
        ("http://127.0.0.1:{port}/", "http://127.0.0.1:{port}", ""),
        ("http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:127.0.0.1]:{port}", ""),
        ("http://2130706433:{port}/", "http://2130706433:{port}", ""),
        ("http://0.0.0.0:{port}/", "http://0.0.0.0:{port}", ""),
        ("http://127.0.0.1:{port}/", "http://localhost:{port}", "localhost"),
        ("http://localhost:{port}/", "https://localhost:{port}", "localhost"),
        ("http://localhost:{port}/", "http://localhost:1", "localhost"),
        ("http://localhost:{port}/", "https://id.example", "localhost"),
        ("http://id.example@localhost:{port}/", "http://localhost:{port}", "localhost"),
    ],
)
async def test_nothing_is_sent_to_a_place_that_is_not_configured_so(url: str, known: str, inside: str) -> None:
    """Every one of them would reach the server on this machine."""
    async with a_server(FINE) as port:
        with pytest.raises(httpx.ConnectError):
            await asked(url.format(port=port), known=known.format(port=port), inside=inside)


async def test_an_answer_without_end_and_one_that_drips_are_broken_off() -> None:
    async with a_server(ENDLESS) as port:
        near = f"http://localhost:{port}"
        with pytest.raises(httpx.ReadError, match="larger"):
            await asked(near, known=near, inside="localhost")
    async with a_server(SLOW) as port:
        near = f"http://localhost:{port}"
        with pytest.raises(httpx.ReadTimeout):
            await asked(near, known=near, inside="localhost", within=0.2)


async def test_a_push_service_whose_name_leads_inside_is_not_sent_to() -> None:
    async with a_server(FINE) as port:
        async with Lines(resolver(places([], []))) as sender:
            with pytest.raises(Unreached):
                await sender.post(f"http://localhost:{port}/", {}, b"")
        async with Lines(resolver(places([], ["localhost"]))) as sender:
            assert (await sender.post(f"http://localhost:{port}/", {}, b"")).status == 200


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "192.0.2.1", "not an address"),
    ],
)
def test_an_address_that_is_not_public_is_known_in_every_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://ID.example/a?b", "https://id.example:443"),
        ("http://id.example:8080", "http://id.example:8080"),
        ("https://id.example@evil.example/", ""),
        ("https://id.example\\@evil.example/", ""),
        ("https://id.example:port/", ""),
        ("file:///etc/passwd", ""),
        ("gopher://id.example/", ""),
        ("//id.example/", ""),
        ("", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port_and_nothing_hides_in_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


CLIENT = re.compile(
    r"\b(?:AsyncClient|httpx\.Client|ClientSession|TCPConnector|urlopen|AsyncHTTPTransport)\("
    r"|httpx\.(?:get|post|request|stream)\(|import requests"
)
KNOWN = {
    "bff/outgoing/client.py": "the guard itself",
    "bff/exchange/lean/asking.py": "over the exchange's pool",
    "bff/__main__.py": "whether our own processes are ready",
    "notifications/channels/senders.py": "push services by policy, with the guard's resolver",
}


def test_no_code_makes_a_client_beside_the_guard() -> None:
    roots = [Path(room.__file__).parent for room in (bff, notifications)]
    sources = [file for root in roots for file in root.rglob("*.py")]
    assert len(sources) > 200
    found = {str(file.relative_to(roots[0].parent)) for file in sources if CLIENT.search(file.read_text("utf-8"))}
    assert found <= set(KNOWN), found - set(KNOWN)
