"""Where a push may be sent to. An endpoint comes from a browser, so it is a wish of a stranger that we would follow
with a request of our own: only known push services are followed (RFC 8030 §8, SSRF)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from notifications.texts import text_of
from notifications.words import Text

LONGEST_ENDPOINT = 2048
POINT_BYTES = 65
UNCOMPRESSED = b"\x04"
AUTH_BYTES = 16
KNOWN_PUSH_SERVICES = frozenset(
    {"fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"}
)

_PLAIN = re.compile(r"([a-z]+://[^/?#@\\\s]+)(/[!\"$-\[\]-~]*)", re.ASCII)
"""Printable, and neither a fragment nor a backslash in it; what stands before the path, and the path with its query."""


class DeviceFault(StrEnum):
    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    NOT_HTTPS = "not_https"
    USERINFO = "userinfo"
    FRAGMENT = "fragment"
    ODD_PORT = "odd_port"
    UNKNOWN_SERVICE = "unknown_service"
    BAD_KEY = "bad_key"
    BAD_AUTH = "bad_auth"
    KEPT_BY_ANOTHER = "kept_by_another"

    @property
    def text(self) -> Text:
        keys = self in (DeviceFault.BAD_KEY, DeviceFault.BAD_AUTH, DeviceFault.KEPT_BY_ANOTHER)
        return text_of("device", "bad_key" if keys else "refused")


class DeviceRefused(Exception):
    def __init__(self, fault: DeviceFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class PushPolicy:
    """`hosts`: exact names, or "*.name" for everything below it. `extra_origins`: whole origins trusted besides, such
    as the stand-in of a demonstration ("http://localhost:8001"); for these scheme, host and port are not judged."""

    hosts: frozenset[str] = KNOWN_PUSH_SERVICES
    extra_origins: frozenset[str] = frozenset()

    def place_of(self, endpoint: str, known: dict[str, str]) -> tuple[str, str]:
        """The origin and what is asked for there, query included; an origin of "" is not followed. The same judgement
        for many in a row: `known` remembers what was found of the hosts."""
        told = _PLAIN.fullmatch(endpoint)
        if told is None or len(endpoint) > LONGEST_ENDPOINT:
            return "", ""
        front, path = told.groups()
        origin = known.get(front)
        if origin is None:
            origin = origin_of(front)
            origin = known[front] = "" if self.fault_of(f"{origin}/") else origin
        return origin, path

    def fault_of(self, endpoint: str) -> DeviceFault | None:
        if len(endpoint) > LONGEST_ENDPOINT:
            return DeviceFault.TOO_LONG
        parts = _split(endpoint)
        if parts is None:
            return DeviceFault.MALFORMED
        if "@" in parts.netloc:
            return DeviceFault.USERINFO
        if "#" in endpoint:
            return DeviceFault.FRAGMENT
        return None if f"{parts.scheme}://{parts.netloc}" in self.extra_origins else self._fault_of_origin(parts)

    def _fault_of_origin(self, parts: SplitResult) -> DeviceFault | None:
        if parts.scheme != "https":
            return DeviceFault.NOT_HTTPS
        if parts.port not in (None, 443):
            return DeviceFault.ODD_PORT
        return None if self._knows(parts.hostname or "") else DeviceFault.UNKNOWN_SERVICE

    def _knows(self, host: str) -> bool:
        return host in self.hosts or any(
            rule.startswith("*.") and host.endswith(rule[1:]) and len(host) > len(rule) - 1 for rule in self.hosts
        )


def check_device(policy: PushPolicy, endpoint: str, p256dh: str, auth: str) -> DeviceFault | None:
    """None when fit. `p256dh`: base64url of an uncompressed point on P-256 (65 bytes); `auth`: of 16 bytes."""
    fault = policy.fault_of(endpoint)
    if fault is not None:
        return fault
    if not _is_point(_decoded(p256dh)):
        return DeviceFault.BAD_KEY
    return DeviceFault.BAD_AUTH if len(_decoded(auth)) != AUTH_BYTES else None


def origin_of(endpoint: str) -> str:
    """The audience of a VAPID token: scheme and host, with a port only where it is not the scheme's own."""
    scheme, _, rest = endpoint.partition("://")
    host = rest.partition("/")[0].partition("?")[0]
    return f"{scheme}://{host.removesuffix(':443') if scheme == 'https' else host}"


def is_address(endpoint: str) -> bool:
    """Whether it is written in letters an address may have (RFC 3986 §2)."""
    return endpoint.isascii() and endpoint.isprintable()


def _split(endpoint: str) -> SplitResult | None:
    if not is_address(endpoint) or " " in endpoint or "\\" in endpoint:
        return None
    try:
        parts = urlsplit(endpoint)
        parts.port  # noqa: B018 – raises ValueError on a port that is no number
    except ValueError:
        return None
    return parts if parts.hostname and parts.netloc == parts.netloc.lower() else None


def _decoded(text: str) -> bytes:
    """b"" when it is not base64url; padding may be there or not."""
    try:
        bare = text.rstrip("=").encode("ascii")
        return base64.b64decode(bare + b"=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return b""


def _is_point(raw: bytes) -> bool:
    if len(raw) != POINT_BYTES or not raw.startswith(UNCOMPRESSED):
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return True
