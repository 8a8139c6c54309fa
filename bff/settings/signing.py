"""Settings of how applications are signed and stamped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from bff.settings.reading import Get, SettingsRefused, is_address, seconds

Digest = Literal["sha256", "sha384"]
VERIFIER: Final = "certificate_verifier"
"""The port that is open wherever signing is: a signature nobody may check is none."""


@dataclass(frozen=True)
class SigningSettings:
    """What an operator may choose of how applications are signed and stamped.

    `api`: where the signature API is; empty: nothing is signed here, and the screens say so. `digest`: by which the
    documents are told to it, SHA-256 today, SHA-384 for the next card. `unsigned_taken`: an application that needs a
    signature may be sent without one, to be signed as the ward says; only where an operator has said so.
    `seal_key`, `seal_certificate`: PEM files of the seal under receipts, RSA or EC; the evidence's when none is named.
    `seal_roots`: PEM file of what seals lead to, those of former years too; the certificate itself when none is named.
    `stamp_again_before`: how long before the authority's certificate ends a receipt is stamped anew.
    """

    api: str
    digest: Digest
    unsigned_taken: bool
    seal_key: Path
    seal_certificate: Path
    seal_roots: Path
    stamp_again_before: timedelta

    @property
    def ports(self) -> frozenset[str]:
        return frozenset({VERIFIER}) if self.api else frozenset()


def read_signing(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> SigningSettings:
    """`sandbox`: where the stand-ins are; empty in production. Raises `SettingsRefused`."""
    api = environ.get("KURASHIMADO_SIGNING_API", sandbox and f"{sandbox}/api").rstrip("/")
    digest = get("SIGNING_DIGEST", "sha256")
    if digest not in ("sha256", "sha384"):
        raise SettingsRefused("KURASHIMADO_SIGNING_DIGEST must be sha256 or sha384")
    unsigned = get("UNSIGNED", "0")
    if unsigned not in ("0", "1"):
        raise SettingsRefused("KURASHIMADO_UNSIGNED must be 1 (what needs a signature may go without) or 0")
    if api and not (is_address(api, "https") or (not production and is_address(api, "http"))):
        raise SettingsRefused("KURASHIMADO_SIGNING_API must be an address, and https in production")
    var = Path(get("VAR", "var")).absolute()
    certificate = get("SEAL_CERTIFICATE", get("EVIDENCE_CERTIFICATE", str(var / "evidence.pem")))
    return SigningSettings(
        api=api,
        digest="sha384" if digest == "sha384" else "sha256",
        unsigned_taken=unsigned == "1",
        seal_key=Path(get("SEAL_KEY", get("EVIDENCE_KEY", str(var / "evidence_key.pem")))),
        seal_certificate=Path(certificate),
        seal_roots=Path(get("SEAL_ROOTS", certificate)),
        stamp_again_before=timedelta(days=seconds("STAMP_AGAIN_DAYS", get("STAMP_AGAIN_DAYS", "180"))),
    )
