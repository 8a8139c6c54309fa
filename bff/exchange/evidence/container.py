"""Evidence to hand out: an ASiC-E container (ETSI EN 319 162-1) signed by XAdES (ETSI EN 319 132-1), stamped inside.

`records.json` holds the records asked for in full and of every other record its digest, so that the chain can be made
again up to `link.bin`, whose time stamp lies in the container too. The house signs all of it when it hands it out.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from lxml import etree
from lxml.builder import ElementMaker

from bff.exchange.evidence.seal import Signer

MIME_TYPE: Final = "application/vnd.etsi.asic-e+zip"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
ASIC: Final = "http://uri.etsi.org/02918/v1.2.1#"
ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
C14N: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA512: Final = "http://www.w3.org/2001/04/xmlenc#sha512"
ECDSA: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"
SIGNED_PROPERTIES: Final = "http://uri.etsi.org/01903#SignedProperties"

_ds = ElementMaker(namespace=DS, nsmap={"ds": DS})
_xades = ElementMaker(namespace=XADES, nsmap={"xades": XADES, "ds": DS})
_asic = ElementMaker(namespace=ASIC, nsmap={"asic": ASIC, "ds": DS})
_odf = ElementMaker(namespace=ODF, nsmap={"manifest": ODF})


Files = Mapping[str, tuple[str, bytes]]
"""By name: media type and content."""


@dataclass(frozen=True)
class Draft:
    """A signed container that waits for the time stamp of its signature; `token` is one over the file `stamped`."""

    files: Files
    stamped: str
    token: bytes
    signatures: bytes

    @property
    def value(self) -> bytes:
        """What the stamp of the signature is over: its SignatureValue, made canonical (EN 319 132-1, 5.3)."""
        return _canonical(_find(etree.fromstring(self.signatures), f"{{{DS}}}SignatureValue"))

    def packed(self, stamp: bytes | None) -> bytes:
        """With the TimeStampToken over `value` (XAdES-T), or without any (XAdES-B)."""
        signatures = _with_stamp(self.signatures, stamp) if stamp is not None else self.signatures
        return _zipped(self.files, self.stamped, self.token, signatures)


def drafted(files: Files, *, stamped: str, token: bytes, signer: Signer, now: datetime) -> Draft:
    return Draft(files, stamped, token, _signatures(files, signer, now))


def _zipped(files: Files, stamped: str, token: bytes, signatures: bytes) -> bytes:
    manifest = _asic_manifest(stamped, files[stamped])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("mimetype", MIME_TYPE, zipfile.ZIP_STORED)
        for name, (_, content) in files.items():
            container.writestr(name, content)
        container.writestr("META-INF/manifest.xml", _manifest(files))
        container.writestr("META-INF/ASiCManifest.xml", manifest)
        container.writestr("META-INF/timestamp.tst", token)
        container.writestr("META-INF/signatures.xml", signatures)
    return buffer.getvalue()


def _signatures(files: Files, signer: Signer, now: datetime) -> bytes:
    properties = _signed_properties(files, signer, now)
    references = [
        _reference(name, content, Id=f"file-{number}") for number, (name, (_, content)) in enumerate(files.items())
    ]
    signature = _ds.Signature(
        _ds.SignedInfo(
            _ds.CanonicalizationMethod(Algorithm=C14N),
            _ds.SignatureMethod(Algorithm=ECDSA),
            *references,
            _reference("#signed-properties", _canonical(properties), Type=SIGNED_PROPERTIES, canonical=True),
        ),
        _ds.SignatureValue(),
        _ds.KeyInfo(_ds.X509Data(_ds.X509Certificate(b64encode(_der(signer.certificate)).decode()))),
        _ds.Object(_xades.QualifyingProperties(properties, Target="#signature")),
        Id="signature",
    )
    root = _asic.XAdESSignatures(signature)
    value = signer.sign(_canonical(signature.find(f"{{{DS}}}SignedInfo")))
    signature.find(f"{{{DS}}}SignatureValue").text = b64encode(value).decode()
    return _document(root)


def _with_stamp(signatures: bytes, stamp: bytes) -> bytes:
    """Beside what is signed, so that nothing of it changes."""
    root = etree.fromstring(signatures)
    _find(root, f"{{{XADES}}}QualifyingProperties").append(
        _xades.UnsignedProperties(
            _xades.UnsignedSignatureProperties(
                _xades.SignatureTimeStamp(
                    _ds.CanonicalizationMethod(Algorithm=C14N),
                    _xades.EncapsulatedTimeStamp(b64encode(stamp).decode()),
                )
            )
        )
    )
    return _document(root)


def _find(root: etree._Element, name: str) -> etree._Element:
    (found,) = root.iter(name)
    return found


def _signed_properties(files: Files, signer: Signer, now: datetime) -> etree._Element:
    kinds = [
        _xades.DataObjectFormat(_xades.MimeType(media_type), ObjectReference=f"#file-{number}")
        for number, (media_type, _) in enumerate(files.values())
    ]
    certificate = _xades.Cert(_xades.CertDigest(*_digest(_der(signer.certificate))))
    return _xades.SignedProperties(
        _xades.SignedSignatureProperties(
            _xades.SigningTime(now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
            _xades.SigningCertificateV2(certificate),
        ),
        _xades.SignedDataObjectProperties(*kinds),
        Id="signed-properties",
    )


def _reference(uri: str, content: bytes, *, canonical: bool = False, **attributes: str) -> etree._Element:
    transforms = [_ds.Transforms(_ds.Transform(Algorithm=C14N))] if canonical else []
    return _ds.Reference(*transforms, *_digest(content), URI=uri, **attributes)


def _digest(content: bytes) -> tuple[etree._Element, etree._Element]:
    value = b64encode(hashlib.sha512(content).digest()).decode()
    return _ds.DigestMethod(Algorithm=SHA512), _ds.DigestValue(value)


def _asic_manifest(name: str, file: tuple[str, bytes]) -> bytes:
    """Which file the time stamp in the container is over (EN 319 162-1, annex A.4)."""
    media_type, content = file
    token = _asic.SigReference(URI="META-INF/timestamp.tst", MimeType="application/vnd.etsi.timestamp-token")
    return _document(
        _asic.ASiCManifest(token, _asic.DataObjectReference(*_digest(content), URI=name, MimeType=media_type))
    )


def _manifest(files: Files) -> bytes:
    def entry(path: str, media_type: str) -> etree._Element:
        return _odf("file-entry", {f"{{{ODF}}}full-path": path, f"{{{ODF}}}media-type": media_type})

    entries = [entry(name, media_type) for name, (media_type, _) in files.items()]
    return _document(_odf.manifest(entry("/", MIME_TYPE), *entries, {f"{{{ODF}}}version": "1.2"}))


def _canonical(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, method="c14n", exclusive=True))


def _document(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
