"""Until when a time stamp proves anything by itself: the end of its authority's certificate."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from asn1crypto import tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import decode_timestamp_response


def ends_of(token: bytes) -> datetime:
    """Raises ValueError when no certificate of an authority is in it."""
    held = [x509.load_der_x509_certificate(one) for one in decode_timestamp_response(token).signed_data.certificates]
    return min(one.not_valid_after_utc for one in held if _stamps(one))


def _stamps(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def whole(token: bytes) -> None:
    """That nothing stands in a stamp that no signature covers; raises ValueError.

    A stamp is an envelope with loose ends: its status, lists of algorithms, attributes beside the signature. They are
    held to the one form that says nothing, so that not a bit of a receipt can be changed unseen.
    """
    answer = tsp.TimeStampResp.load(token, strict=True)
    status = answer["status"]
    signed = answer["time_stamp_token"]["content"]
    (signer,) = signed["signer_infos"]
    (named,) = signed["digest_algorithms"]
    held = [one.chosen for one in signed["certificates"]]
    own = [one for one in held if one.serial_number == signer["sid"].native.get("serial_number")]
    loose = (
        status["status"].native != "granted",
        status["status_string"].native,
        status["fail_info"].native,
        signer["unsigned_attrs"].native,
        signed["crls"].native,
        signed["version"].native != "v3",
        signer["version"].native != "v1",
        named["algorithm"].native != signer["digest_algorithm"]["algorithm"].native,
        signer["signature_algorithm"]["algorithm"].native not in _signs(signer),
        len(own) != 1,
    )
    if any(loose):
        raise ValueError("the stamp holds what nobody signed")
    _is_named(signer, own[0].dump())


def _signs(signer: Any) -> tuple[str, ...]:
    digest = signer["digest_algorithm"]["algorithm"].native
    return (f"{digest}_ecdsa", f"{digest}_rsa", "rsassa_pkcs1v15")


def _is_named(signer: Any, certificate: bytes) -> None:
    """ESSCertID, or ESSCertIDv2 by SHA-256 or what it names (RFC 5816): the certificate is signed with."""
    for one in signer["signed_attrs"]:
        kind, value = one["type"].native, one["values"][0]
        if kind in ("signing_certificate", "signing_certificate_v2"):
            first = value["certs"][0]
            algorithm = "sha1" if kind == "signing_certificate" else first["hash_algorithm"]["algorithm"].native
            if hashlib.new(algorithm, certificate).digest() == first["cert_hash"].native:
                return
    raise ValueError("the stamp does not name its certificate")
