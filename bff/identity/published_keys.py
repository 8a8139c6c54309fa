"""The keys a provider publishes (RFC 7517), and which of them may vouch for anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from joserfc import jwk
from joserfc.errors import JoseError

from bff.identity.failures import LoginFailed
from bff.identity.fetching import Kept

KEY_TYPES = {"ES256": "EC", "RS256": "RSA", "PS256": "RSA"}
SMALLEST_RSA = 2048
FRESH = timedelta(minutes=10)
AT_WORST = timedelta(hours=1)
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})

Keys = Mapping[tuple[str, str], jwk.Key]
"""By (kid, key type)."""


class _Jwks(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]


class PublishedKeys:
    """A provider's public keys: kept ten minutes, asked for anew when a token names an unknown one (rollover)."""

    def __init__(self, fetch: Callable[[], Awaitable[bytes]], clock: Callable[[], datetime]) -> None:
        async def read() -> Keys:
            return usable(await fetch())

        self._kept = Kept(read, clock, fresh=FRESH, at_worst=AT_WORST)

    async def key(self, kid: str, algorithm: str) -> jwk.Key:
        """Raises `ValueError` when the provider publishes no such key, `LoginFailed` when it cannot be asked."""
        wanted = (kid, KEY_TYPES[algorithm])
        keys = await self._kept.value()
        if wanted not in keys:
            keys = await self._kept.anew()
        if wanted not in keys:
            raise ValueError("signed by an unknown key")
        return keys[wanted]


def usable(body: bytes) -> Keys:
    """The keys of a JWKS that may vouch. A key whose private half lies open, one too short, and two under one id do
    not: whoever signs with such a one may be anybody."""
    try:
        entries = msgspec.json.decode(body, type=_Jwks).keys
    except (msgspec.MsgspecError, RecursionError, ValueError) as wrong:
        raise LoginFailed("failed", "certs: not a key set") from wrong
    found = list(_readable(entries))
    times = Counter(name for name, _ in found)
    return {name: key for name, key in found if times[name] == 1}


def _readable(entries: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str], jwk.Key]]:
    for entry in entries:
        kid, kind = entry.get("kid"), entry.get("kty")
        if not isinstance(kid, str) or kind not in KEY_TYPES.values() or entry.get("use", "sig") != "sig":
            continue
        if _PRIVATE & entry.keys():
            continue
        try:
            key = jwk.import_key(entry)
            if _strong(key):
                yield (kid, str(kind)), key
        except (JoseError, ValueError, TypeError, KeyError):
            continue


def _strong(key: jwk.Key) -> bool:
    if isinstance(key, jwk.RSAKey):
        return key.raw_value.key_size >= SMALLEST_RSA
    return isinstance(key, jwk.ECKey) and key.curve_name == "P-256"
