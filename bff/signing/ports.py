"""Whom this room needs outside: one who has a document signed, one who checks it, one who stamps. Each is a port."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, Self
from uuid import UUID

from bff.identity.oidc import Start
from bff.identity.residents import Resident

Code = Literal[
    "declined",
    "too_late",
    "locked",
    "no_certificate",
    "revoked",
    "expired",
    "untrusted",
    "other_person",
    "unavailable",
    "failed",
]


class NotSigned(Exception):
    """No signature came of it; `code` is for her, `detail` for the log and holds nothing of her."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Digest:
    """What is given to be signed: never the document."""

    algorithm: str
    value: bytes

    @classmethod
    def of(cls, algorithm: str, document: bytes) -> Self:
        return cls(algorithm, hashlib.new(algorithm, document).digest())


@dataclass(frozen=True)
class Collected:
    """`sub`: whose card signed. `sealed`: certificate and signature, for the verifier alone: handed on, never kept."""

    sub: str
    sealed: str


@dataclass(frozen=True)
class Checked:
    """A signature that holds: its value, the verifier's id of the check, and when. No certificate."""

    algorithm: str
    value: bytes
    verification: str
    at: datetime


class Signer(Protocol):
    """The signature API (署名API). Each raises `NotSigned`."""

    @property
    def issuer(self) -> str: ...
    async def prepare(self, digest: Digest) -> str:
        """The id of a transaction for this digest."""

    async def leave(self, transaction: str) -> Start:
        """Where her browser goes to sign, and what to remember until it is back."""

    async def check_answerer(self, iss: str | None) -> None:
        """Whether it is the one we left for that sent her back (RFC 9207)."""

    async def collect(self, transaction: str, *, code: str, nonce: str, verifier: str) -> Collected:
        """What was signed; it can be collected once."""


class CertificateChecker(Protocol):
    """A verifier that law names: whether signature and certificate hold. Raises `NotSigned`."""

    async def check(self, resident: Resident, key: UUID, sealed: str, digest: Digest) -> Checked: ...


class Stamper(Protocol):
    """A time-stamp authority (RFC 3161): the DER of a TimeStampResp over `message`; raises `NotStamped`."""

    async def stamp(self, message: bytes) -> bytes: ...
