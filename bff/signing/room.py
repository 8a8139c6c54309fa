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

Way = Literal["none", "offered", "needed", "nowhere"]
"""Whether an application is signed here: not at all, if she likes, before it is sent, or it would have to be and
nothing can be signed here: then it is not sent from here either."""

Wanted = Literal["required", "ward", "none"]
"""What a procedure says of a signature."""


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

    def way(self, wanted: Wanted, *, has_card: bool) -> Way:
        """`has_card`: whether she is known here by a card, which alone can sign for her."""
        can_be = self.signer is not None and has_card
        if self.is_kept_back_without(wanted):
            return "needed" if can_be else "nowhere"
        return "offered" if can_be and wanted != "none" else "none"

    def is_kept_back_without(self, wanted: Wanted) -> bool:
        """Whether it is not sent unsigned."""
        return wanted == "required" and not self.unsigned_taken

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
