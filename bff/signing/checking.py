"""The verifier at the other end of the exchange as a `CertificateChecker`."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Final
from uuid import UUID

from bff.connectors.answers import Refused
from bff.connectors.certificate_verifier.client import CertificateVerifier
from bff.connectors.certificate_verifier.mapping import Over
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent
from bff.identity.residents import Resident
from bff.signing.ports import Checked, Code, Digest, NotSigned

_LAPSED: Final = ("revoked", "suspended")


class ExchangedChecker:
    """`subject` tells how the verifier may know her: by a pseudonym and nothing else."""

    def __init__(self, verifier: CertificateVerifier, subject: Callable[[Resident], Subject]) -> None:
        self._verifier = verifier
        self._subject = subject

    async def check(self, resident: Resident, key: UUID, sealed: str, digest: Digest) -> Checked:
        over = Over("sha384" if digest.algorithm == "sha384" else "sha256", base64.b64encode(digest.value).decode())
        manifest = self._verifier.manifest
        reading = Reading(self._subject(resident), manifest.purpose, manifest.basis, resident.id)
        try:
            found = await self._verifier.check(
                reading, key=key, use="signature", medium="card", sealed=sealed, over=over
            )
        except Silent as silent:
            raise NotSigned("unavailable", f"verifier: {silent.why}") from silent
        except Refused as refused:
            raise NotSigned("untrusted", f"verifier: {refused.reason}") from refused
        if found.state != "valid" or found.signed is None:
            code: Code = "revoked" if found.state in _LAPSED else "expired"
            raise NotSigned(code, f"verifier: {found.state} {found.reason or ''}".strip())
        return Checked(
            found.signed.algorithm, base64.b64decode(found.signed.value), found.verification, found.checked_at
        )
