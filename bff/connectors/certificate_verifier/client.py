"""公的個人認証: whether a certificate holds, as a verifier the law names says; never the certificate itself."""

from __future__ import annotations

from uuid import UUID

import httpx

from bff.connectors.certificate_verifier import mapping
from bff.connectors.certificate_verifier.mapping import Check, Medium, Over, Sealed, Use
from bff.connectors.manifest import manifest_of
from bff.connectors.query import ask
from bff.exchange.reading import Reading


class CertificateVerifier:
    """Raises `Silent`, also when the reading rests on another basis than the law names."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def check(
        self, reading: Reading, *, key: UUID, use: Use, medium: Medium, sealed: Sealed, over: Over | None = None
    ) -> Check:
        """`sealed`: the JWE of certificate and signature, for the verifier alone; the same `key` is checked once.

        `over`: the digest that was given to be signed; without it only the certificate is looked at, not what was
        signed. Raises `Refused` (unreadable, untrusted, other_data, key_taken).
        """
        body: dict[str, object] = {"key": str(key), "use": use, "medium": medium, "sealed": sealed}
        if over is not None:
            body["over"] = over
        answer = await ask(self._http, self.manifest, reading, "/", body)
        return mapping.check(answer, self.manifest, signs=over is not None, use=use, medium=medium)

    async def again(self, reading: Reading, *, verification: str) -> Check:
        """How the certificate of an earlier check stands now; `Silent(no_match)` when the verifier keeps it no more."""
        answer = await ask(self._http, self.manifest, reading, "/again", {"verification": verification})
        return mapping.check(answer, self.manifest, verification=verification)
