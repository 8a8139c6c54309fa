"""The algorithms of XML signatures that are still good enough, by their URIs; whatever else is there proves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from lxml import etree

DER: Final = serialization.Encoding.DER
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC: Final = "http://www.w3.org/2001/04/xmlenc#"
_2007: Final = "http://www.w3.org/2007/05/xmldsig-more#"

DIGESTS: Final[Mapping[str, str]] = {
    f"{_ENC}sha256": "sha256",
    f"{_MORE}sha384": "sha384",
    f"{_ENC}sha512": "sha512",
}
_HASHES: Final[Mapping[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_SIGNATURES: Final[Mapping[str, tuple[str, str]]] = {
    **{f"{_MORE}rsa-{name}": ("rsa", name) for name in _HASHES},
    **{f"{_MORE}ecdsa-{name}": ("ecdsa", name) for name in _HASHES},
    **{f"{_2007}{name}-rsa-MGF1": ("pss", name) for name in _HASHES},
}
_FORMS: Final[Mapping[str, bool]] = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    "http://www.w3.org/2001/10/xml-exc-c14n#": True,
}
"""Canonical forms, and whether they are exclusive."""


class Unknown(Exception):
    """An algorithm that is not spoken here, or not any more."""


class Untrue(Exception):
    """A digest or a signature does not fit."""


@dataclass(frozen=True)
class Digest:
    """A value and how it was reckoned."""

    algorithm: str
    value: bytes

    def of(self, content: bytes) -> bytes:
        """The digest of `content` by the same algorithm; raises `Unknown`."""
        return digested(self.algorithm, content)


def digested(uri: str, content: bytes) -> bytes:
    if uri not in DIGESTS:
        raise Unknown(f"digest {uri}")
    return hashlib.new(DIGESTS[uri], content).digest()


def canonical(element: etree._Element, uri: str) -> bytes:
    """Raises `Unknown`."""
    if uri not in _FORMS:
        raise Unknown(f"canonical form {uri}")
    try:
        return bytes(etree.tostring(element, method="c14n", exclusive=_FORMS[uri], with_comments=False))
    except etree.C14NError as wrong:
        raise Unknown(f"canonical form of what has none: {wrong}") from wrong


def verify(key: CertificatePublicKeyTypes, uri: str, signature: bytes, signed: bytes) -> None:
    """Raises `Untrue`, or `Unknown` when the key is not of the algorithm's kind."""
    kind, name = _SIGNATURES.get(uri, ("", ""))
    if not kind:
        raise Unknown(f"signature {uri}")
    try:
        _verify(key, kind, _HASHES[name](), signature, signed)
    except (InvalidSignature, ValueError) as wrong:
        raise Untrue("the signature is not of this key") from wrong


def _verify(
    key: CertificatePublicKeyTypes, kind: str, algorithm: hashes.HashAlgorithm, signature: bytes, signed: bytes
) -> None:
    if isinstance(key, rsa.RSAPublicKey) and kind == "rsa":
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    elif isinstance(key, rsa.RSAPublicKey) and kind == "pss":
        pss = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
        key.verify(signature, signed, pss, algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
        half = len(signature) // 2
        r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
        key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(algorithm))
    else:
        raise Unknown("a key of another kind than the signature")
