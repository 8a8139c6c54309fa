"""The wire to the security server: mutual TLS, kept alive, byte for byte what was meant."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from bff.exchange.address import ClientId
from bff.exchange.board import always_open
from bff.exchange.lean.pool import Pool
from bff.exchange.message_log import Entry
from bff.exchange.metaservices import Metaservices
from bff.exchange.silence import Silent, Why
from bff.exchange.transport import ExchangeTransport
from bff.exchange.under import MutualTls
from infra.sandbox.exchange.certificates import Certified, Root
from tests.exchange.provider import IMPATIENT, call, reading
from tests.town import Outside, make_keys

APPLICATIONS = "/r1/TOKYO23/GOV/131032/counter/applications"
HOUSEHOLDS = "TOKYO23/GOV/131032/registry/households"
OURS = "TOKYO23/COM/900100/kurashimado"
REASON = {"reading": reading(), "call": call()}
PATIENTLY = {**REASON, "call": call(replace(IMPATIENT, connect=5, read=5, whole=10))}
"""For an answer that must come: a handshake on a busy machine takes its time."""


@asynccontextmanager
async def house(
    outside: Outside, tls: MutualTls, client: str = OURS, log: Callable[[Entry], None] = lambda _: None
) -> AsyncIterator[httpx.AsyncClient]:
    async def keep(entry: Entry) -> None:
        log(entry)

    transport = ExchangeTransport(
        Pool(tls),
        client=ClientId.decode(client),
        log=keep,
        clock=lambda: datetime.now(UTC),
        new_id=uuid4,
        closed=always_open,
    )
    async with httpx.AsyncClient(transport=transport, base_url=outside.exchange) as http:
        yield http


@pytest.fixture
def tls(keys: Path) -> MutualTls:
    return MutualTls(keys / "exchange_key.pem", keys / "exchange.pem", keys / "exchange" / "root.pem")


@pytest.fixture
async def told(outside: Outside) -> AsyncIterator[Callable[..., None]]:
    """The people at the security servers decide something; it is undone afterwards."""

    def rule(**ruling: object) -> None:
        json = {"accept": "application/json"}
        httpx.post(f"{outside.origin}/_exchange/rules", json=ruling, headers=json).raise_for_status()

    yield rule
    rule(reset=True)


@pytest.mark.parametrize(
    "rest", ["/a%3Bb", "/100%25", "/%E5%8C%BA", "/a;b", "/x?q=a%20b+c%2Fd", "/x?q=%E5%8C%BA&r=1;2"]
)
async def test_an_odd_address_arrives_as_it_was_signed(outside: Outside, tls: MutualTls, rest: str) -> None:
    async with house(outside, tls) as http:
        url = http.base_url.copy_with(raw_path=f"{APPLICATIONS}{rest}".encode())
        answer = await http.get(url, extensions=REASON)
    assert (answer.status_code, answer.json()) == (404, {"code": "unknown_number"})


async def test_a_connection_is_kept_for_the_next_call(outside: Outside, tls: MutualTls) -> None:
    """The files are read for the first alone; more connections would have asked for them again."""
    read: list[None] = []

    def once() -> ssl.SSLContext:
        read.append(None)
        return tls()

    pool = Pool(once)
    exchange = Metaservices(pool, outside.exchange, ClientId.decode(OURS), uuid4)
    for _ in range(5):
        assert await exchange.clients()
    assert [len(origin._open) for origin in pool._origins.values()] == [1]
    assert len(read) == 1
    await pool.aclose()


async def test_a_certificate_nobody_registered_is_silence_and_leaves_a_row(
    outside: Outside, tls: MutualTls, tmp_path: Path
) -> None:
    make_keys(tmp_path)
    rows: list[Entry] = []
    stranger = MutualTls(tmp_path / "exchange_key.pem", tmp_path / "exchange.pem", tls.roots)
    async with house(outside, stranger, log=rows.append) as http:
        with pytest.raises(Silent) as caught:
            await http.get(f"{APPLICATIONS}/1", extensions=REASON)
    assert caught.value.why is Why.UNAVAILABLE
    assert [row.outcome for row in rows] == ["unavailable"]


async def test_files_that_are_not_there_yet_are_looked_for_again(
    outside: Outside, tls: MutualTls, tmp_path: Path
) -> None:
    root = tmp_path / "root.pem"
    async with house(outside, MutualTls(tls.key, tls.certificate, root)) as http:
        with pytest.raises(Silent) as caught:
            await http.get(f"{APPLICATIONS}/1", extensions=REASON)
        assert caught.value.why is Why.UNAVAILABLE
        root.write_bytes(tls.roots.read_bytes())
        assert (await http.get(f"{APPLICATIONS}/1", extensions=REASON)).status_code == 404


async def test_a_server_that_nobody_we_trust_vouches_for_is_told_nothing(outside: Outside, tls: MutualTls) -> None:
    async with house(outside, MutualTls(tls.key, tls.certificate, tls.certificate)) as http:
        with pytest.raises(Silent) as caught:
            await http.get(f"{APPLICATIONS}/1", extensions=REASON)
    assert caught.value.why is Why.UNAVAILABLE


async def test_a_certificate_that_has_ended_is_silence_and_with_the_next_one_it_answers(
    keys: Path, tls: MutualTls, tmp_path: Path
) -> None:
    """No restart: the server is given its new certificate, and the next question is answered."""
    root = Root.kept(keys / "exchange")
    ended = _until(root, datetime.now(UTC) - timedelta(hours=1))
    fresh = _until(root, datetime.now(UTC) + timedelta(days=90))
    ended.write(tmp_path, "server")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server_key.pem")
    rows: list[Entry] = []
    async with await asyncio.start_server(_says_404, "127.0.0.1", 0, ssl=context) as server:
        there = Outside("", f"https://localhost:{server.sockets[0].getsockname()[1]}")
        async with house(there, tls, log=rows.append) as http:
            with pytest.raises(Silent) as caught:
                await http.get(f"{APPLICATIONS}/1", extensions=REASON)
            fresh.write(tmp_path, "server")
            context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server_key.pem")
            with pytest.raises(Silent) as heard:
                await http.get(f"{APPLICATIONS}/2", extensions=PATIENTLY)
    assert caught.value.why is Why.UNAVAILABLE
    assert heard.value.why is Why.WRONG_ANSWER, "it was spoken to, and no answer of X-Road came"
    assert [row.outcome for row in rows] == ["unavailable", "wrong_answer"]


async def _says_404(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


def _until(root: Root, end: datetime) -> Certified:
    made = root.certifies("localhost", ["localhost"])
    told = made.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(told.subject)
        .issuer_name(told.issuer)
        .public_key(told.public_key())
        .serial_number(told.serial_number)
        .not_valid_before(end - timedelta(days=365))
        .not_valid_after(end)
    )
    for extension in told.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return Certified(made.key, builder.sign(root.own.key, hashes.SHA256()))


@pytest.mark.parametrize("client", ["TOKYO23/COM/900100/nobody", "TOKYO23/COM/900100/kurashimado-test"])
async def test_a_client_that_is_not_registered_or_granted_nothing_is_refused(
    outside: Outside, tls: MutualTls, client: str
) -> None:
    async with house(outside, tls, client) as http:
        with pytest.raises(Silent) as caught:
            await http.get(f"{APPLICATIONS}/1", extensions=REASON)
    assert caught.value.why is Why.REFUSED


@pytest.mark.parametrize("dialect", ["7.7", "7.8"])
async def test_a_service_that_is_not_granted_or_disabled_is_refused_in_both_spellings(
    outside: Outside, tls: MutualTls, told: Callable[..., None], dialect: str
) -> None:
    for ruling in ({"granted": False}, {"granted": True, "disabled": "closed"}):
        told(dialect=dialect, service=HOUSEHOLDS, **ruling)
        async with house(outside, tls) as http:
            with pytest.raises(Silent) as caught:
                await http.post(f"/r1/{HOUSEHOLDS}/query", json={}, extensions=PATIENTLY)
        assert caught.value.why is Why.REFUSED


@pytest.mark.parametrize("state", ["unreachable", "maintenance"])
async def test_a_security_server_that_is_down_is_unavailable(
    outside: Outside, tls: MutualTls, told: Callable[..., None], state: str
) -> None:
    told(server="ss-wards-centre", state=state)
    async with house(outside, tls) as http:
        with pytest.raises(Silent) as caught:
            await http.post(f"/r1/{HOUSEHOLDS}/query", json={}, extensions=PATIENTLY)
    assert caught.value.why is Why.UNAVAILABLE


async def test_who_hangs_up_is_in_the_log_of_the_security_server_too(outside: Outside, tls: MutualTls) -> None:
    await outside.mode("registry", "silent")
    async with house(outside, tls) as http:
        with pytest.raises(Silent):
            await http.post(f"/r1/{HOUSEHOLDS}/query", json={}, extensions=REASON)
    await outside.mode("registry", "ok")
    async with asyncio.timeout(10):
        while (newest := await _newest(outside))["target"] != f"/r1/{HOUSEHOLDS}/query":
            await asyncio.sleep(0.05)
    assert newest["status"] is None


async def _newest(outside: Outside) -> dict[str, object]:
    """The newest message in the log of the security server."""
    async with httpx.AsyncClient(base_url=outside.origin, headers={"accept": "application/json"}) as http:
        listed: list[dict[str, object]] = (await http.get("/_exchange")).json()
    return listed[0]


def test_openssl_sees_mutual_tls_and_is_refused_without_a_certificate(outside: Outside, tls: MutualTls) -> None:
    shown = ["-cert", str(tls.certificate), "-key", str(tls.key)]
    ask = f"GET {APPLICATIONS}/1 HTTP/1.1\r\nHost: localhost\r\nX-Road-Client: {OURS}\r\nConnection: close\r\n\r\n"
    assert "HTTP/1.1 404" in _s_client(outside, tls, ask, *shown)
    without = _s_client(outside, tls, ask)
    assert "HTTP/1.1 500" in without
    assert "server.clientproxy.ssl_authentication_failed" in without
    assert "Verify return code: 0 (ok)" in _s_client(outside, tls, ask, *shown, verbose=True)


def _s_client(outside: Outside, tls: MutualTls, ask: str, *more: str, verbose: bool = False) -> str:
    where = f"localhost:{urlsplit(outside.exchange).port}"
    command = ["openssl", "s_client", "-connect", where, "-CAfile", str(tls.roots), "-verify_return_error", *more]
    quiet = [] if verbose else ["-quiet"]
    done = subprocess.run(
        [*command, *quiet, "-ign_eof"], input=ask.encode(), capture_output=True, timeout=30, check=False
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")
