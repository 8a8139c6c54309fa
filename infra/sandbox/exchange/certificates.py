"""A made-up root, as the trust services of an exchange are, and what it certifies: TLS servers and members' seals."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_YEARS: Final = timedelta(days=3650)
_PEM: Final = serialization.Encoding.PEM


@dataclass(frozen=True)
class Certified:
    """A private key and the certificate of its public half."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def read(cls, folder: Path, name: str) -> Self:
        key = serialization.load_pem_private_key((folder / f"{name}_key.pem").read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return cls(key, x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes()))

    def write(self, folder: Path, name: str) -> None:
        """As `name.pem` and, for its owner's eyes only, `name_key.pem`."""
        folder.mkdir(parents=True, exist_ok=True)
        key = folder / f"{name}_key.pem"
        key.touch(mode=0o600)
        key.write_bytes(self.key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        (folder / f"{name}.pem").write_bytes(self.certificate.public_bytes(_PEM))

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


@dataclass(frozen=True)
class Root:
    """Certifies whatever it is handed, for ten years, and for the ten before: a test may turn the clock."""

    own: Certified

    @classmethod
    def made(cls) -> Self:
        key, name = ec.generate_private_key(ec.SECP256R1()), _name("Made-up Exchange Root")
        usage = _usage(signs_certificates=True)
        begun = _begun(name, name, key, key).add_extension(x509.BasicConstraints(True, None), critical=True)
        return cls(Certified(key, begun.add_extension(usage, critical=True).sign(key, hashes.SHA256())))

    @classmethod
    def kept(cls, folder: Path) -> Self:
        """Made once and read again afterwards, so that who trusts it need not be told anew."""
        if not (folder / "root.pem").exists():
            cls.made().own.write(folder, "root")
        return cls(Certified.read(folder, "root"))

    def certifies(self, name: str, hosts: Iterable[str] = ()) -> Certified:
        """A new key for `name`; `hosts` are the names and addresses of a TLS server."""
        key = ec.generate_private_key(ec.SECP256R1())
        begun = (
            _begun(_name(name), self.own.certificate.subject, key, self.own.key)
            .add_extension(x509.BasicConstraints(False, None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
        )
        if names := [_host(host) for host in hosts]:
            begun = begun.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return Certified(key, begun.sign(self.own.key, hashes.SHA256()))


def _begun(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, issuer_key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _YEARS)
        .not_valid_after(now + _YEARS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(by, critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
