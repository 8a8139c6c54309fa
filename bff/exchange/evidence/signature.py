"""The XAdES signature of a container: who signed, when, over which parts, and is it so (EN 319 132-1)."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import ocsp
from lxml import etree

from bff.exchange.evidence import algorithms
from bff.exchange.evidence.algorithms import Digest, Untrue
from bff.exchange.evidence.opening import Malformed, xml

FILE: Final = "META-INF/signatures.xml"
_NS: Final = {
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xades": "http://uri.etsi.org/01903/v1.3.2#",
}
_SIGNATURE: Final = f"{{{_NS['ds']}}}Signature"
_ROOT: Final = re.compile(r"\{http://uri\.etsi\.org/0?2918/v1\.[0-9]\.1#\}XAdESSignatures")
_DEFAULT_FORM: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"


@dataclass(frozen=True)
class Signed:
    """`parts`: digests of the parts that are signed, by name. `stamped`: what the time stamp inside it may be over."""

    certificate: x509.Certificate
    at: datetime | None
    parts: Mapping[str, Digest]
    token: bytes | None
    stamped: tuple[bytes, ...]
    revocation: str


def read(content: bytes) -> Signed:
    """The one signature, tried by its own key. Raises `Malformed`, `Unknown` or `Untrue`."""
    root = xml(content, FILE)
    signature = _only(root)
    info = _one(signature, "ds:SignedInfo")
    certificate = _certificate(signature)
    form = _one(info, "ds:CanonicalizationMethod").get("Algorithm", "")
    method = _one(info, "ds:SignatureMethod").get("Algorithm", "")
    value = _one(signature, "ds:SignatureValue")
    algorithms.verify(certificate.public_key(), method, _bytes(value), algorithms.canonical(info, form))
    properties = _one(signature, "ds:Object/xades:QualifyingProperties/xades:SignedProperties")
    parts = _references(info, properties)
    _same_certificate(properties, certificate)
    token, stamped = _inner_stamp(signature, value)
    return Signed(certificate, _at(properties), parts, token, stamped, _revocation(signature, certificate))


def _only(root: etree._Element) -> etree._Element:
    """More than one signature, or one elsewhere, might be shown for another."""
    found = [*root.iter(_SIGNATURE)]
    named = root.tag == _SIGNATURE or _ROOT.fullmatch(root.tag)
    if not named or len(found) != 1 or found[0] not in (root, *root):
        raise Malformed(f"{FILE} holds not just one signature")
    ids = [one.get("Id") for one in root.iter() if one.get("Id")]
    if len(set(ids)) != len(ids):
        raise Malformed(f"{FILE} names two things alike")
    return found[0]


def _references(info: etree._Element, properties: etree._Element) -> Mapping[str, Digest]:
    parts: dict[str, Digest] = {}
    own = 0
    for reference in info.findall("ds:Reference", _NS):
        uri, digest = reference.get("URI", ""), digest_in(reference)
        if uri == f"#{properties.get('Id')}":
            own += 1
            if algorithms.digested(digest.algorithm, _transformed(reference, properties)) != digest.value:
                raise Untrue("the signed properties were changed")
        elif uri and not uri.startswith("#") and reference.find("ds:Transforms", _NS) is None:
            parts[name_of(uri)] = digest
        else:
            raise Malformed(f"{FILE} refers to {uri!r}")
    if own != 1:
        raise Malformed(f"{FILE} signs its properties not just once")
    return parts


def _transformed(reference: etree._Element, element: etree._Element) -> bytes:
    transforms = reference.findall("ds:Transforms/ds:Transform", _NS)
    if len(transforms) > 1:
        raise Malformed(f"{FILE} turns its properties more than once")
    return algorithms.canonical(element, transforms[0].get("Algorithm", "") if transforms else _DEFAULT_FORM)


def digest_in(element: etree._Element) -> Digest:
    """From the DigestMethod and DigestValue in an element."""
    value = _one(element, "ds:DigestValue")
    return Digest(_one(element, "ds:DigestMethod").get("Algorithm", ""), _bytes(value))


def name_of(uri: str) -> str:
    """Of a part, from `/message.xml` or `message.xml`."""
    return uri.removeprefix("/")


def _certificate(signature: etree._Element) -> x509.Certificate:
    der = _bytes(_one(signature, "ds:KeyInfo/ds:X509Data/ds:X509Certificate"))
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key()
        return certificate
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as wrong:
        raise Malformed(f"no certificate: {wrong}") from wrong


def _same_certificate(properties: etree._Element, certificate: x509.Certificate) -> None:
    """That it is this certificate is signed, so that no other may be put in for the same key."""
    path = "xades:SignedSignatureProperties/xades:SigningCertificate{}/xades:Cert/xades:CertDigest"
    found = [one for version in ("V2", "") for one in properties.findall(path.format(version), _NS)]
    if not found:
        raise Malformed("which certificate signed is not signed")
    digest, der = digest_in(found[0]), certificate.public_bytes(algorithms.DER)
    if digest.of(der) != digest.value:
        raise Untrue("another certificate signed")


def _at(properties: etree._Element) -> datetime | None:
    text = properties.findtext("xades:SignedSignatureProperties/xades:SigningTime", None, _NS)
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise Malformed(f"no time: {text!r}") from wrong
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _inner_stamp(signature: etree._Element, value: etree._Element) -> tuple[bytes | None, tuple[bytes, ...]]:
    """A stamp of this signature alone is over its value: by security servers the bytes, by the norm the element."""
    stamp = signature.find(".//xades:UnsignedSignatureProperties/xades:SignatureTimeStamp", _NS)
    if stamp is None:
        return None, ()
    form = stamp.find("ds:CanonicalizationMethod", _NS)
    uri = form.get("Algorithm", "") if form is not None else _DEFAULT_FORM
    return _bytes(_one(stamp, "xades:EncapsulatedTimeStamp")), (_bytes(value), algorithms.canonical(value, uri))


def _revocation(signature: etree._Element, certificate: x509.Certificate) -> str:
    """What the OCSP answer inside says of the certificate; who gave the answer is not tried."""
    found = signature.findall(".//xades:RevocationValues/xades:OCSPValues/xades:EncapsulatedOCSPValue", _NS)
    for one in found:
        try:
            answer = ocsp.load_der_ocsp_response(_bytes(one))
            if answer.serial_number == certificate.serial_number:
                return answer.certificate_status.name.lower()
        except ValueError as wrong:
            raise Malformed(f"no OCSP answer: {wrong}") from wrong
    return "unknown"


def _one(element: etree._Element, path: str) -> etree._Element:
    found = element.findall(path, _NS)
    if len(found) != 1:
        raise Malformed(f"{len(found)} times {path.rpartition(':')[2]}")
    return found[0]


def _bytes(element: etree._Element) -> bytes:
    try:
        return b64decode("".join((element.text or "").split()), validate=True)
    except (NotBase64, ValueError) as wrong:
        raise Malformed(f"{etree.QName(element).localname} is not base64") from wrong
