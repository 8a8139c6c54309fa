"""Until when a time stamp proves anything by itself: the end of its authority's certificate."""

from __future__ import annotations

from datetime import datetime

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
