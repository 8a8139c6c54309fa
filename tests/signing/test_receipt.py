"""A receipt in a stranger's hands: every way of spoiling one is refused in words, here and by openssl."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from rfc3161_client import TimestampRequestBuilder

from bff.applications.application import Application
from bff.signing import bundle, receipts
from bff.signing.bundle import Bundle, Roots
from bff.signing.ports import Checked, Digest
from bff.signing.seal import HouseSeal, Key
from bff.signing.store import Signed
from bff.signing.trying import NotGenuine, Trust, tried
from infra.sandbox.settings import Clock
from infra.sandbox.time_stamps import Authority as Stamps
from tests.signing.signer import by_openssl, unpacked

NOW = datetime.now(UTC).replace(microsecond=0)
DOCUMENT = (
    b'{"answers":{"account":"\xe3\x81\x82"},"completedAt":"2026-11-20T00:00:00Z","procedure":"child_allowance_change",'
    b'"subject":null,"version":"1","ward":"131032"}'
)
SENT = Application(
    id=UUID(int=7),
    resident=UUID(int=8),
    ward="131032",
    procedure="child_allowance_change",
    subject=None,
    version="1",
    receipt_number="KM-131032-20261120-000001",
    state="queued",
    ward_number=None,
    completed_at=NOW,
    accepted_at=NOW,
    digest=None,
    corrected=(),
    history=(),
    mandate=None,
)
KEYS: dict[str, Callable[[], Key]] = {
    "RSA-2048": lambda: rsa.generate_private_key(65537, 2048),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
}


def seal_of(key: Key, *, begins: datetime = NOW - timedelta(days=1), days: int = 365) -> HouseSeal:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A ward's seal")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    return HouseSeal(key, [made])


class Office:
    """A house that seals, and an authority that stamps for it."""

    def __init__(self, key: Key, **seal: Any) -> None:
        self.seal = seal_of(key, **seal)
        self.stamps = Stamps(Clock(lambda: NOW), None)
        pem = self.seal.chain[0].public_bytes(serialization.Encoding.PEM)
        self.roots = Roots(pem, self.stamps.root_pem)
        self.trust = Trust(self.seal.chain, [self.stamps.root])

    def stamp(self, message: bytes) -> bytes:
        return self.stamps.reply(TimestampRequestBuilder().data(message).build().as_bytes())

    def receipt(self, *, signed: bool = True, stamped: bool = True) -> Bundle:
        checked = Checked("P-384/SHA-384", b"a signature of any length", "V-1", NOW)
        signature = Signed(uuid4(), Digest.of("sha384", DOCUMENT), checked) if signed else None
        made = receipts.made(SENT, DOCUMENT, signature, self.seal, self.roots, NOW)
        return made.stamped(self.stamp(made.files[bundle.SEAL])) if stamped else made


@pytest.fixture(scope="module")
def office() -> Office:
    return Office(KEYS["P-384"]())


@pytest.mark.parametrize("kind", KEYS)
def test_seals_of_today_and_of_tomorrow_are_believed_here_and_by_openssl(kind: str, tmp_path: Path) -> None:
    office = Office(KEYS[kind]())
    packed = office.receipt().packed()
    found = tried(packed, office.trust, NOW)
    assert found.sealed_by == "CN=A ward's seal"
    assert found.stamped_at == NOW
    assert by_openssl(unpacked(packed, tmp_path))


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize("name", [*bundle.ALWAYS, bundle.STAMP])
def test_a_bit_flipped_anywhere_in_any_file_is_found(office: Office, name: str) -> None:
    whole = office.receipt().files
    size = len(whole[name])
    for at in range(0, size, max(1, size // 12)):
        with pytest.raises(NotGenuine):
            tried(Bundle({**whole, name: flipped(whole[name], at)}).packed(), office.trust, NOW)


def test_openssl_finds_what_was_changed_too(office: Office, tmp_path: Path) -> None:
    folder = unpacked(office.receipt().packed(), tmp_path)
    assert by_openssl(folder)
    for name in (bundle.APPLICATION, bundle.STATEMENT, bundle.SEAL, bundle.STAMP):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(flipped(whole, len(whole) - 3))
        assert not by_openssl(folder), name
        (folder / name).write_bytes(whole)
    assert by_openssl(folder)


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def twice(files: dict[str, bytes]) -> bytes:
    """Two entries of one name, of which readers take different ones."""
    return zipped({**files, "application.jsoM": b"{}"}).replace(b"application.jsoM", b"application.json")


SPOILT: dict[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "nothing": (lambda f: b"", "no_receipt"),
    "a picture": (lambda f: b"\x89PNG\r\n\x1a\n" + bytes(900), "no_receipt"),
    "a PDF": (lambda f: b"%PDF-1.7 " + bytes(900), "no_receipt"),
    "half of it": (lambda f: zipped(f)[:4000], "broken"),
    "another zip": (lambda f: zipped({"a.txt": b"hello"}), "odd_files"),
    "an empty zip": (lambda f: zipped({}), "no_receipt"),
    "one that climbs": (lambda f: zipped({**f, "../../etc/passwd": b"x"}), "odd_files"),
    "one with a root": (lambda f: zipped({**f, "/etc/passwd": b"x"}), "odd_files"),
    "one of Windows": (lambda f: zipped({**f, "..\\x": b"x"}), "odd_files"),
    "one file too many": (lambda f: zipped({**f, "malware.exe": b"x"}), "odd_files"),
    "a name twice": (twice, "odd_files"),
    "a thousand files": (lambda f: zipped({f"stamp-{n}.tsr": b"" for n in range(1000)}), "odd_files"),
    "a bomb": (lambda f: zipped({**f, "README.txt": bytes(90_000_000)}), "too_large"),
    "a bomb that lies": (
        lambda f: zipped({**f, "README.txt": bytes(9_000_000)}).replace((9_000_000).to_bytes(4, "little"), b"\1\0\0\0"),
        "broken",
    ),
    "too large a file": (lambda f: zipped({**f, "README.txt": bytes(190_000)}, zipfile.ZIP_STORED), "too_large"),
    "without its seal": (lambda f: zipped({k: v for k, v in f.items() if k != "seal.p7s"}), "file_missing"),
    "a later stamp alone": (lambda f: zipped({**f, "stamp-2.tsr": f["stamp.tsr"]}), "file_missing"),
    "another content": (lambda f: zipped({**f, "application.json": b'{"a":1}'}), "application_changed"),
    "the same in another form": (
        lambda f: zipped({**f, "application.json": f["application.json"].replace(b":", b": ", 1)}),
        "application_changed",
    ),
    "another statement": (
        lambda f: zipped({**f, "statement.json": f["statement.json"].replace(b"000001", b"000002")}),
        "seal_broken",
    ),
    "deep JSON": (lambda f: zipped({**f, "statement.json": b"[" * 100_000}), "statement_changed"),
    "another README": (lambda f: zipped({**f, "README.txt": b"run this"}), "files_changed"),
    "its own roots": (lambda f: zipped({**f, "roots/seal.pem": b""}), "files_changed"),
    "no seal": (lambda f: zipped({**f, "seal.p7s": b""}), "seal_broken"),
    "a stamp in place of the seal": (lambda f: zipped({**f, "seal.p7s": f["stamp.tsr"]}), "seal_broken"),
    "a seal in place of the stamp": (lambda f: zipped({**f, "stamp.tsr": f["seal.p7s"]}), "stamp_broken"),
}


def test_each_way_of_spoiling_one_is_refused_for_its_own_reason(office: Office) -> None:
    files = dict(office.receipt().files)
    found = {}
    for said, (spoil, _) in SPOILT.items():
        with pytest.raises(NotGenuine) as refused:
            tried(spoil(dict(files)), office.trust, NOW)
        found[said] = refused.value.fault
    assert found == {said: fault for said, (_, fault) in SPOILT.items()}
    assert tried(zipped(files), office.trust, NOW).stamps == 1, "packed anew by somebody else it is the same receipt"


def test_the_seal_of_another_house_the_stamp_of_another_receipt_and_certificates_that_ended(office: Office) -> None:
    other, ours = Office(KEYS["P-384"]()), office.receipt()
    stamp = office.stamp(office.receipt().files[bundle.SEAL])
    ended = Office(KEYS["P-384"](), begins=NOW - timedelta(days=400), days=300)
    of_former_years = Trust([*office.trust.seal, *ended.trust.seal], ended.trust.stamp)
    later = NOW + timedelta(days=365 * 11)
    cases: dict[str, tuple[bytes, Trust, datetime]] = {
        "seal_unknown": (other.receipt().packed(), office.trust, NOW),
        "stamp_broken": (ours.stamped(stamp).packed(), office.trust, NOW),
        "seal_expired": (ended.receipt().packed(), of_former_years, NOW),
        "stamp_expired": (ours.packed(), office.trust, later),
    }
    for fault, (packed, trust, at) in cases.items():
        with pytest.raises(NotGenuine) as refused:
            tried(packed, trust, at)
        assert refused.value.fault == fault
    unstamped = office.receipt(stamped=False).packed()
    assert tried(unstamped, office.trust, NOW).stamped_at is None
    with pytest.raises(NotGenuine):
        tried(unstamped, office.trust, NOW + timedelta(days=366))


def test_a_seal_that_ended_holds_by_its_stamp_and_a_stamp_that_ends_by_the_next(office: Office, tmp_path: Path) -> None:
    after_the_seal = NOW + timedelta(days=400)
    assert tried(office.receipt().packed(), office.trust, after_the_seal).stamped_at == NOW
    younger = Stamps(Clock(lambda: NOW), None)
    first = office.receipt()
    number, message = first.to_stamp_again(younger.root_pem)
    token = younger.reply(TimestampRequestBuilder().data(message).build().as_bytes())
    again = first.stamped_again(number, token, younger.root_pem)
    both = Trust(office.trust.seal, [*office.trust.stamp, younger.root])
    assert tried(again.packed(), both, NOW).stamps == 2
    with pytest.raises(NotGenuine):
        tried(Bundle({**again.files, "roots/stamp-2.pem": b""}).packed(), both, NOW)
    folder = unpacked(again.packed(), tmp_path)
    lines = [line.strip() for line in (folder / bundle.README).read_text("utf-8").splitlines() if "-2" in line]
    commands = [line for line in lines if line.startswith(("cat", "openssl"))]
    assert len(commands) == 2
    assert (
        subprocess.run(["sh", "-c", " && ".join(commands)], check=False, cwd=folder, capture_output=True).returncode
        == 0
    )
