"""Signed documents: batches of messages are stamped, and each is handed out as ASiC-E (ETSI EN 319 162-1)."""

from __future__ import annotations

import hashlib
import io
import secrets
import string
import zipfile
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import parse_qsl, quote

from asn1crypto import algos, tsp

from infra.sandbox.asgi import Answer
from infra.sandbox.exchange.hash_chain import SHA512, ways
from infra.sandbox.exchange.messages import MessageLog, Record, leaf
from infra.sandbox.exchange.protocol import Identifier

ASICE: Final = "application/vnd.etsi.asic-e+zip"
BATCH: Final = 256
_NEEDED: Final = ("xRoadInstance", "memberClass", "memberCode", "subsystemCode")
_LETTERS: Final = string.ascii_letters + string.digits

Stamping = Callable[[bytes], bytes | None]
"""From a TimeStampReq to a TimeStampResp; None: no authority answers."""


class Refused(Exception):
    """A status, and the plain text that goes with it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def stamp_batch(records: Sequence[Record], stamping: Stamping) -> None:
    """One time stamp for all of them. Raises Refused when there is none to be had."""
    if not records:
        return
    made = ways([leaf(one.message) for one in records])
    response = stamping(_query(made[0].result))
    if response is None:
        raise Refused(500, "Failed to get timestamp from any time-stamping providers")
    token = tsp.TimeStampResp.load(response)["time_stamp_token"].dump()
    for record, way in zip(records, made, strict=True):
        record.stamp = (way, token)


def asic_answer(query: str, log: MessageLog, may: Callable[[Identifier], bool | None], stamping: Stamping) -> Answer:
    """What `/asic` answers; `may` says whether the caller speaks for a client, None: there is no such client."""
    try:
        return _asked_for(query, log, may, stamping)
    except Refused as refused:
        return Answer(refused.status, str(refused).encode(), [(b"content-type", b"text/plain;charset=utf-8")])


def container(record: Record) -> bytes:
    """One signed and stamped message."""
    assert record.stamp is not None
    way, token = record.stamp
    files = {
        **record.message.parts,
        "META-INF/signatures.xml": record.message.signatures,
        "META-INF/manifest.xml": _manifest(record),
        "ts-hashchainresult.xml": way.result,
        "ts-hashchain.xml": way.chain,
        "META-INF/timestamp.tst": token,
        "META-INF/ASiCManifest.xml": _asic_manifest(way.result),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ASICE, zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _asked_for(query: str, log: MessageLog, may: Callable[[Identifier], bool | None], stamping: Stamping) -> Answer:
    asked = dict(parse_qsl(query, keep_blank_values=True))
    client, kinds = _checked(asked)
    allowed = may(client)
    if allowed is None:
        raise Refused(500, "no such client on this security server")
    if not allowed:
        raise Refused(401, "the certificate of the client's information system is needed")
    records = log.find(client, asked["queryId"], kinds)
    if not records:
        raise Refused(404, "no signed documents match")
    _stamped(records, log, stamping, force="force" in asked)
    name = quote(asked["queryId"], safe="") + ("-" + kinds[0] if len(kinds) == 1 else "")
    if "unique" not in asked:
        return _sent(_archive(asked["queryId"], records), "application/zip", f"{name}.zip")
    if len(records) > 1:
        raise Refused(500, "more than one signed document matches")
    return _sent(container(records[0]), ASICE, f"{name}.asice")


def _checked(asked: dict[str, str]) -> tuple[Identifier, tuple[str, ...]]:
    if missing := [name for name in ("queryId", *_NEEDED) if not asked.get(name)]:
        raise Refused(400, f"missing: {', '.join(missing)}")
    kinds = tuple(kind for kind in ("request", "response") if f"{kind}Only" in asked)
    if len(kinds) == 2:
        raise Refused(400, "requestOnly and responseOnly exclude each other")
    if "unique" in asked and not kinds:
        raise Refused(400, "unique needs requestOnly or responseOnly")
    return tuple(asked[name] for name in _NEEDED), kinds or ("request", "response")


def _stamped(records: Sequence[Record], log: MessageLog, stamping: Stamping, *, force: bool) -> None:
    waiting = [one for one in records if one.stamp is None]
    if not waiting:
        return
    if not force:
        raise Refused(500, "Some message signatures have not been timestamped yet!")
    stamp_batch([*waiting, *(one for one in log.unstamped(8) if one not in waiting)], stamping)


def _archive(query_id: str, records: Sequence[Record]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for one in records:
            chance = "".join(secrets.choice(_LETTERS) for _ in range(10))
            archive.writestr(f"{quote(query_id, safe='')}-{one.message.kind}-{chance}.asice", container(one))
    return buffer.getvalue()


def _sent(content: bytes, kind: str, name: str) -> Answer:
    disposition = f'attachment; filename="{name}"'
    return Answer(200, content, [(b"content-type", kind.encode()), (b"content-disposition", disposition.encode())])


def _query(message: bytes) -> bytes:
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha512"}),
            "hashed_message": hashlib.sha512(message).digest(),
        }
    )
    return bytes(tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True}).dump())


def _manifest(record: Record) -> bytes:
    kinds = dict.fromkeys(record.message.parts, "application/octet-stream")
    kinds |= {"message.xml": "text/xml", "ts-hashchainresult.xml": "text/xml", "ts-hashchain.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{name}"/>'
        for name, kind in {"/": ASICE, **kinds}.items()
    )
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="{namespace}" manifest:version="1.2">{entries}</manifest:manifest>'
    ).encode()


def _asic_manifest(stamped: bytes) -> bytes:
    """With the namespace that security servers write, which is not quite that of the norm."""
    digest = b64encode(hashlib.sha512(stamped).digest()).decode()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/2918/v1.2.1#" '
        'xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
        '<asic:SigReference URI="META-INF/timestamp.tst" MimeType="vnd.etsi.timestamp-token"/>'
        '<asic:DataObjectReference URI="ts-hashchainresult.xml" MimeType="text/xml">'
        f'<ds:DigestMethod Algorithm="{SHA512}"/><ds:DigestValue>{digest}</ds:DigestValue>'
        "</asic:DataObjectReference></asic:ASiCManifest>"
    ).encode()
