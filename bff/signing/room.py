"""What this room needs of the house, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from cryptography import x509

from bff.signing.bundle import Roots
from bff.signing.ports import CertificateChecker, Digest, Signer
from bff.signing.seal import HouseSeal
from bff.signing.trying import Trust

Way = Literal["none", "offered", "needed"]
"""Whether an application is signed here: not at all, if she likes, or before it is sent (which it is not, where nothing
can be signed)."""


@dataclass(frozen=True)
class SigningRoom:
    """`signer` and `checker`: both, or neither where nothing is signed. The files of roots are read when needed: an
    authority may change its own while the house stands."""

    signer: Signer | None
    checker: CertificateChecker | None
    digest: str
    unsigned_taken: bool
    seal: HouseSeal
    seal_roots: Path
    stamp_roots: Path
    stamp_again_before: timedelta

    def way(self, wanted: Literal["required", "ward", "none"]) -> Way:
        """`wanted`: what the procedure says of a signature."""
        if wanted == "required" and not self.unsigned_taken:
            return "needed"
        return "none" if self.signer is None or wanted == "none" else "offered"

    def digest_of(self, document: bytes) -> Digest:
        return Digest.of(self.digest, document)

    @property
    def roots(self) -> Roots:
        return Roots(_bytes(self.seal_roots), _bytes(self.stamp_roots))

    @property
    def trust(self) -> Trust:
        return Trust(_certificates(self.seal_roots), _certificates(self.stamp_roots))


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _certificates(file: Path) -> list[x509.Certificate]:
    content = _bytes(file)
    return x509.load_pem_x509_certificates(content) if content.strip() else []
