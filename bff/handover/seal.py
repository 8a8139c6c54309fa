"""The seal under a hand-over sheet: ES256 (RFC 7515, RFC 7518), a key of its own that can be changed, a short life."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey

from bff.handover.sheet import Sheet

TYPE = "handover"
"""`typ` of the header: no other token of this house is taken for a sheet, nor a sheet for another token."""
KID_LENGTH = 8
CURVE = "P-256"
"""The one curve of ES256 (RFC 7518 3.4), and the one a counter's reader takes."""


@dataclass(frozen=True)
class Sealed:
    """`token`: a compact JWS, plain ASCII, as it stands in the QR code."""

    token: str
    made_at: datetime
    expires_at: datetime


class Seal:
    """The keys, newest first: the first signs, all of them are published, so that a sheet outlives a change of keys.

    ValueError when there is none, or one is no private key on P-256.
    """

    def __init__(
        self,
        pems: Sequence[bytes],
        *,
        issuer: str,
        lives: timedelta,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._keys = [_private_key(pem) for pem in pems]
        if not self._keys:
            raise ValueError("there is no key to sign with")
        self._issuer = issuer
        self._clock = clock
        self._new_id = new_id
        self.lives = lives

    def put_under(self, sheet: Sheet) -> Sealed:
        made_at = self._clock().replace(microsecond=0)
        expires_at = made_at + self.lives
        claims = {
            "iss": self._issuer,
            "iat": int(made_at.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": self._new_id(),
            **sheet.claims,
        }
        header = {"alg": "ES256", "kid": _kid(self._keys[0]), "typ": TYPE}
        token = jws.serialize_compact(header, msgspec.json.encode(claims), self._keys[0], algorithms=["ES256"])
        return Sealed(token, made_at, expires_at)

    @property
    def published(self) -> Mapping[str, object]:
        """The public halves (RFC 7517), for every counter."""
        return {"keys": [key.as_dict(private=False, kid=_kid(key), alg="ES256", use="sig") for key in self._keys]}


def _private_key(pem: bytes) -> ECKey:
    key = ECKey.import_key(pem, {"use": "sig"})
    if key.curve_name != CURVE or not key.is_private:
        raise ValueError(f"not a private key on {CURVE}")
    return key


def _kid(key: ECKey) -> str:
    """The head of the thumbprint (RFC 7638): every byte costs the QR code."""
    return key.thumbprint()[:KID_LENGTH]
