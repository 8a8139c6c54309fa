"""Where we may go: origins, and which of their hosts may stand on an address that is not public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


class NotAllowed(OSError):
    """The house does not go there; nothing was sent."""


@dataclass(frozen=True)
class Places:
    """`origins`: as `origin_of` writes them. `inside`: hosts that may stand on loopback or a private network."""

    origins: frozenset[str]
    inside: frozenset[str] = frozenset()

    def knows(self, url: str) -> bool:
        return origin_of(url) in self.origins

    def may_connect(self, host: str, address: str) -> bool:
        """Whether `host`, found at `address`, may be connected to."""
        return host.lower() in self.inside or is_public(address)


def is_public(address: str) -> bool:
    """No loopback, private, link-local, shared, multicast or reserved one, in no disguise of IPv6."""
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, IPv6Address):
        within = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if within is not None:
            return is_public(str(within))
        if int(one) >> 32 == _NAT64:
            return is_public(".".join(str(byte) for byte in one.packed[-4:]))
    return one.is_global and not one.is_multicast and not one.is_reserved


_NAT64 = int(IPv6Address("64:ff9b::")) >> 32


def origin_of(url: str) -> str:
    """Scheme, host and port; empty when it is no address of http or https, or hides another (`user@`, a backslash)."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return ""
    odd = "@" in parts.netloc or "\\" in url or not url.isprintable() or " " in url
    if odd or port is None or not parts.hostname or parts.scheme not in _PORTS:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}"


def places(addresses: Iterable[str], inside: Iterable[str]) -> Places:
    """Of configured addresses; those that are none are left out."""
    return Places(frozenset(filter(None, map(origin_of, addresses))), frozenset(host.lower() for host in inside))
