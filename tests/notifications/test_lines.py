"""Many pushes over few connections: each gets its own answer, whatever happens to the connection under it."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from notifications.channels import frames
from notifications.channels.lines import Lines
from notifications.channels.senders import Answer, Letter, Unreached
from tests.notifications import h2_service as http2
from tests.notifications.h2_service import H2Service
from tests.notifications.push_service import PushService

HEAD = {"Authorization": "vapid t=" + "x" * 260, "TTL": "60", "Topic": "t"}
TAKEN = Answer(201, None)


@pytest.fixture
async def service() -> AsyncIterator[H2Service]:
    service = H2Service()
    await service.open()
    yield service
    service.close()


def letters(count: int, name: str = "p") -> list[Letter]:
    return [Letter(f"/{name}/{number}?x=1", b"%d" % number * 90) for number in range(count)]


async def test_a_thousand_letters_each_arrive_whole_and_once_over_one_connection(service: H2Service) -> None:
    sent = letters(999)
    async with Lines() as lines:
        assert await lines.send(service.origin, HEAD, iter(sent)) == [TAKEN] * 999
        assert (
            await lines.send(service.origin, HEAD, [Letter("/bare", b""), Letter("/full", b"x" * 4096)]) == [TAKEN] * 2
        )
    assert len(service.talks) <= 4
    assert {(post.path, post.body) for post in service.posts} >= {(one.path, one.body) for one in sent}
    assert len(service.posts) == 1001
    first = next(post for post in service.posts if post.path == "/p/0?x=1")
    assert first.headers == {
        ":method": "POST",
        ":scheme": "http",
        ":authority": service.origin.removeprefix("http://"),
        ":path": "/p/0?x=1",
        "authorization": HEAD["Authorization"],
        "ttl": "60",
        "topic": "t",
        "content-length": "90",
    }


async def test_each_letter_gets_its_own_answer_however_it_comes(service: H2Service) -> None:
    big = b"too many " * 1_500
    service.answers = {
        "/p/0?x=1": [http2.says(429, ("retry-after", "7"), body=big)],
        "/p/1?x=1": [http2.says(410, body=b"gone")],
        "/p/2?x=1": [http2.says(503, ("x", "y" * 20_000), ("retry-after", "Sat, 13 Jun 2026 01:02:00 GMT"))],
        "/p/3?x=1": [http2.resets],
        "/p/4?x=1": [http2.refuses],
        "/p/5?x=1": [http2.stays_silent],
        "/p/6?x=1": [http2.refuses] * 9,
        "/p/7?x=1": [http2.says(599)],
    }
    async with Lines(patience=0.5) as lines:
        answers = await lines.send(service.origin, HEAD, letters(40))
    expected: list[Answer | None] = [TAKEN] * 40
    expected[0:8] = [
        Answer(429, "7"),
        Answer(410, None),
        Answer(503, "Sat, 13 Jun 2026 01:02:00 GMT"),
        None,
        TAKEN,
        None,
        None,
        Answer(599, None),
    ]
    assert answers == expected
    assert sum(post.path == "/p/4?x=1" for post in service.posts) == 2


async def test_a_service_that_takes_three_at_once_is_never_given_more(service: H2Service) -> None:
    service.most = 3
    async with Lines() as lines:
        assert await lines.send(service.origin, HEAD, letters(200)) == [TAKEN] * 200
    assert len(service.posts) == 200


async def test_what_a_leaving_connection_did_not_look_at_goes_by_the_next(service: H2Service) -> None:
    service.answers = {"/p/20?x=1": [http2.leaves], "/p/120?x=1": [http2.leaves]}
    async with Lines() as lines:
        answers = await lines.send(service.origin, HEAD, letters(200))
    assert answers == [TAKEN] * 200
    assert len(service.talks) > 1


async def test_a_connection_that_breaks_leaves_its_letters_unanswered_and_the_next_send_works(
    service: H2Service,
) -> None:
    service.answers = {"/p/3?x=1": [http2.hangs_up]}
    async with Lines() as lines:
        answers = await lines.send(service.origin, HEAD, letters(10))
        assert answers[:3] == [TAKEN] * 3
        assert None in answers[3:]
        assert set(answers) == {TAKEN, None}
        assert await lines.send(service.origin, HEAD, letters(10, "q")) == [TAKEN] * 10
        service.close()
        assert await lines.send(service.origin, HEAD, letters(2)) == [None, None]
    async with Lines() as lines:
        assert await lines.send(service.origin, HEAD, letters(2)) == [None, None]


async def test_over_tls_the_certificate_is_tried_and_an_older_service_is_spoken_to_by_aiohttp(tmp_path: Path) -> None:
    pem = _certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    context.set_alpn_protocols(["h2"])
    modern, old = H2Service(tls=context), PushService()
    await modern.open()
    await old.open()
    try:
        async with Lines(roots=pem) as lines:
            assert await lines.send(modern.origin, HEAD, letters(50)) == [TAKEN] * 50
            assert await lines.send(old.origin, HEAD, letters(5, "push")) == [TAKEN] * 5
        async with Lines() as strangers:
            with pytest.raises(Unreached):
                await strangers.post(f"{modern.origin}/p/0", HEAD, b"")
    finally:
        modern.close()
        await old.close()
    assert len(modern.posts) == 50


@pytest.mark.parametrize(
    "wrong",
    [
        frames.frame(frames.SETTINGS, 0, 0, b"odd"),
        frames.frame(frames.HEADERS, frames.PADDED | frames.END_HEADERS, 1, b"\xff\x88"),
        b"\xff\xff\xff\x00\x00\x00\x00\x00\x01",
    ],
)
def test_what_is_no_http2_is_said_to_be_none(wrong: bytes) -> None:
    def hears() -> None:
        for one in frames.frames(bytearray(wrong)):
            frames.settings_of(frames.block_of(one))

    with pytest.raises(frames.Broken):
        hears()


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        (b"\x88", (200, None)),
        (b"\x20\x48\x03201\x00\x01x\x01y", (201, None)),
        (b"\x3f\x01\x8d", (404, None)),
        (b"\x08\x82\x10\x03", (201, None)),
        (b"\x48\x03429\x0f\x26\x0290", (429, "90")),
    ],
)
def test_a_status_is_read_in_every_form_it_may_have(block: bytes, answer: tuple[int, str | None]) -> None:
    assert frames.answer_of(block) == answer


def _certificate(folder: Path) -> Path:
    """Of localhost, key and certificate in one file."""
    pem = folder / "localhost.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", *curve, *name, "-keyout", str(pem), "-out", str(folder / "c.pem")]
    subprocess.run(command, check=True, capture_output=True)
    pem.write_text(pem.read_text() + (folder / "c.pem").read_text())
    return pem
