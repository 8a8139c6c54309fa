"""Where a request comes from: the peer, or whom a proxy names that the operator trusts, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address

from bff.settings.reading import Networks

UNKNOWN = "unknown"
HOME_OF_IPV6 = 64
"""One subscriber has at least such a network, and may take a new address in it for every request."""


def address_of(headers: Mapping[str, str], peer: str | None, trusted: Networks) -> str:
    """The nearest address that no trusted proxy has; `X-Forwarded-For` is not read unless the peer is trusted."""
    if peer is None:
        return UNKNOWN
    if not trusted or not _is_trusted(peer, trusted):
        return _home(peer)
    named = [part.strip() for part in headers.get("x-forwarded-for", "").split(",") if part.strip()]
    return _home(next((one for one in reversed(named) if not _is_trusted(one, trusted)), peer))


def _is_trusted(text: str, trusted: Networks) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in trusted)


def _home(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, HOME_OF_IPV6), strict=False))
    return str(address)
