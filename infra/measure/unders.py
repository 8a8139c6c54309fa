"""What may lie under the exchange, by name: the house's own choice, and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bff.exchange.lean.pool import Pool
from bff.exchange.question import Under
from bff.exchange.under import MutualTls


def under(name: str, keys: Path | None) -> Under | httpx.AsyncBaseTransport:
    """Raises `KeyError`. `keys`: of mutual TLS, None: plain HTTP."""
    tls = MutualTls(keys / "ours_key.pem", keys / "ours.pem", keys / "root.pem") if keys else None
    kinds: dict[str, Callable[[], Under | httpx.AsyncBaseTransport]] = {
        "house": lambda: Pool(tls),
        "aiohttp": lambda: AiohttpTransport(client=lambda: _session(tls)),
        "httpx": lambda: httpx.AsyncHTTPTransport(
            verify=tls() if tls else True, limits=httpx.Limits(max_connections=None, max_keepalive_connections=None)
        ),
    }
    return kinds[name]()


def _session(tls: MutualTls | None) -> aiohttp.ClientSession:
    """No bound of its own, no cookies."""
    connector = aiohttp.TCPConnector(limit=0, ssl=tls() if tls else True)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)
