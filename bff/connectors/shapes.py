"""What a connector is: a manifest and a client over HTTP; one that tells records says in which shape."""

from __future__ import annotations

from typing import Protocol

import httpx
import msgspec

from bff.connectors.manifest import Manifest
from bff.exchange.reading import Reading


class Connector(Protocol):
    """A class beside a `manifest.toml`; its public coroutines take a `Reading` first and raise `Silent`."""

    manifest: Manifest

    def __init__(self, http: httpx.AsyncClient) -> None: ...


class Teller(Protocol):
    """A connector that tells the records of one person; `shape` is what they are kept as."""

    manifest: Manifest
    shape: type[msgspec.Struct]

    async def tell(self, reading: Reading) -> msgspec.Struct: ...
