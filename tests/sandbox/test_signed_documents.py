"""Every message is signed by its member and stamped in batches; what is handed out is tried by readers that are not
the stand-in's own: the house's, signxml's and openssl's."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from base64 import b64decode
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from signxml.xades import XAdESVerifier
from signxml.xades.xades import XAdESSignatureConfiguration

from bff.exchange.evidence.trying import Verdict, What, tried
from infra.sandbox.exchange.certificates import Root
from tests.sandbox.city import CALLER, HANA, City

HOUSEHOLDS = "GOV/131032/registry/households/query"
OURS = {
    "queryId": "m-1",
    "xRoadInstance": "TOKYO23",
    "memberClass": "COM",
    "memberCode": "900100",
    "subsystemCode": "kurashimado",
}


async def asked(city: City, id: str = "m-1") -> httpx.Response:
    answer = await city.asks(HOUSEHOLDS, {"subject": HANA}, CALLER | {"X-Road-Id": id})
    assert answer.status_code == 200
    return answer


async def document(city: City, kind: str, **more: str) -> bytes:
    query = {**OURS, f"{kind}Only": "", "unique": "", "force": "", **more}
    answer = await city.http.get("/asic", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.etsi.asic-e+zip"
    return answer.content


async def roots(city: City) -> list[x509.Certificate]:
    stamps = x509.load_pem_x509_certificate((await city.http.get("/tsa/root.pem")).content)
    return [Root.kept(city.folder).own.certificate, stamps]


async def test_the_question_is_signed_by_us_and_the_answer_by_the_ward(city: City) -> None:
    answer = await asked(city)
    request, response = await document(city, "request"), await document(city, "response")
    for container, member in ((request, "TOKYO23/COM/900100"), (response, "TOKYO23/GOV/131032")):
        verdict = tried(container, await roots(city))
        assert verdict.faults == []
        assert verdict.signed is not None
        assert f"CN={member}" in verdict.signed.certificate.subject.rfc4514_string()
        assert verdict.signed.revocation == "good"
        assert verdict.stamped is not None
        assert verdict.data == ["message.xml", "attachment1"]
    sent = zipfile.ZipFile(io.BytesIO(request))
    head = sent.read("message.xml").decode()
    assert head.startswith(f"POST\r\n/r1/TOKYO23/{HOUSEHOLDS}\r\n")
    assert head.endswith(f"x-road-request-id:{answer.headers['x-road-request-id']}\r\n")
    assert json.loads(sent.read("attachment1")) == {"subject": HANA}
    told = zipfile.ZipFile(io.BytesIO(response))
    assert told.read("attachment1") == answer.content
    ended = told.read("message.xml").decode()
    assert ended.startswith("200\r\nOK\r\n")
    assert ended.endswith(f"x-road-request-hash:{answer.headers['x-road-request-hash']}\r\n")


async def test_readers_that_are_not_ours_accept_it(city: City, tmp_path: Path) -> None:
    for number in range(5):
        await asked(city, f"m-{number}")
    container = zipfile.ZipFile(io.BytesIO(await document(city, "response")))
    signatures = container.read("META-INF/signatures.xml")
    verified = XAdESVerifier().verify(
        signatures,
        x509_cert=_certificate(signatures),
        uri_resolver=lambda uri: container.read(uri.removeprefix("/")),
        expect_config=XAdESSignatureConfiguration(expect_references=3),
    )
    assert len(verified) == 3
    stamp, result, root = tmp_path / "t.tst", tmp_path / "result.xml", tmp_path / "root.pem"
    stamp.write_bytes(container.read("META-INF/timestamp.tst"))
    result.write_bytes(container.read("ts-hashchainresult.xml"))
    root.write_bytes((await city.http.get("/tsa/root.pem")).content)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", stamp, "-data", result, "-CAfile", root]
    assert "Verification: OK" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _certificate(signatures: bytes) -> str:
    inside = signatures.partition(b"<ds:X509Certificate>")[2].partition(b"<")[0]
    return x509.load_der_x509_certificate(b64decode(inside)).public_bytes(serialization.Encoding.PEM).decode()


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("message.xml", What.SIGNATURE),
        ("attachment1", What.SIGNATURE),
        ("META-INF/signatures.xml", What.STAMP),
        ("ts-hashchain.xml", What.STAMP),
        ("ts-hashchainresult.xml", What.STAMP),
    ],
)
async def test_one_changed_letter_in_it_is_found(city: City, part: str, what: What) -> None:
    for id in ("m-0", "m-1"):
        await asked(city, id)
    verdict = tried(_changed(await document(city, "response"), part))
    assert what in [fault.what for fault in verdict.faults]


async def test_a_container_without_its_stamp_or_with_another_message_is_not_taken_for_whole(city: City) -> None:
    for id in ("m-0", "m-1"):
        await asked(city, id)
    one, other = await document(city, "request"), await document(city, "request", queryId="m-0")
    for part in ("message.xml", "META-INF/signatures.xml", "META-INF/timestamp.tst", "ts-hashchain.xml"):
        if _read(one, part) != _read(other, part):
            assert tried(_changed(one, part, _read(other, part))).faults, part
    assert tried(_changed(one, "extra.txt", b"not signed")).faults
    for part in ("attachment1", "ts-hashchain.xml", "META-INF/signatures.xml"):
        assert tried(_without(one, part)).faults, part
    assert tried(_without(one, "META-INF/ASiCManifest.xml")).faults
    strangers = tried(one, [Root.made().own.certificate])
    assert [fault.what for fault in strangers.faults] == [What.STRANGER, What.STRANGER]


async def test_whatever_bit_falls_the_reader_says_something(city: City) -> None:
    await asked(city)
    signed = await document(city, "response")
    for at in range(0, len(signed), 7):
        broken = bytearray(signed)
        broken[at] ^= 1 << (at % 8)
        assert isinstance(tried(bytes(broken)), Verdict)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"queryId": ""}, 400),
        ({"memberCode": ""}, 400),
        ({"requestOnly": "", "responseOnly": ""}, 400),
        ({"unique": ""}, 400),
        ({"queryId": "another"}, 404),
        ({"subsystemCode": "nobody"}, 500),
        ({"requestOnly": "", "unique": ""}, 500),
    ],
)
async def test_what_cannot_be_handed_out_is_said_in_plain_text(city: City, query: dict[str, str], status: int) -> None:
    await asked(city)
    answer = await city.http.get("/asic", params=OURS | query)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain;charset=utf-8")


async def test_signed_documents_are_for_whoever_shows_the_registered_certificate(city: City) -> None:
    await asked(city)
    async with city.browser(None) as stranger:
        assert (await stranger.get("/asic", params=OURS)).status_code == 401


async def test_both_sides_of_an_exchange_come_in_one_archive_once_they_are_stamped(city: City) -> None:
    await asked(city)
    waiting = await city.http.get("/asic", params=OURS)
    assert (waiting.status_code, waiting.text) == (500, "Some message signatures have not been timestamped yet!")
    await city.http.post("/_faults/time_stamps", json={"mode": "error"})
    silent = await city.http.get("/asic", params=OURS | {"force": ""})
    assert silent.status_code == 500
    assert "time-stamping providers" in silent.text
    await city.http.post("/_faults/time_stamps", json={"mode": "ok"})
    both = zipfile.ZipFile(io.BytesIO((await city.http.get("/asic", params=OURS | {"force": ""})).content))
    assert sorted(name.split("-")[2] for name in both.namelist()) == ["request", "response"]
    assert (await city.http.get("/asic", params=OURS)).status_code == 200


async def test_every_minute_a_batch_is_stamped_and_while_no_authority_answers_it_waits(city: City) -> None:
    await asked(city)
    await city.http.post("/_faults/time_stamps", json={"mode": "error"})
    await city.stamps_batches()
    assert (await city.http.get("/asic", params=OURS)).status_code == 500
    await city.http.post("/_faults/time_stamps", json={"mode": "ok"})
    await city.stamps_batches()
    assert (await city.http.get("/asic", params=OURS)).status_code == 200


async def test_the_wards_server_has_the_same_message_under_a_stamp_of_its_own(city: City) -> None:
    await asked(city)
    theirs = {"memberClass": "GOV", "memberCode": "131032", "subsystemCode": "registry"}
    query = OURS | theirs | {"responseOnly": "", "unique": "", "force": ""}
    answer = await city.http.get("/_exchange/ss-wards-centre/asic", params=query)
    ours = await document(city, "response")
    for part in ("message.xml", "attachment1", "META-INF/signatures.xml"):
        assert _read(answer.content, part) == _read(ours, part)
    assert tried(answer.content, await roots(city)).faults == []
    assert (await city.http.get("/_exchange/ss-moon/asic", params=query)).status_code == 404


async def test_what_was_refused_by_the_ward_is_signed_as_asked(city: City) -> None:
    await city.asks("GOV/131032/registry/households/all", {"subject": HANA}, CALLER | {"X-Road-Id": "m-1"})
    assert tried(await document(city, "request")).faults == []
    assert (await city.http.get("/asic", params=OURS | {"responseOnly": ""})).status_code == 404


async def test_ten_thousand_bytes_of_log_cost_what_they_weigh(city: City) -> None:
    """Only the newest are kept, by their number and by their weight."""
    from infra.sandbox.exchange.messages import KEPT, KEPT_BYTES, Message, MessageLog

    log = MessageLog()
    heavy = Message("request", "m", b"x" * (KEPT_BYTES // 4), None, city.time, None)  # type: ignore[arg-type]
    for _ in range(9):
        log.keep(("a",), heavy)
    assert len(log.unstamped(KEPT)) == 4


def _read(container: bytes, part: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(container)).read(part)


def _without(container: bytes, part: str) -> bytes:
    return _packed({name: content for name, content in _parts(container).items() if name != part})


def _changed(container: bytes, part: str, content: bytes | None = None) -> bytes:
    """With another content of one part; without any, one letter in its last digest or in its middle is another."""
    parts = _parts(container)
    if content is None:
        old = bytearray(parts[part])
        at = old.rfind(b"</ds:DigestValue>") - 20 if b"</ds:DigestValue>" in old else len(old) // 2
        old[at] = ord("A") if old[at] != ord("A") else ord("B")
        content = bytes(old)
    return _packed({**parts, part: content})


def _parts(container: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(container))
    return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
