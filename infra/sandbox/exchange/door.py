"""Where information systems reach their security server: TLS on a port of its own.

As X-Road does, the door asks for a certificate and lets in without; which one belongs to whom is looked at later, byte
for byte. Only the server under it cannot take one that leads to nothing it knows: such a caller ends in the handshake.
"""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.certificates import Certified, Root
from infra.sandbox.exchange.envelope import Asked
from infra.sandbox.exchange.security_server import SecurityServer

LARGEST: Final = 10 << 20
"""A security server cannot log a longer body."""


class ExchangeDoor:
    """`registered`: certificates of information systems."""

    def __init__(self, server: SecurityServer, root: Root, own: Certified, registered: Iterable[x509.Certificate]):
        self.server = server
        self._tls = _tls(root, own, registered)

    async def open(self, host: str, port: int) -> asyncio.Server:
        """Listening; raises OSError when the port is taken."""
        served = web.Server(self._serve, handler_cancellation=True, access_log=None)
        return await asyncio.get_running_loop().create_server(served, host, port, ssl=self._tls, backlog=1024)

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await _body(request)
        if body is None:
            return _sent(json_answer(413, {"code": "too_large"}))
        tls = request.transport.get_extra_info("ssl_object") if request.transport else None
        pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.raw_headers]
        certificate = tls.getpeercert(binary_form=True) if tls else None
        asked = Asked(request.method, request.raw_path, pairs, body, certificate)
        return _sent(await self.server.answer(asked))


async def _body(request: web.BaseRequest) -> bytes | None:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _sent(answer: Answer) -> web.Response:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
    return web.Response(status=answer.status, body=answer.body, headers=headers)


def _tls(root: Root, own: Certified, registered: Iterable[x509.Certificate]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    known = [one.public_bytes(serialization.Encoding.DER) for one in registered]
    context.load_verify_locations(cadata=b"".join({*known, root.own.der}))
    with tempfile.TemporaryDirectory(prefix="km-tls-") as folder:
        own.write(Path(folder), "server")
        context.load_cert_chain(Path(folder) / "server.pem", Path(folder) / "server_key.pem")
    return context
