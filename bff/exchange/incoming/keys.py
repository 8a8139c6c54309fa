"""The certificates of the door for other bodies: whose they are, and made-up ones for the demo city."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bff.settings import Settings, SettingsRefused

MADE_UP = "Kurashimado demo city"
_FOR = timedelta(days=3650)


def files_of(settings: Settings) -> tuple[Path, Path, Path]:
    """Certificate, key and callers, looked at before anything listens; raises `SettingsRefused`."""
    certificate, key, callers = settings.inlet_certificate, settings.inlet_key, settings.inlet_callers
    for name, path in {"CERTIFICATE": certificate, "CALLERS": callers}.items():
        try:
            found = x509.load_pem_x509_certificates(path.read_bytes())
        except (OSError, ValueError) as wrong:
            raise SettingsRefused(f"KURASHIMADO_INLET_{name} cannot be read: {wrong}") from wrong
        if settings.production and any(MADE_UP in one.issuer.rfc4514_string() for one in found):
            raise SettingsRefused(f"KURASHIMADO_INLET_{name} is one of the demo city")
    try:
        serialization.load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError, TypeError) as wrong:
        raise SettingsRefused(f"KURASHIMADO_INLET_KEY cannot be read: {wrong}") from wrong
    return certificate, key, callers


def make_up(folder: Path, now: datetime) -> None:
    """An authority, the house's certificate and that of a security server, issued for this folder alone."""
    folder.mkdir(parents=True, exist_ok=True)
    root, root_key = _issued(f"{MADE_UP}: authority", None, now)
    for name, use in (("house", ExtendedKeyUsageOID.SERVER_AUTH), ("security_server", ExtendedKeyUsageOID.CLIENT_AUTH)):
        certificate, key = _issued(f"{MADE_UP}: {name}", (root, root_key, use), now)
        _write(folder / f"{name}_key.pem", _pem(key))
        _write(folder / f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM))
    _write(folder / "authority.pem", root.public_bytes(serialization.Encoding.PEM))


Issuer = tuple[x509.Certificate, ec.EllipticCurvePrivateKey, x509.ObjectIdentifier]


def _issued(name: str, issuer: Issuer | None, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _FOR)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())
        made = made.add_extension(x509.SubjectAlternativeName(here), critical=False)
        made = made.add_extension(x509.ExtendedKeyUsage([issuer[2]]), critical=False).add_extension(by, critical=False)
    return made.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
