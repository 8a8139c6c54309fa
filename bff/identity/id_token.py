"""Checking an ID token (OpenID Connect Core 1.0 §3.1.3.7): signature, issuer, audience, times, nonce, at_hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc import jws, jwt
from joserfc.errors import JoseError

from bff.identity.published_keys import PublishedKeys

ALGORITHMS = ("ES256", "RS256", "PS256")
"""Whatever a provider is allowed, it is one of these: never `none`, never a secret both sides know."""
SKEW = timedelta(seconds=90)
OLDEST = timedelta(minutes=10)
LONGEST_LIFE = timedelta(days=1)
LARGEST = 16 * 1024
LONGEST_SUB = 255


@dataclass(frozen=True)
class Expected:
    """What an ID token must say. `at_hash_required`: of providers that always give one; when it is there it must be
    right in any case. `proved_after`: she has proved herself anew since (auth_time); None: not asked for."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    now: datetime
    algorithms: tuple[str, ...] = ("ES256", "RS256")
    at_hash_required: bool = True
    proved_after: datetime | None = None


async def verified(id_token: str, published: PublishedKeys, expected: Expected) -> Mapping[str, object]:
    """The claims of a token that is wholly right; raises `ValueError` with what is wrong."""
    if len(id_token) > LARGEST:
        raise ValueError("too large")
    try:
        header = jws.extract_compact(id_token.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in expected.algorithms or not isinstance(kid, str):
            raise ValueError("signed by an algorithm we do not take, or without a key id")
        if "crit" in header or "b64" in header:
            raise ValueError("its header asks for what we do not do")
        key = await published.key(kid, algorithm)
        claims = jwt.decode(id_token, key, algorithms=[algorithm]).claims
    except JoseError as wrong:
        raise ValueError(f"signature: {type(wrong).__name__}") from wrong
    except RecursionError as deep:
        raise ValueError("nested without end") from deep
    _check(claims, expected)
    return claims


def _check(claims: Mapping[str, object], expected: Expected) -> None:
    if not _same(claims.get("iss"), expected.issuer):
        raise ValueError("another issuer")
    _check_audience(claims, expected.client_id)
    if not _same(claims.get("nonce"), expected.nonce):
        raise ValueError("another nonce")
    if ("at_hash" in claims or expected.at_hash_required) and not _same(
        claims.get("at_hash"), _left_half(expected.access_token)
    ):
        raise ValueError("at_hash is not the access token's")
    sub = claims.get("sub")
    if not isinstance(sub, str) or not 0 < len(sub) <= LONGEST_SUB:
        raise ValueError("no sub")
    _check_times(claims, expected)


def _check_audience(claims: Mapping[str, object], client_id: str) -> None:
    """For us, and if for others too, then handed to us (`azp`)."""
    audience, azp = claims.get("aud"), claims.get("azp")
    audiences = audience if isinstance(audience, list) else [audience]
    alone = audiences == [client_id] and azp in (None, client_id)
    if not alone and not (client_id in audiences and azp == client_id):
        raise ValueError("meant for another client")


def _check_times(claims: Mapping[str, object], expected: Expected) -> None:
    now, skew = expected.now.timestamp(), SKEW.total_seconds()
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if expires is None or issued is None:
        raise ValueError("no exp or iat")
    if expires + skew <= now:
        raise ValueError("expired")
    if issued - skew > now:
        raise ValueError("issued in the future")
    if issued + skew + OLDEST.total_seconds() < now:
        raise ValueError("issued long ago")
    if expires - issued > LONGEST_LIFE.total_seconds():
        raise ValueError("valid beyond reason")
    begins = _moment(claims, "nbf") if "nbf" in claims else issued
    if begins is None or begins - skew > now:
        raise ValueError("not valid yet")
    if expected.proved_after is not None:
        proved = _moment(claims, "auth_time")
        if proved is None or proved + skew < expected.proved_after.timestamp():
            raise ValueError("she has not proved herself anew")


def _moment(claims: Mapping[str, object], name: str) -> float | None:
    """A NumericDate of RFC 7519; None for anything that is no such number."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e12 else None  # noqa: PLR2004 - some 30,000 years


def _left_half(access_token: str) -> str:
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).decode().rstrip("=")


def _same(got: object, wanted: str) -> bool:
    return isinstance(got, str) and hmac.compare_digest(got.encode(errors="replace"), wanted.encode())
