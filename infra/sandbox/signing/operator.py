"""The operator whom law lets check certificates (署名検証者): opens what the API sealed, and says how it stands.

Only it holds the key of the JWE. A chain is followed by key and signature, never by name: two generations share one.
"""

import base64
from dataclasses import dataclass
from typing import Literal

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.x509.oid import ExtensionOID
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from infra.sandbox.settings import Clock
from infra.sandbox.signing.cards import DIGESTS, POLICY, Card, Cards

State = Literal["valid", "expired", "revoked"]
_HEADER = {"alg": "ECDH-ES", "enc": "A256GCM"}


class Sealed(msgspec.Struct, frozen=True):
    """What is in a JWE: DER and signature value, both base64."""

    certificate: str
    signature: str


@dataclass(frozen=True)
class Opened:
    """`reason`: why it was revoked."""

    state: State
    reason: str | None
    algorithm: str
    signature: str


class NotTaken(Exception):
    """`unreadable`, `untrusted` or `other_data`."""


class Operator:
    def __init__(self, cards: Cards, clock: Clock) -> None:
        self._cards = cards
        self._clock = clock
        self._key = ECKey.generate_key("P-256", {"use": "enc"})

    def seal(self, card: Card, algorithm: str, digest: bytes) -> str:
        """On the side of the signature API: for this operator alone."""
        signature = card.sign(algorithm, digest)
        der = card.certificate.public_bytes(serialization.Encoding.DER)
        content = msgspec.json.encode(Sealed(_b64(der), _b64(signature)))
        return jwe.encrypt_compact(_HEADER, content, self._key)

    def check(self, sealed: str, algorithm: str, digest: bytes) -> Opened:
        """Raises NotTaken."""
        certificate, signature = self._opened(sealed)
        self._trusted(certificate)
        _covers(certificate, signature, algorithm, digest)
        kind = "P-384" if isinstance(certificate.public_key(), ec.EllipticCurvePublicKey) else "RSA-2048"
        state, reason = self.stands(certificate)
        return Opened(state, reason, f"{kind}/{algorithm.upper().replace('SHA', 'SHA-')}", _b64(signature))

    def stands(self, certificate: x509.Certificate) -> tuple[State, str | None]:
        revoked = self._cards.revoked.get(certificate.serial_number)
        if revoked:
            return "revoked", revoked
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        return ("valid", None) if begins <= self._clock.now() <= ends else ("expired", None)

    def _opened(self, sealed: str) -> tuple[x509.Certificate, bytes]:
        try:
            content = jwe.decrypt_compact(sealed, self._key, algorithms=list(_HEADER.values())).plaintext or b""
            inside = msgspec.json.decode(content, type=Sealed)
            der, signature = base64.b64decode(inside.certificate), base64.b64decode(inside.signature)
            return x509.load_der_x509_certificate(der), signature
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            raise NotTaken("unreadable") from wrong

    def _trusted(self, certificate: x509.Certificate) -> None:
        """Issued by the key of one of the authorities, for signing."""
        named = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
        for authority in self._cards.trusted:
            own = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
            if own == named:
                try:
                    certificate.verify_directly_issued_by(authority)
                except (InvalidSignature, ValueError, TypeError):
                    continue
                if _is_for_signing(certificate):
                    return
        raise NotTaken("untrusted")


def _is_for_signing(certificate: x509.Certificate) -> bool:
    policies = certificate.extensions.get_extension_for_oid(ExtensionOID.CERTIFICATE_POLICIES).value
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert isinstance(policies, x509.CertificatePolicies)
    return usage.content_commitment and POLICY in {one.policy_identifier.dotted_string for one in policies}


def _covers(certificate: x509.Certificate, signature: bytes, algorithm: str, digest: bytes) -> None:
    if algorithm not in DIGESTS:
        raise NotTaken("other_data")
    hashed, key = utils.Prehashed(DIGESTS[algorithm]()), certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, digest, padding.PKCS1v15(), hashed)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(hashed))
    except (InvalidSignature, ValueError) as wrong:
        raise NotTaken("other_data") from wrong


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
