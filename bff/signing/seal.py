"""The house's seal: a detached CMS SignedData (RFC 5652) that names its certificate (CAdES-B, RFC 5816), RSA or EC."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_HASHES: Final[Mapping[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_OF_CURVES: Final = {256: "sha256", 384: "sha384", 521: "sha512"}
_WEAKEST_RSA: Final = 2048
_DER: Final = serialization.Encoding.DER


BROKEN: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the libraries stumble over in what a stranger made."""


class NotSealed(Exception):
    """There is no seal over this, or none that holds."""


@dataclass(frozen=True)
class Sealed:
    """Who sealed, and the certificates that came along; that they are to be believed is another question."""

    certificate: x509.Certificate
    others: Sequence[x509.Certificate]


@dataclass(frozen=True)
class HouseSeal:
    """`chain`: the certificate, then those it leads to."""

    key: Key
    chain: Sequence[x509.Certificate]

    @classmethod
    def of(cls, key_pem: bytes, certificate_pem: bytes) -> Self:
        """Raises ValueError when one cannot be read, is too weak, or the two do not belong together."""
        key = serialization.load_pem_private_key(key_pem, None)
        chain = x509.load_pem_x509_certificates(certificate_pem)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise ValueError("the key is neither RSA nor of an elliptic curve")
        digest_for(key.public_key())
        if key.public_key() != chain[0].public_key():
            raise ValueError("the certificate is not of this key")
        return cls(key, chain)

    def over(self, content: bytes, now: datetime) -> bytes:
        """The DER of a SignedData without `content` in it."""
        name = digest_for(self.key.public_key())
        certificate = _asn1(self.chain[0])
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.new(name, content).digest()]}),
                cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": now.astimezone(UTC)})]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [_named(certificate)]}),
            ]
        )
        kind = "rsa" if isinstance(self.key, rsa.RSAPrivateKey) else "ecdsa"
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": _sid(certificate),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": name}),
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": f"{name}_{kind}"}),
                "signature": self._sign(attributes.dump(), name),
            }
        )
        signed = {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": name})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [_asn1(one) for one in self.chain],
            "signer_infos": [signer],
        }
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())

    def _sign(self, attributes: bytes, name: str) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(attributes, padding.PKCS1v15(), _HASHES[name]())
        return self.key.sign(attributes, ec.ECDSA(_HASHES[name]()))


def digest_for(key: object) -> str:
    """RSA-2048 with SHA-256, P-384 with SHA-384; raises ValueError for a key that is too weak or of another kind."""
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _WEAKEST_RSA:
        return "sha256"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size in _OF_CURVES:
        return _OF_CURVES[key.curve.key_size]
    raise ValueError("the key is too weak, or of a kind that seals nothing here")


def opened(seal: bytes, content: bytes) -> Sealed:
    """That `seal` is over `content` and made by the certificate it names; raises `NotSealed`."""
    try:
        return _opened(seal, content)
    except BROKEN as wrong:
        raise NotSealed(f"no seal: {wrong}") from wrong
    except InvalidSignature as wrong:
        raise NotSealed("the seal is not by its certificate") from wrong


def _opened(seal: bytes, content: bytes) -> Sealed:
    signed = cms.ContentInfo.load(seal, strict=True)["content"]
    (signer,) = signed["signer_infos"]
    held = [one.chosen for one in signed["certificates"]]
    (own,) = (one for one in held if _sid(one).dump() == signer["sid"].dump())
    if signer["unsigned_attrs"].native or signed["crls"].native or signed["encap_content_info"]["content"].native:
        raise NotSealed("the seal carries what it does not cover")
    certificate = x509.load_der_x509_certificate(own.dump())
    key, name = certificate.public_key(), digest_for(certificate.public_key())
    attributes = _attributes(signer)
    if attributes["content_type"] != "data" or attributes["message_digest"] != hashlib.new(name, content).digest():
        raise NotSealed("the seal is over something else")
    kind = "rsa" if isinstance(key, rsa.RSAPublicKey) else "ecdsa"
    told = (signer["digest_algorithm"]["algorithm"].native, signer["signature_algorithm"]["algorithm"].native)
    if told != (name, f"{name}_{kind}") or not _names(signer, own):
        raise NotSealed("the seal names another certificate or digest")
    # Signed as a SET, and kept with a tag of its own (RFC 5652, 5.4).
    signed_bytes = b"\x31" + signer["signed_attrs"].dump()[1:]
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signer["signature"].native, signed_bytes, padding.PKCS1v15(), _HASHES[name]())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signer["signature"].native, signed_bytes, ec.ECDSA(_HASHES[name]()))
    others = [x509.load_der_x509_certificate(one.dump()) for one in held if one is not own]
    return Sealed(certificate, others)


def _attributes(signer: Any) -> dict[str, Any]:
    return {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}


def _names(signer: Any, own: asn1_x509.Certificate) -> bool:
    """The certificate is signed with (RFC 5816), so that no other one of the same key can be put in its place."""
    (named,) = (one["values"][0] for one in signer["signed_attrs"] if one["type"].native == "signing_certificate_v2")
    value: bytes = named["certs"][0]["cert_hash"].native
    return value == hashlib.sha256(own.dump()).digest()


def _named(certificate: asn1_x509.Certificate) -> tsp.SigningCertificateV2:
    value = hashlib.sha256(certificate.dump()).digest()
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": value})]})


def _sid(certificate: asn1_x509.Certificate) -> cms.SignerIdentifier:
    number = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerIdentifier({"issuer_and_serial_number": number})


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(_DER))
