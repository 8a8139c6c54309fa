"""A time-stamp authority (RFC 3161) with a root of its own; what a 認定タイムスタンプ authority does in production."""

import hashlib
import itertools
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from infra.sandbox.faults import Faults
from infra.sandbox.settings import Clock

POLICY: Final = "1.3.6.1.4.1.99999.1"
HASHES: Final = ("sha256", "sha384", "sha512")
_YEARS: Final = timedelta(days=3650)


class Authority:
    """Signs times. Its key is made once in `keys` when a folder is given, else anew at every start."""

    def __init__(self, clock: Clock, keys: Path | None) -> None:
        self._clock = clock
        self._serial = itertools.count(secrets.randbits(40))
        self.root, self._certificate, self._key = _kept(keys) if keys else _made()

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def reply(self, query: bytes) -> bytes:
        """The DER of a TimeStampResp; a query that cannot be read or met is answered with a rejection."""
        try:
            request = tsp.TimeStampReq.load(query, strict=True)
            imprint, nonce = request["message_imprint"], request["nonce"].native
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            hashed = imprint["hashed_message"].native
        except (ValueError, TypeError, KeyError):
            return _rejection("bad_data_format")
        if algorithm not in HASHES:
            return _rejection("bad_alg")
        if len(hashed) != hashlib.new(algorithm).digest_size:
            return _rejection("bad_data_format")
        status = tsp.PKIStatusInfo({"status": "granted"})
        token = self._token(self._info(imprint, nonce), with_certificate=bool(request["cert_req"].native))
        return bytes(tsp.TimeStampResp({"status": status, "time_stamp_token": token}).dump())

    def _info(self, imprint: tsp.MessageImprint, nonce: int | None) -> tsp.TSTInfo:
        content: dict[str, Any] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": next(self._serial),
            "gen_time": self._clock.now().astimezone(UTC),
            "accuracy": {"seconds": 1},
        }
        return tsp.TSTInfo({**content, "nonce": nonce} if nonce is not None else content)

    def _token(self, info: tsp.TSTInfo, *, with_certificate: bool) -> cms.ContentInfo:
        certificate = asn1_x509.Certificate.load(self._certificate.public_bytes(serialization.Encoding.DER))
        content = info.dump()
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha512(content).digest()]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [_named(certificate)]}),
            ]
        )
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": {
                            "issuer": certificate.issuer,
                            "serial_number": certificate.serial_number,
                        }
                    }
                ),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha512"}),
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha512_ecdsa"}),
                "signature": self._key.sign(attributes.dump(), ec.ECDSA(hashes.SHA512())),
            }
        )
        signed = {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha512"})],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "signer_infos": [signer],
        }
        if with_certificate:
            signed["certificates"] = [certificate]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def time_stamp_desk(authority: Authority, faults: Faults) -> list[HTTPRouteHandler]:
    @post("/tsa", status_code=200)
    async def stamp(request: Request[Any, Any, Any]) -> Response[bytes]:
        if request.headers.get("content-type") != "application/timestamp-query":
            return Response(b"", status_code=415, media_type="text/plain")
        broken = await faults.before("time_stamps")
        if broken is not None:
            return Response(broken.body, status_code=broken.status, media_type="application/json")
        return Response(authority.reply(await request.body()), media_type="application/timestamp-reply")

    @get("/tsa/root.pem")
    async def root() -> Response[bytes]:
        return Response(authority.root_pem, media_type="application/x-pem-file")

    return [stamp, root]


def _named(certificate: asn1_x509.Certificate) -> tsp.SigningCertificateV2:
    """ESSCertIDv2 (RFC 5816): which certificate signed is signed with it."""
    return tsp.SigningCertificateV2(
        {"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate.dump()).digest()})]}
    )


class _WithoutToken(core.Sequence):  # type: ignore[misc]
    """A TimeStampResp whose optional token is left out."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo)]


def _rejection(why: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": tsp.PKIFailureInfo({why})})
    return bytes(_WithoutToken({"status": status}).dump())


Made = tuple[x509.Certificate, x509.Certificate, ec.EllipticCurvePrivateKey]


def _kept(folder: Path) -> Made:
    """Made once and read again afterwards, so that yesterday's stamps still lead to today's root."""
    root, own, key = folder / "tsa_root.pem", folder / "tsa.pem", folder / "tsa_key.pem"
    if not key.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made_root, made, made_key = _made()
        root.write_bytes(made_root.public_bytes(serialization.Encoding.PEM))
        own.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        key.touch(mode=0o600)
        key.write_bytes(
            made_key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return (
        x509.load_pem_x509_certificate(root.read_bytes()),
        x509.load_pem_x509_certificate(own.read_bytes()),
        loaded,
    )


def _made() -> Made:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("Made-up Time Stamp Root")
    root = _begun(root_name, root_name, root_key).add_extension(x509.BasicConstraints(True, None), critical=True)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    own = _begun(_name("Made-up Time Stamp Authority"), root_name, key).add_extension(usage, critical=True)
    return root.sign(root_key, hashes.SHA256()), own.sign(root_key, hashes.SHA256()), key


def _begun(name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, common)])
