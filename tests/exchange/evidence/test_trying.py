"""Signed documents from outside: those of real security servers, our own, and what only looks like one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bff.__main__ import main
from bff.exchange.evidence import hash_chains
from bff.exchange.evidence.algorithms import Untrue
from bff.exchange.evidence.exporting import Wanted
from bff.exchange.evidence.opening import LARGEST_PART, MIME_TYPE, Malformed, opened, xml
from bff.exchange.evidence.seal import Signer
from bff.exchange.evidence.trying import What, tried
from tests.exchange.evidence.desk import Desk
from tests.exchange.test_message_log import HANA

REAL = Path(__file__).parents[4] / "shared" / "reference" / "testdata" / "xroad" / "asice"
SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512"
with_real_ones = pytest.mark.skipif(
    not REAL.is_dir(), reason=f"the containers of real security servers are not beside this repository: {REAL}"
)


@with_real_ones
@pytest.mark.parametrize(
    ("name", "data", "stamped"),
    [
        ("valid-batch-ts", ["message.xml"], "2024-12-05T07:34:14+00:00"),
        ("valid-non-batch-rest", ["message.xml", "attachment1"], "2024-07-11T12:51:12+00:00"),
        ("valid-signed-hashchain", ["message.xml"], "2024-12-05T12:37:50+00:00"),
    ],
)
def test_a_real_container_is_consistent(name: str, data: list[str], stamped: str) -> None:
    verdict = tried((REAL / f"{name}.asice").read_bytes())
    assert verdict.faults == []
    assert verdict.data == data
    assert verdict.stamped is not None
    assert verdict.stamped.at.isoformat() == stamped


@with_real_ones
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("invalid-digest", What.SIGNATURE),
        ("wrong-message", What.SIGNATURE),
        ("invalid-ts-hashchainresult", What.MALFORMED),
    ],
)
def test_a_real_container_that_is_wrong_is_found_out(name: str, what: What) -> None:
    assert what in [fault.what for fault in tried((REAL / f"{name}.asice").read_bytes()).faults]


@with_real_ones
def test_an_operator_is_told_who_signed_and_that_trust_is_another_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "check", str(REAL / "valid-non-batch-rest.asice")]) == 0
    told = capsys.readouterr().out
    assert "Test member" in told
    assert "was not tried" in told
    assert main(["evidence", "check", str(REAL / "wrong-message.asice")]) == 1


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "check", str(tmp_path / "none.asice")]) == 3
    assert "none.asice" in capsys.readouterr().err


def test_a_file_of_a_terabyte_is_not_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "large.asice").open("wb") as file:
        file.truncate(1 << 40)
    assert main(["evidence", "check", str(tmp_path / "large.asice")]) == 1
    assert "malformed: more than" in capsys.readouterr().out


async def test_a_container_of_our_own_is_read_as_one_from_outside(desk: Desk, signer: Signer) -> None:
    (message,) = await desk.exchanges(HANA)
    await desk.seals()
    container = await desk.hands_out(Wanted(message=message), signer)
    verdict = tried(container)
    assert verdict.faults == []
    assert verdict.data == ["records.json", "link.bin"]
    manifest = "META-INF/ASiCManifest.xml"
    commented = opened(container)[manifest].replace(b"</asic:ASiC", b"<!-- read me --></asic:ASiC")
    assert commented != opened(container)[manifest]
    assert tried(packed({**opened(container), manifest: commented})).faults == []
    parts = {name: zipfile.ZipFile(io.BytesIO(container)).read(name) for name in ("records.json", "link.bin")}
    for name, content in parts.items():
        changed = {**opened(container), name: content + b" "}
        assert What.SIGNATURE in [fault.what for fault in tried(packed(changed)).faults]


@pytest.mark.parametrize(
    ("part", "of", "by", "what"),
    [
        ("META-INF/signatures.xml", b'="http://www.w3.org/2000/09/xmldsig#"', b'="xmldsig"', What.MALFORMED),
        ("META-INF/signatures.xml", b"<ds:SignedInfo", b'<ds:SignedInfo xmlns:odd="one"', What.UNTRIED),
        ("META-INF/timestamp.tst", b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x10", What.MALFORMED),
        ("META-INF/timestamp.tst", b"*\x86H\xce=\x02\x01", b"*\x86H\xce=\x02\x7f", What.MALFORMED),
    ],
)
async def test_what_the_libraries_stumble_over_is_a_fault_like_others(
    desk: Desk, signer: Signer, part: str, of: bytes, by: bytes, what: What
) -> None:
    (message,) = await desk.exchanges(HANA)
    await desk.seals()
    parts = opened(await desk.hands_out(Wanted(message=message), signer))
    changed = parts[part].replace(of, by)
    assert changed != parts[part]
    assert what in [fault.what for fault in tried(packed({**parts, part: changed})).faults]


STEPS = [
    "XAyWG7XkO/UoPwjnUbEPm5LAKG1uYtikL53x/mhh3wuD/TiAKmx9AFiZXuY3Tek66KPD+cUSgS+amPTTZwVOuA==",
    "lbjsXWosAooytL3aXZnpZTrku65R/nJ3DAh4cVWrP4wfF7NEa0sjMo3ryCBo8lLthOK/EpmeHwThrbPp2AOESw==",
    "dyq9/U5w9vqbVcsFtq1XieDgeB62xCUGm7EkwsX014f+Cuv8DgqBw81VXcHKJ8ccZdkvYsvatI3upVm8rkC9Fg==",
]
LEAF = "Fv2DqfeCx+wzWiCbLcSkiMv0AtIxVPPBePh1hp5O+vlU33agHK/jZ+Ilt0KYObNkd5qD3jFO6MOV5Ss30JC5Qw=="
TOP = "OJeX8QiwfAFqAYFZWh/c0IlOuvo6xj0CpDZk4aXr8Qn3a7yJp7oAI90tslvqhPITPPOmrNhv+N8zEeKBHBX2jg=="


def chain_of(steps: list[str], *, last: str, top: str = TOP) -> dict[str, bytes]:
    """The two parts of a hash chain, in the form of security servers."""
    space = 'xmlns="http://cyber.ee/hashchain" xmlns:d="http://www.w3.org/2000/09/xmldsig#"'
    inside = "".join(
        f'<HashStep id="STEP{number}"><HashValue><d:DigestValue>{step}</d:DigestValue></HashValue>'
        + (last if number == len(steps) - 1 else f'<StepRef URI="#STEP{number + 1}"/>')
        + "</HashStep>"
        for number, step in enumerate(steps)
    )
    chain = f'<HashChain {space}><DefaultDigestMethod Algorithm="{SHA512}"/>{inside}</HashChain>'
    method = f'<d:DigestMethod Algorithm="{SHA512}"/><d:DigestValue>{top}</d:DigestValue>'
    result = f'<HashChainResult {space} URI="/chain.xml#STEP0">{method}</HashChainResult>'
    return {"chain.xml": chain.encode(), "result.xml": result.encode()}


DATA = f'<DataRef URI="/META-INF/signatures.xml"><d:DigestValue>{LEAF}</d:DigestValue></DataRef>'


def test_a_chain_of_a_real_security_server_leads_to_its_top() -> None:
    data = hash_chains.data_of(chain_of(STEPS, last=DATA), "result.xml", "chain.xml")
    assert list(data) == ["META-INF/signatures.xml"]
    with_comment = chain_of(STEPS, last=f"<!-- a comment -->{DATA}<?and more?>")
    assert hash_chains.data_of(with_comment, "result.xml", "chain.xml") == data


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        (chain_of([*STEPS[:2], LEAF], last=DATA), Untrue),
        (chain_of(STEPS, last=DATA, top=LEAF), Untrue),
        (chain_of(STEPS, last='<StepRef URI="#STEP0"/>'), Malformed),
        (chain_of(STEPS, last='<StepRef URI="#STEP9"/>'), Malformed),
        (chain_of(STEPS, last='<StepRef URI="/other.xml#STEP0"/>'), Malformed),
        (chain_of(STEPS, last="<Surprise/>"), Malformed),
        (chain_of(["not base64!"], last=DATA), Malformed),
        (chain_of([STEPS[0]] * 80, last=DATA), Malformed),
        ({"result.xml": b"foobar", "chain.xml": b""}, Malformed),
        ({"result.xml": chain_of(STEPS, last=DATA)["result.xml"]}, Malformed),
    ],
)
def test_a_chain_that_leads_elsewhere_proves_nothing(parts: dict[str, bytes], wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        hash_chains.data_of(parts, "result.xml", "chain.xml")


def test_a_chain_that_doubles_at_every_step_is_reckoned_once_a_step() -> None:
    """Without being remembered, 60 steps of two ways each would never end."""
    space = 'xmlns="http://cyber.ee/hashchain" xmlns:d="http://www.w3.org/2000/09/xmldsig#"'
    both = [
        f'<HashStep id="S{at}"><StepRef URI="#S{at + 1}"/><StepRef URI="#S{at + 1}"/></HashStep>' for at in range(60)
    ]
    last = f'<HashStep id="S60">{DATA}</HashStep>'
    method = f'<DefaultDigestMethod Algorithm="{SHA512}"/>'
    chain = f"<HashChain {space}>{method}{''.join(both)}{last}</HashChain>"
    result = chain_of(STEPS, last=DATA)["result.xml"].replace(b"STEP0", b"S0")
    with pytest.raises(Untrue):
        hash_chains.data_of({"chain.xml": chain.encode(), "result.xml": result}, "result.xml", "chain.xml")


@pytest.mark.parametrize(
    "name", ["../outside", "/absolute", "a/../b", "a\\b", "C:thing", "a//b", "./a", "folder/", "\x01"]
)
def test_a_part_may_not_lead_out_of_the_container(name: str) -> None:
    with pytest.raises(Malformed):
        opened(packed({"mimetype": MIME_TYPE.encode(), name: b""}))


def test_a_bomb_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME_TYPE)
        with archive.open("message.xml", "w") as part:
            for _ in range(20):
                part.write(bytes(1 << 20))
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(Malformed, match="unpacks to too much"):
        opened(buffer.getvalue())
    assert LARGEST_PART < 20 << 20


def test_a_part_that_is_there_twice_or_one_of_too_many_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", MIME_TYPE)
        archive.writestr("message.xml", b"one")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("message.xml", b"other")
    with pytest.raises(Malformed, match="twice"):
        opened(buffer.getvalue())
    with pytest.raises(Malformed, match="more than"):
        opened(packed({"mimetype": MIME_TYPE.encode(), **{f"part{number}": b"" for number in range(70)}}))


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 1000, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_container_is_malformed(content: bytes) -> None:
    assert [fault.what for fault in tried(content).faults] == [What.MALFORMED]


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<a>&undefined;</a>",
        b"<a>" * 300_000,
        b"",
    ],
)
def test_xml_brings_nothing_along(content: bytes) -> None:
    with pytest.raises(Malformed):
        xml(content, "it")


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
