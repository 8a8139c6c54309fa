"""Who we are to a push service: VAPID (RFC 8292), one signed token an origin, kept while it is good."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from notifications.jobs import Clock

GOOD_FOR = timedelta(hours=12)
"""RFC 8292 2: at most 24 hours."""
RENEWED_BEFORE = timedelta(hours=1)


class Vapid:
    """`private_key_pem`: PKCS 8 of a P-256 key. `subject`: a mailto: address someone reads; push services refuse
    localhost and .invalid. ValueError on either."""

    def __init__(self, private_key_pem: str, subject: str, clock: Clock) -> None:
        key = serialization.load_pem_private_key(private_key_pem.encode(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
            raise ValueError("VAPID needs a P-256 key")
        if not subject.startswith("mailto:") or "@" not in subject or subject.endswith(("@localhost", ".invalid")):
            raise ValueError("VAPID needs a mailto: subject that can be written to")
        self._key = ECKey.import_key(private_key_pem)
        self._subject = subject
        self._clock = clock
        self._tokens: dict[str, tuple[datetime, str]] = {}
        point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        self.public_key = base64.urlsafe_b64encode(point).rstrip(b"=").decode()
        """The applicationServerKey a browser subscribes with: base64url, 87 characters."""

    def authorization(self, origin: str) -> str:
        """The header's value for a push service's origin; its `aud` is that origin exactly."""
        now = self._clock()
        until, header = self._tokens.get(origin, (now, ""))
        if until - now < RENEWED_BEFORE:
            until = now + GOOD_FOR
            claims = {"aud": origin, "exp": int(until.timestamp()), "sub": self._subject}
            token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, self._key)
            header = f"vapid t={token}, k={self.public_key}"
            self._tokens[origin] = (until, header)
        return header

    def forget(self, origin: str) -> None:
        """The next token for it is a fresh one."""
        self._tokens.pop(origin, None)


def new_private_key_pem() -> str:
    """A fresh P-256 key, PKCS 8, not encrypted."""
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )
