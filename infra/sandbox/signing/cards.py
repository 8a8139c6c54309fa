"""The signing certificates of the made-up city: the authorities of JPKI, twice under one name, and its cards.

The profile is that of identity-and-exchange 2.1 to 2.3 (B): the two generations have the same name and other keys, so a
chain is found by key; the next card signs with P-384. Nothing here is ever told to the house.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final, Literal

from asn1crypto.core import UTF8String
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.x509.oid import NameOID, ObjectIdentifier

from infra.sandbox.people import Persona, resolve
from infra.sandbox.settings import Clock

Kind = Literal["normal", "revoked", "expired", "locked", "child", "next", "forged"]
KINDS: Final[Mapping[Kind, str]] = {
    "normal": "ふつうのカード",
    "revoked": "引っ越しで署名用の証明書が失効したカード",
    "expired": "署名用の証明書の期限が切れたカード",
    "locked": "署名用の暗証番号がロックされたカード",
    "child": "15歳未満の人のカード（署名用の証明書がない）",
    "next": "次期カード（P-384）",
    "forged": "にせものの証明書",
}
POLICY: Final = "1.2.392.200149.8.5.1.1.20"
SAYS: Final = "1.2.392.200149.8.5.5"
DIGESTS: Final[Mapping[str, type[hashes.SHA256 | hashes.SHA384]]] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
FIVE_YEARS: Final = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Authority:
    certificate: x509.Certificate
    key: Key


@dataclass(frozen=True)
class Card:
    certificate: x509.Certificate
    key: Key

    @property
    def algorithm(self) -> str:
        return "P-384" if isinstance(self.key, ec.EllipticCurvePrivateKey) else "RSA-2048"

    def sign(self, algorithm: str, digest: bytes) -> bytes:
        """Over a digest that was made elsewhere, as cards do."""
        hashed = utils.Prehashed(DIGESTS[algorithm]())
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(digest, padding.PKCS1v15(), hashed)
        return self.key.sign(digest, ec.ECDSA(hashed))


class Cards:
    """Made when first needed: RSA keys take their time. A card is the same one as long as the city stands."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[tuple[str, Kind], Card] = {}
        self.revoked: dict[int, str] = {}

    @cached_property
    def older(self) -> Authority:
        return _authority(_rsa(), datetime(2015, 10, 20, tzinfo=UTC), datetime(2025, 10, 19, 14, 59, 59, tzinfo=UTC))

    @cached_property
    def newer(self) -> Authority:
        return _authority(_rsa(), datetime(2023, 7, 16, tzinfo=UTC), datetime(2033, 7, 15, 14, 59, 59, tzinfo=UTC))

    @cached_property
    def coming(self) -> Authority:
        return _authority(_p384(), datetime(2026, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC))

    @property
    def trusted(self) -> list[x509.Certificate]:
        return [self.older.certificate, self.newer.certificate, self.coming.certificate]

    def card(self, id: str, person: Persona, kind: Kind) -> Card | None:
        """None: this person has no certificate for signing."""
        if kind == "child" or self._is_child(person):
            return None
        if (id, kind) not in self._made:
            self._made[(id, kind)] = self._new(person, kind)
        return self._made[(id, kind)]

    def _is_child(self, person: Persona) -> bool:
        today = self._clock.today()
        born = resolve(person.born, today)
        return isinstance(born, str) and born > f"{today.year - 15:04}-{today:%m-%d}"

    def _new(self, person: Persona, kind: Kind) -> Card:
        now = self._clock.now()
        begins = datetime(2019, 6, 1, tzinfo=UTC) if kind == "expired" else now - timedelta(days=200)
        by = self._issuer(kind, begins)
        key = _p384() if kind == "next" else _rsa()
        certificate = _certificate(person, key, by, begins, begins + FIVE_YEARS, str(resolve(person.born, now.date())))
        if kind == "revoked":
            self.revoked[certificate.serial_number] = "moved"
        return Card(certificate, key)

    def _issuer(self, kind: Kind, begins: datetime) -> Authority:
        if kind == "forged":
            return _authority(_rsa(), begins, begins + FIVE_YEARS)
        return self.older if kind == "expired" else self.coming if kind == "next" else self.newer


def _authority(key: Key, begins: datetime, ends: datetime) -> Authority:
    name = _name(
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, "JPKI"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "JPKI for digital signature"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "Japan Agency for Local Authority Information Systems"),
    )
    usage = _usage(key_cert_sign=True, crl_sign=True)
    made = (
        _begun(name, name, key, begins, ends)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Authority(made.sign(key, _hash(key)), key)


def _certificate(
    person: Persona, key: Key, by: Authority, begins: datetime, ends: datetime, born: str
) -> x509.Certificate:
    name = _name(
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.LOCALITY_NAME, "Tokyo-to"),
        (NameOID.LOCALITY_NAME, "Minato-ku"),
        (NameOID.COMMON_NAME, f"{begins:%Y%m%d%H%M%S}{secrets.randbelow(100_000):05}13103000A"),
    )
    era = "5" if born >= "2019-05-01" else "4" if born >= "1989-01-08" else "3"
    says = {"1": person.name, "3": person.gender, "4": era + born.replace("-", ""), "5": person.address}
    others = [
        x509.OtherName(ObjectIdentifier(f"{SAYS}.{number}"), UTF8String(value).dump()) for number, value in says.items()
    ]
    made = (
        _begun(name, by.certificate.subject, key, begins, ends)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier(POLICY), None)]), critical=True
        )
        .add_extension(x509.SubjectAlternativeName(others), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    return made.sign(by.key, _hash(by.key))


def _begun(name: x509.Name, by: x509.Name, key: Key, begins: datetime, ends: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _usage(**which: bool) -> x509.KeyUsage:
    none = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**none | which)


def _name(*parts: tuple[ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def _hash(key: Key) -> hashes.SHA256 | hashes.SHA384:
    return hashes.SHA256() if isinstance(key, rsa.RSAPrivateKey) else hashes.SHA384()


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _p384() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())
