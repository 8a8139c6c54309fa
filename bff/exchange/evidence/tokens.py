"""A time stamp as a container holds it (RFC 3161, the bare token): over what, when, by whose key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from bff.exchange.evidence.algorithms import Unknown, Untrue
from bff.exchange.evidence.opening import Malformed

_DIGESTS: Final[Mapping[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_BROKEN: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    UnsupportedAlgorithm,
)
_MAY_STAMP: Final = x509.oid.ExtendedKeyUsageOID.TIME_STAMPING


@dataclass(frozen=True)
class Stamped:
    """When, and by whom; that the authority is trusted is another question."""

    at: datetime
    certificate: x509.Certificate


def tried(token: bytes, *over: bytes) -> Stamped:
    """That `token` is over one of `over` and signed by the certificate inside.

    Raises `Malformed`, `Unknown` or `Untrue`.
    """
    try:
        return _tried(token, over)
    except _BROKEN as wrong:
        raise Malformed(f"no time stamp: {wrong}") from wrong


def _tried(token: bytes, over: Sequence[bytes]) -> Stamped:
    signed = cms.ContentInfo.load(token, strict=True)["content"]
    content = signed["encap_content_info"]["content"]
    info = content.parsed
    if not isinstance(info, tsp.TSTInfo):
        raise Malformed("no time stamp")
    (signer,) = signed["signer_infos"]
    imprint = info["message_imprint"]
    algorithm, value = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
    if value not in [_digest(algorithm, one) for one in over]:
        raise Untrue("the time stamp is over something else")
    certificate = _certificate(signed, signer)
    _verify(signer, bytes(content), certificate)
    return Stamped(info["gen_time"].native, certificate)


def _certificate(signed: Any, signer: Any) -> x509.Certificate:
    for one in signed["certificates"] or ():
        serial = signer["sid"].native.get("serial_number") if signer["sid"].name != "subject_key_identifier" else None
        if one.name == "certificate" and one.chosen.serial_number == serial:
            return x509.load_der_x509_certificate(one.chosen.dump())
    raise Unknown("the time stamp has no certificate of its signer inside")


def _verify(signer: Any, content: bytes, certificate: x509.Certificate) -> None:
    algorithm = signer["digest_algorithm"]["algorithm"].native
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    if attributes["content_type"][0].native != "tst_info":
        raise Malformed("no time stamp")
    if attributes["message_digest"][0].native != _digest(algorithm, content):
        raise Untrue("the time stamp was changed")
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if _MAY_STAMP not in usage:
        raise Untrue("the certificate is not for time stamps")
    signature = signer["signature"].native
    # Signed as a SET, and kept with a tag of its own (RFC 5652, 5.4).
    signed = b"\x31" + signer["signed_attrs"].dump()[1:]
    own = signer["signature_algorithm"].hash_algo if _names_digest(signer) else algorithm
    try:
        _check(certificate.public_key(), signature, signed, own)
    except InvalidSignature as wrong:
        raise Untrue("the time stamp is not signed by its certificate") from wrong


def _names_digest(signer: Any) -> bool:
    return signer["signature_algorithm"]["algorithm"].native not in ("rsassa_pkcs1v15", "ecdsa")


def _check(key: object, signature: bytes, signed: bytes, algorithm: str) -> None:
    if algorithm not in _DIGESTS:
        raise Unknown(f"digest {algorithm}")
    digest = _DIGESTS[algorithm]()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(digest))
    else:
        raise Unknown("a time stamp by another kind of key")


def _digest(algorithm: str, content: bytes) -> bytes:
    if algorithm not in _DIGESTS:
        raise Unknown(f"digest {algorithm}")
    return hashlib.new(algorithm, content).digest()
