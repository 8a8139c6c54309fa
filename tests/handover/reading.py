"""A counter's reader built of other parts than ours: the QR by zxing-cpp, the seal by hand with `cryptography`."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

PIXELS = 3
"""A module's side."""


def unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def header_of(token: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(unpacked(token.split(".", maxsplit=1)[0]))
    return read


def claims_of(token: str, jwks: dict[str, Any]) -> dict[str, Any] | None:
    """RFC 7515 5.2 and RFC 7518 3.4 by hand: what the seal covers, or None when it does not hold."""
    header, payload, signature = token.split(".")
    key = next((one for one in jwks["keys"] if one["kid"] == header_of(token)["kid"]), None)
    raw = unpacked(signature)
    if key is None or len(raw) != 64:
        return None
    x, y = (int.from_bytes(unpacked(key[axis])) for axis in ("x", "y"))
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    try:
        public.verify(der, f"{header}.{payload}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return None
    claims: dict[str, Any] = json.loads(unpacked(payload))
    return claims


def scanned(path: str, side: int) -> str:
    """What a camera reads of the strokes the phone draws."""
    dark = bytearray(b"\xff" * side * side)
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-0-9. ]+)", path):
        values = [float(number) for number in re.findall(r"-?[0-9.]+", numbers)]
        if command == "h":
            for column in range(int(values[0])):
                dark[int(y) * side + int(x) + column] = 0
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    rows = [bytes(dark[row * side : (row + 1) * side]) for row in range(side)]
    large = b"".join(b"".join(bytes([one]) * PIXELS for one in row) * PIXELS for row in rows)
    image = memoryview(large).cast("B", (side * PIXELS, side * PIXELS))
    (found,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return str(found.text)
