"""Signing keys of the identity provider, and the public keys of its one client."""

import base64
import hashlib
import hmac
import uuid
from pathlib import Path
from typing import Final, cast

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, KeySetSerialization, RSAKey

PAIRWISE_SALT: Final = b"made-up people only"
ROTATION_SECONDS: Final = 3_600.0


class KeyRing:
    """Two published P-256 keys: the newer signs, the older still verifies. Turns by itself every hour."""

    def __init__(self, now: float) -> None:
        self._older, self._newer = _new_key(), _new_key()
        self._stray = _new_key()
        self._access = RSAKey.generate_key(2048, auto_kid=True)
        self._turned = now
        self.skew = 0.0
        """Seconds by which the provider's clock is wrong, for tests: what it says of times is so much off."""

    def published(self) -> dict[str, object]:
        """The JWK Set as served: public parts only."""
        keys = [key.as_dict(private=False) | {"use": "sig", "alg": "ES256"} for key in (self._newer, self._older)]
        return {"keys": keys}

    def turn(self, now: float) -> None:
        """The newer key becomes the older one, and a fresh one signs from now on."""
        self._older, self._newer, self._turned = self._newer, _new_key(), now

    def sign_id_token(self, claims: dict[str, object], now: float, *, wrongly: bool = False) -> str:
        """`wrongly` signs with a key that is not published, under the kid of the one that is."""
        if now - self._turned > ROTATION_SECONDS:
            self.turn(now)
        key = self._stray if wrongly else self._newer
        return jwt.encode({"alg": "ES256", "typ": "JWT", "kid": self._newer.kid}, claims, key, algorithms=["ES256"])

    def sign_access_token(self, claims: dict[str, object]) -> str:
        """RS256 as seen at the real provider; the key is not published, for clients treat the token as opaque."""
        header = {"alg": "RS256", "typ": "JWT", "kid": self._access.kid}
        return jwt.encode(header, claims, self._access, algorithms=["RS256"])


class ClientKeys:
    """The JWKS file of the relying party; read again when a kid is not in it, as after a rotation."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._keys: KeySet | None = None

    def verify(self, assertion: str, kid: str | None) -> dict[str, object]:
        """The claims of an ES256 assertion. Raises JoseError or ValueError when no registered key made it."""
        if not self._has(kid):
            self._keys = self._read()
        if not self._has(kid) or self._keys is None:
            raise ValueError("no registered key has this kid")
        return dict(jwt.decode(assertion, self._keys, algorithms=["ES256"]).claims)

    def _has(self, kid: str | None) -> bool:
        if self._keys is None:
            return False
        return len(self._keys.keys) == 1 if kid is None else any(key.kid == kid for key in self._keys.keys)

    def _read(self) -> KeySet | None:
        if self._path is None or not self._path.is_file():
            return None
        try:
            content = cast(KeySetSerialization, msgspec.json.decode(self._path.read_bytes()))
            return KeySet.import_key_set(content)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ValueError("the client's JWKS file cannot be read") from error


def pairwise(realm: str, client_id: str, person: str) -> str:
    """OIDC Core §8.1: a subject that differs per client and stays the same across restarts."""
    digest = hmac.digest(PAIRWISE_SALT, f"{realm}|{client_id}|{person}".encode(), "sha256")
    return str(uuid.UUID(bytes=digest[:16], version=4))


def half_hash(token: str) -> str:
    """at_hash of OIDC Core §3.1.3.6 for ES256: left 16 bytes of SHA-256, base64url."""
    return base64url(hashlib.sha256(token.encode("ascii")).digest()[:16])


def s256(verifier: str) -> str:
    """The PKCE challenge of a verifier (RFC 7636 §4.2)."""
    return base64url(hashlib.sha256(verifier.encode("ascii")).digest())


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _new_key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)
