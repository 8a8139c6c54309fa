"""The client over the exchange: httpx's, without what a call by the exchange never has.

No cookies, redirects, logins, query parameters, proxies or streams: the transport has read the whole answer. What is
left costs a tenth.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import httpx

ADDRESSES: Final = 1024
"""How many addresses are kept parsed."""


class Asking(httpx.AsyncClient):
    """Used as `httpx.AsyncClient` by every connector; `transport` answers whole."""

    def __init__(self, transport: httpx.AsyncBaseTransport, base_url: str) -> None:
        super().__init__(transport=transport, base_url=base_url)
        self._exchange = transport
        self._address = lru_cache(ADDRESSES)(self._merge_url)

    def build_request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        content: Any = None,
        headers: Any = None,
        extensions: Any = None,
        **others: Any,
    ) -> httpx.Request:
        """As httpx's; with nothing but a body, headers and extensions it is put together directly."""
        if any(others.get(name) for name in ("data", "files", "json", "params", "cookies")):
            more = {**others, "content": content, "headers": headers, "extensions": extensions}
            return super().build_request(method, url, **more)
        body = httpx.ByteStream(content.encode() if isinstance(content, str) else content or b"")
        return httpx.Request(method, self._address(url), stream=body, headers=headers, extensions=extensions)

    async def send(self, request: httpx.Request, **_: Any) -> httpx.Response:
        return await self._exchange.handle_async_request(request)
