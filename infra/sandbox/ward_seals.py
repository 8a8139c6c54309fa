"""The 23 wards' seals under one made-up root: what a 職責証明書 of LGPKI does in production."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_PEM = serialization.Encoding.PEM


class WardSeals:
    """The root is made once in `keys` when a folder is given, else anew at every start; a ward's key when it seals."""

    def __init__(self, keys: Path | None) -> None:
        self._root_key, self._root = _kept(keys) if keys else _made()
        self._wards: dict[str, tuple[ec.EllipticCurvePrivateKey, x509.Certificate]] = {}

    def over(self, ward: str, content: bytes) -> bytes:
        """The DER of a detached SignedData (RFC 5652) that names its certificate (RFC 5816)."""
        key, made = self._wards.setdefault(ward, self._issued(ward))
        certificate = asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
        named = {"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate.dump()).digest()})]}
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2(named)]}),
            ]
        )
        number = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier({"issuer_and_serial_number": number}),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                "signature": key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
            }
        )
        signed = {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())

    def _issued(self, ward: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key = ec.generate_private_key(ec.SECP256R1())
        begun = _begun(_name(f"Made-up Ward {ward}", ward), self._root.subject, key)
        return key, begun.sign(self._root_key, hashes.SHA256())


def _kept(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key, root = folder / "root_key.pem", folder / "root.pem"
    if not key.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made, certificate = _made()
        root.write_bytes(certificate.public_bytes(_PEM))
        key.touch(mode=0o600)
        plain = serialization.NoEncryption()
        key.write_bytes(made.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain))
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return loaded, x509.load_pem_x509_certificate(root.read_bytes())


def _made() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("Made-up Root of Wards", None)
    begun = _begun(name, name, key).add_extension(x509.BasicConstraints(True, None), critical=True)
    return key, begun.sign(key, hashes.SHA256())


def _begun(name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
    )


def _name(common: str, ward: str | None) -> x509.Name:
    """Which ward it is: 全国地方公共団体コード as the subject's serial number."""
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name([*parts, x509.NameAttribute(NameOID.SERIAL_NUMBER, ward)] if ward else parts)
