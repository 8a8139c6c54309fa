"""RFC 8291 by the bare primitives: a new key for each message, one record, nothing else.

`WebPusher.encode` does the same and costs twice as much: it keeps versions, record sizes and padding open, and derives
by smaller steps. The tests open with http_ece what is sealed here, beside what WebPusher made.
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_PLAINTEXT = 3993
"""RFC 8291 4: what fits, encrypted, into the 4096 bytes a push service takes."""
_CURVE, _ECDH, _SHA256 = ec.SECP256R1(), ec.ECDH(), SHA256()
_RECORD = (4096).to_bytes(4, "big") + b"\x41"
"""The record size, and the length of the key id: an uncompressed point (RFC 8188 2.1)."""
_LAST = b"\x02"


class BadKey(ValueError):
    """What this device registered cannot be sealed for."""


def seal(p256dh: str, auth: str, plain: bytes) -> bytes:
    """The body of a push. `p256dh`: base64url of a point, `auth`: of 16 bytes, both without padding.
    Raises BadKey; ValueError when `plain` is too long."""
    if len(plain) > MOST_PLAINTEXT:
        raise ValueError("a push must fit into 4096 bytes")
    try:
        theirs = base64.b64decode(p256dh + "=", b"-_", validate=True)
        secret = base64.b64decode(auth + "==", b"-_", validate=True)
        point = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs)
    except (ValueError, binascii.Error) as wrong:
        raise BadKey("no key of a browser") from wrong
    private = ec.generate_private_key(_CURVE)
    ours = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = private.exchange(_ECDH, point)
    material = HKDF(_SHA256, 32, secret, b"WebPush: info\0" + theirs + ours).derive(shared)
    salt = os.urandom(16)
    key = HKDF(_SHA256, 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
    nonce = HKDF(_SHA256, 12, salt, b"Content-Encoding: nonce\0").derive(material)
    return b"".join((salt, _RECORD, ours, AESGCM(key).encrypt(nonce, plain + _LAST, None)))
