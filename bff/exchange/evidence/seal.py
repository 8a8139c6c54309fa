"""The seal on evidence that is handed out (e シール in production): an EC key and its certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID

_MADE_UP_FOR = timedelta(days=3650)


@dataclass(frozen=True)
class Signer:
    """Whoever holds the certificate can tell that the house handed something out."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def of(cls, key_pem: bytes, certificate_pem: bytes) -> Self:
        """Raises ValueError when one cannot be read, the key is no EC key, or the two do not belong together."""
        key = _key(key_pem)
        certificate = x509.load_pem_x509_certificate(certificate_pem)
        if key.public_key() != certificate.public_key():
            raise ValueError("the certificate is not of this key")
        return cls(key, certificate)

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-512: r and s side by side, as XML signatures have it (RFC 4050)."""
        r, s = utils.decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA512())))
        size = (self.key.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def made_up_certificate(key_pem: bytes, now: datetime) -> bytes:
    """A PEM certificate issued by nobody but the key itself, for the demo city."""
    key, name = _key(key_pem), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kurashimado demo city")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _MADE_UP_FOR)
    )
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _key(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("not the private key of an elliptic curve")
    return key
