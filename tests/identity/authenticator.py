"""An authenticator in a few lines: it makes credentials and answers as WebAuthn Level 3 §6 says, and lies on wish."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass
class Authenticator:
    """One phone with one credential; `flags` are what it says of the person and of backups."""

    origin: str = "https://kurashimado.test"
    rp_id: str = "kurashimado.test"
    flags: int = UP | UV | BE | BS
    count: int = 0
    alg: int = -7
    credential: bytes = b"\x07" * 32
    handle: bytes = b""
    client: dict[str, Any] = field(default_factory=dict)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def makes(self, options: dict[str, Any]) -> dict[str, Any]:
        """A new credential for `options` (§6.3.2), attestation `none`."""
        self.handle = _octets(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: self.alg, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        held = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential + cbor2.dumps(cose)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._data(AT) + held})
        return self._told(
            {
                "clientDataJSON": b64(self._client("webauthn.create", options)),
                "attestationObject": b64(attested),
                "transports": ["internal", "hybrid"],
            }
        )

    def proves(self, options: dict[str, Any]) -> dict[str, Any]:
        """An assertion for `options` (§6.3.3)."""
        client, data = self._client("webauthn.get", options), self._data()
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._told(
            {
                "clientDataJSON": b64(client),
                "authenticatorData": b64(data),
                "signature": b64(signed),
                "userHandle": b64(self.handle) if self.handle else None,
            }
        )

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told | self.client).encode()

    def _data(self, more: int = 0) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags | more]) + struct.pack(">I", self.count)

    def _told(self, response: dict[str, Any]) -> dict[str, Any]:
        name = b64(self.credential)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        }


def b64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
