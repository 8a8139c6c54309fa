"""Names into addresses that may be connected to, for both clients."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from typing import Any

import httpcore
from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from bff.outgoing.places import NotAllowed, Places


async def found(places: Places, host: str, port: int) -> list[str]:
    """Every address of `host`; raises `NotAllowed` when one of them is not to be connected to, and `OSError`."""
    loop = asyncio.get_running_loop()
    told = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in told]
    if not addresses or not all(places.may_connect(host, address) for address in addresses):
        raise NotAllowed(f"{host} does not lead to an address that may be connected to")
    return list(dict.fromkeys(addresses))


class Backend(httpcore.AsyncNetworkBackend):
    """Connects to the address it has looked at; the name stays what TLS asks the certificate for."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._under = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await asyncio.wait_for(found(self._places, host, port), timeout)
        except TimeoutError as late:
            raise httpcore.ConnectTimeout(f"{host} was not found in time") from late
        except OSError as wrong:
            raise httpcore.ConnectError(str(wrong)) from wrong
        for address in addresses[:-1]:
            try:
                return await self._under.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._under.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Resolver(AbstractResolver):
    def __init__(self, places: Places) -> None:
        self._places = places
        self._under: ThreadedResolver | None = None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self._under = self._under or ThreadedResolver()
        told = await self._under.resolve(host, port, family)
        if not told or not all(self._places.may_connect(host, each["host"]) for each in told):
            raise NotAllowed(f"{host} does not lead to an address that may be connected to")
        return told

    async def close(self) -> None:
        if self._under is not None:
            await self._under.close()


def resolver(places: Places) -> AbstractResolver:
    """For an aiohttp connector: where its hosts are, unless one of their addresses is not to be connected to."""
    return _Resolver(places)
