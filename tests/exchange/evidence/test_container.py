"""Evidence that is handed out: signed, stamped, tried by readers that are none of ours, and of nobody else."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from lxml import etree
from signxml.exceptions import InvalidDigest, InvalidSignature
from signxml.xades import XAdESVerifier
from signxml.xades.xades import XAdESSignatureConfiguration

from bff.exchange.evidence.exporting import NothingToExport, Wanted, bare, export
from bff.exchange.evidence.seal import Signer
from bff.exchange.evidence.trying import What, tried
from bff.exchange.log_writing import LogWriter
from tests.exchange.evidence.desk import Desk
from tests.exchange.test_message_log import HANA, KEN, NOW, ROW


async def test_a_container_is_signed_stamped_and_shows_nobody_else(desk: Desk, signer: Signer, tmp_path: Path) -> None:
    of_ken, of_hana, _ = await desk.exchanges(KEN, HANA, KEN)
    await desk.seals()
    container = zipfile.ZipFile(io.BytesIO(await desk.hands_out(Wanted(message=of_hana), signer)))
    first = container.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert container.read("mimetype") == b"application/vnd.etsi.asic-e+zip"
    told = container.read("records.json")
    assert str(of_hana).encode() in told
    assert str(of_ken).encode() not in told
    assert _chain_of(json.loads(told)) == container.read("link.bin")
    _openssl_knows(container, tmp_path)
    signed = _try_signature(container, signer.certificate)
    assert {"records.json", "link.bin"} <= signed


async def test_a_caller_who_gives_its_message_an_id_of_ours_gets_into_no_container(desk: Desk, signer: Signer) -> None:
    (message,) = await desk.exchanges(HANA)
    log = LogWriter(desk.db).keep
    for caller in ("TOKYO23/GOV/131032/a", "TOKYO23/GOV/131041/b"):
        await log(replace(ROW, message=message, resident=KEN, direction="in", caller=caller))
    await desk.seals()

    async def shown(wanted: Wanted) -> list[int]:
        container = zipfile.ZipFile(io.BytesIO(await desk.hands_out(wanted, signer)))
        return [one["place"] for one in json.loads(container.read("records.json"))["records"] if "record" in one]

    assert await shown(Wanted(message=message)) == [1]
    assert await shown(Wanted(message=message, caller="TOKYO23/GOV/131041/b")) == [3]


async def test_the_signature_is_time_stamped_so_that_openssl_knows_it_too(
    desk: Desk, signer: Signer, tmp_path: Path
) -> None:
    """XAdES-T: over the SignatureValue made canonical (EN 319 132-1, 5.3), here by another hand."""
    (message,) = await desk.exchanges(HANA)
    await desk.seals()
    content = await desk.hands_out(Wanted(message=message), signer)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("META-INF/signatures.xml"))
    names = {"ds": "http://www.w3.org/2000/09/xmldsig#", "x": "http://uri.etsi.org/01903/v1.3.2#"}
    (stamp,) = root.findall(".//x:UnsignedSignatureProperties/x:SignatureTimeStamp", names)
    method = stamp.find("ds:CanonicalizationMethod", names)
    assert method is not None
    assert method.get("Algorithm") == "http://www.w3.org/2001/10/xml-exc-c14n#"
    (tmp_path / "stamp").write_bytes(b64decode(stamp.findtext("x:EncapsulatedTimeStamp", "", names)))
    value = root.find(".//ds:SignatureValue", names)
    assert value is not None
    attributes = "".join(f' {name}="{given}"' for name, given in value.attrib.items())
    plain = f'<ds:SignatureValue xmlns:ds="{names["ds"]}"{attributes}>{value.text}</ds:SignatureValue>'
    (tmp_path / "value").write_bytes(plain.encode())
    command = ["openssl", "ts", "-verify", "-data", "value", "-in", "stamp", "-token_in", "-CAfile", "roots.pem"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert tried(content).faults == []


async def test_a_changed_time_stamp_of_the_signature_is_found(desk: Desk, signer: Signer) -> None:
    (message,) = await desk.exchanges(HANA)
    await desk.seals()
    async with desk.db.house() as conn:
        draft = await export(conn, Wanted(message=message), signer, NOW)
    other = bare(await desk.authority.stamp(b"something else"))
    assert [fault.what for fault in tried(draft.packed(other)).faults] == [What.STAMP]
    assert tried(draft.packed(None)).faults == []


async def test_a_container_with_one_bit_changed_is_refused(desk: Desk, signer: Signer) -> None:
    (message,) = await desk.exchanges(HANA)
    await desk.seals()
    container = zipfile.ZipFile(io.BytesIO(await desk.hands_out(Wanted(message=message), signer)))
    for name in ("records.json", "link.bin"):
        changed = bytearray(container.read(name))
        changed[len(changed) // 2] ^= 1
        with pytest.raises((InvalidDigest, InvalidSignature)):
            _try_signature(container, signer.certificate, {name: bytes(changed)})


async def test_what_is_not_stamped_yet_is_not_handed_out(desk: Desk, signer: Signer) -> None:
    (message,) = await desk.exchanges(HANA)
    with pytest.raises(NothingToExport):
        await desk.hands_out(Wanted(message=message), signer)


def _chain_of(told: dict[str, object]) -> bytes:
    """The last link made again from the container alone, by the rule that stands in it."""
    link = bytes.fromhex(str(told["link_before"]))
    records = told["records"]
    assert isinstance(records, list)
    for one in records:
        if "record" in one:
            canonical = json.dumps(one["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            record = hashlib.sha512(canonical).digest()
        else:
            record = bytes.fromhex(one["digest"])
        link = hashlib.sha512(link + record).digest()
    return link


def _openssl_knows(container: zipfile.ZipFile, folder: Path) -> None:
    (folder / "link.bin").write_bytes(container.read("link.bin"))
    (folder / "timestamp.tst").write_bytes(container.read("META-INF/timestamp.tst"))
    command = ["openssl", "ts", "-verify", "-data", "link.bin", "-in", "timestamp.tst", "-token_in"]
    told = subprocess.run([*command, "-CAfile", "roots.pem"], cwd=folder, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def _try_signature(
    container: zipfile.ZipFile, certificate: x509.Certificate, changed: dict[str, bytes] | None = None
) -> set[str]:
    """The names that the signature covers, by an independent reader of XAdES; raises when it does not hold."""
    covered = set()

    def file(uri: str) -> bytes:
        covered.add(uri)
        return (changed or {}).get(uri) or container.read(uri)

    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    XAdESVerifier().verify(
        container.read("META-INF/signatures.xml"),
        x509_cert=pem,
        uri_resolver=file,
        expect_config=XAdESSignatureConfiguration(expect_references=3),
    )
    return covered
