"""Checking an ID token (OpenID Connect Core 1.0 §3.1.3.7): signature, issuer, audience, times, nonce, at_hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError

ALGORITHMS = ("ES256", "RS256")
SKEW = timedelta(seconds=90)
_KEY_TYPES = {"ES256": "EC", "RS256": "RSA"}


@dataclass(frozen=True)
class Expected:
    """What an ID token must say."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    now: datetime


class _Jwks(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]


class PublishedKeys:
    """A realm's public keys, kept by `kid`; asked for again once when a token names an unknown one (rotation)."""

    def __init__(self, fetch: Callable[[], Awaitable[bytes]]) -> None:
        self._fetch = fetch
        self._keys: Mapping[tuple[str, str], jwk.Key] = {}

    async def key(self, kid: str, algorithm: str) -> jwk.Key:
        """Raises `ValueError` when the realm publishes no such key."""
        wanted = (kid, _KEY_TYPES[algorithm])
        if wanted not in self._keys:
            self._keys = _by_id(await self._fetch())
        if wanted not in self._keys:
            raise ValueError(f"signed by an unknown key {kid[:60]!r}")
        return self._keys[wanted]


async def verified(id_token: str, published: PublishedKeys, expected: Expected) -> str:
    """The `sub` of a token that is wholly right; raises `ValueError` with what is wrong."""
    try:
        header = jws.extract_compact(id_token.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS or not isinstance(kid, str):
            raise ValueError(f"signed by {algorithm!r}, with kid {kid!r}")
        key = await published.key(kid, algorithm)
        claims = jwt.decode(id_token, key, algorithms=[algorithm]).claims
    except JoseError as wrong:
        raise ValueError(f"signature: {wrong}") from wrong
    _check(claims, algorithm, expected)
    return str(claims["sub"])


def _check(claims: Mapping[str, object], algorithm: str, expected: Expected) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != expected.issuer:
        raise ValueError("another issuer")
    if expected.client_id not in audiences or claims.get("azp", expected.client_id) != expected.client_id:
        raise ValueError("meant for another client")
    if not _same(claims.get("nonce"), expected.nonce):
        raise ValueError("another nonce")
    if not _same(claims.get("at_hash"), _left_half(expected.access_token)):
        raise ValueError("at_hash is not the access token's")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise ValueError("no sub")
    _check_times(claims, expected.now.timestamp())


def _check_times(claims: Mapping[str, object], now: float) -> None:
    expires, issued, skew = claims.get("exp"), claims.get("iat"), SKEW.total_seconds()
    if not isinstance(expires, int) or not isinstance(issued, int):
        raise ValueError("no exp or iat")
    if expires + skew <= now:
        raise ValueError("expired")
    if issued - skew > now:
        raise ValueError("issued in the future")


def _left_half(access_token: str) -> str:
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).decode().rstrip("=")


def _same(got: object, wanted: str) -> bool:
    return isinstance(got, str) and hmac.compare_digest(got.encode(), wanted.encode())


def _by_id(body: bytes) -> Mapping[tuple[str, str], jwk.Key]:
    keys = {}
    for entry in msgspec.json.decode(body, type=_Jwks).keys:
        if entry.get("use", "sig") == "sig" and entry.get("kty") in _KEY_TYPES.values() and "kid" in entry:
            keys[(str(entry["kid"]), str(entry["kty"]))] = jwk.import_key(entry)
    return keys
