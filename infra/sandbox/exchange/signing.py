"""A member's seal on a message: XAdES (ETSI EN 319 132-1) with the certificate and an OCSP answer about it inside."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509 import ocsp
from lxml import etree

from infra.sandbox.exchange.certificates import Certified, Root

_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
_ASIC: Final = "http://uri.etsi.org/02918/v1.2.1#"
_C14N: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
_SHA512: Final = "http://www.w3.org/2001/04/xmlenc#sha512"
_ECDSA: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"
_PROPERTIES: Final = "http://uri.etsi.org/01903#SignedProperties"


@dataclass(frozen=True)
class Seal:
    """A member's signing key and certificate, and the root that answers for it."""

    own: Certified
    root: Root

    def signatures(self, parts: dict[str, bytes], now: datetime) -> bytes:
        """`META-INF/signatures.xml` over the parts of a message, by their names in the container."""
        document = etree.fromstring(self._template(parts, now).encode())
        signature = document[0]
        properties = signature.find(f".//{{{_XADES}}}SignedProperties")
        signed = signature.find(f"{{{_DS}}}SignedInfo")
        signed[-1].find(f"{{{_DS}}}DigestValue").text = _digest(_canonical(properties))
        value = self._sign(_canonical(signed))
        signature.find(f"{{{_DS}}}SignatureValue").text = b64encode(value).decode()
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        return head + bytes(etree.tostring(document, encoding="UTF-8"))

    def _template(self, parts: dict[str, bytes], now: datetime) -> str:
        certificate = b64encode(self.own.der).decode()
        references = "".join(
            _reference(f'Id="part-{number}" URI="/{name}"', _digest(content))
            for number, (name, content) in enumerate(parts.items())
        )
        formats = "".join(
            f'<xades:DataObjectFormat ObjectReference="#part-{number}">'
            "<xades:MimeType>application/octet-stream</xades:MimeType></xades:DataObjectFormat>"
            for number in range(len(parts))
        )
        transforms = f'<ds:Transforms><ds:Transform Algorithm="{_C14N}"/></ds:Transforms>'
        own = _reference(f'Type="{_PROPERTIES}" URI="#signed-properties"', "", transforms)
        return (
            f'<asic:XAdESSignatures xmlns:asic="{_ASIC}" xmlns:ds="{_DS}" xmlns:xades="{_XADES}">'
            f'<ds:Signature Id="signature"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{_C14N}"/>'
            f'<ds:SignatureMethod Algorithm="{_ECDSA}"/>{references}{own}</ds:SignedInfo>'
            '<ds:SignatureValue Id="signature-value"/>'
            f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
            '<ds:Object><xades:QualifyingProperties Target="#signature">'
            f'<xades:SignedProperties Id="signed-properties">{self._signed(now)}'
            f"<xades:SignedDataObjectProperties>{formats}</xades:SignedDataObjectProperties></xades:SignedProperties>"
            f"{self._unsigned(now)}</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>"
        )

    def _signed(self, now: datetime) -> str:
        at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        digest = f'<ds:DigestMethod Algorithm="{_SHA512}"/><ds:DigestValue>{_digest(self.own.der)}</ds:DigestValue>'
        return (
            f"<xades:SignedSignatureProperties><xades:SigningTime>{at}</xades:SigningTime>"
            f"<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>{digest}</xades:CertDigest>"
            f"<xades:IssuerSerialV2>{self._issuer_serial()}</xades:IssuerSerialV2></xades:Cert>"
            "</xades:SigningCertificateV2></xades:SignedSignatureProperties>"
        )

    def _issuer_serial(self) -> str:
        own = asn1_x509.Certificate.load(self.own.der)
        names = asn1_x509.GeneralNames([asn1_x509.GeneralName("directory_name", own.issuer)]).dump()
        serial = own["tbs_certificate"]["serial_number"].dump()
        content = names + serial
        return b64encode(b"\x30" + _length(len(content)) + content).decode()

    def _unsigned(self, now: datetime) -> str:
        answer = b64encode(_ocsp(self.own.certificate, self.root, now)).decode()
        return (
            "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:RevocationValues><xades:OCSPValues>"
            f"<xades:EncapsulatedOCSPValue>{answer}</xades:EncapsulatedOCSPValue>"
            "</xades:OCSPValues></xades:RevocationValues></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
        )

    def _sign(self, data: bytes) -> bytes:
        r, s = utils.decode_dss_signature(self.own.key.sign(data, ec.ECDSA(hashes.SHA512())))
        size = (self.own.key.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def _reference(attributes: str, digest: str, transforms: str = "") -> str:
    method = f'<ds:DigestMethod Algorithm="{_SHA512}"/>'
    return f"<ds:Reference {attributes}>{transforms}{method}<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"


def _digest(content: bytes) -> str:
    return b64encode(hashlib.sha512(content).digest()).decode()


def _canonical(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, method="c14n", exclusive=True))


def _ocsp(certificate: x509.Certificate, root: Root, now: datetime) -> bytes:
    issuer = root.own.certificate
    answer = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=certificate,
            issuer=issuer,
            algorithm=hashes.SHA256(),
            cert_status=ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + timedelta(hours=1),
            revocation_time=None,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, issuer)
        .sign(root.own.key, hashes.SHA256())
    )
    return answer.public_bytes(serialization.Encoding.DER)


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    content = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(content)]) + content
