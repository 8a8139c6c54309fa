"""RFC 8291 on the receiving side: keys of made-up user agents, and opening an aes128gcm message."""

import hmac
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HEAD: Final = 21
POINT: Final = 65
SHORTEST: Final = HEAD + POINT + 17
"""Header, the sender's key, one padding byte and the tag."""


class CannotOpen(Exception):
    """The message was not made for this key, or is not RFC 8188 at all."""


@dataclass(frozen=True)
class ReceiverKeys:
    """What a browser keeps to itself: private key, and the 16-byte authentication secret."""

    private: ec.EllipticCurvePrivateKey
    auth: bytes

    @property
    def p256dh(self) -> bytes:
        """The uncompressed public point, 65 bytes."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_well_formed(body: bytes) -> bool:
    """Whether the RFC 8188 header is that of a Web Push message: one record, a P-256 point as key id."""
    size = int.from_bytes(body[16:20], "big")
    return (
        len(body) >= SHORTEST
        and body[20] == POINT
        and body[HEAD] == 4
        and size >= 18
        and len(body) <= HEAD + POINT + size
    )


def open_message(body: bytes, keys: ReceiverKeys) -> bytes:
    """The plaintext, at most 3,993 bytes. Raises CannotOpen."""
    if not is_well_formed(body):
        raise CannotOpen("not an aes128gcm message of one record")
    salt, sender = body[:16], body[HEAD : HEAD + POINT]
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    except ValueError as error:
        raise CannotOpen("the key id is no point of P-256") from error
    shared = keys.private.exchange(ec.ECDH(), point)
    secret = _expand(_extract(keys.auth, shared), b"WebPush: info\0" + keys.p256dh + sender, 32)
    pseudo_random = _extract(salt, secret)
    key = _expand(pseudo_random, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _expand(pseudo_random, b"Content-Encoding: nonce\0", 12)
    try:
        padded = AESGCM(key).decrypt(nonce, body[HEAD + POINT :], None)
    except InvalidTag as error:
        raise CannotOpen("made for another key") from error
    text, mark = padded.rstrip(b"\0")[:-1], padded.rstrip(b"\0")[-1:]
    if mark != b"\x02":
        raise CannotOpen("the last record is not marked as last")
    return text


def _extract(salt: bytes, material: bytes) -> bytes:
    return hmac.digest(salt, material, "sha256")


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand (RFC 5869) for one block."""
    return hmac.digest(key, info + b"\x01", "sha256")[:length]
