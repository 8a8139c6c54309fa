"""What goes along with a decision; from the core system's answer to a `Receipt`: it has it, under its own number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.manifest import Manifest

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class File(msgspec.Struct, frozen=True):
    """`kind` `paper`: a photograph or PDF of a paper, a copy; `part`: what somebody else wrote for it, as JSON.

    `digest`: SHA-256 of the content, hex.
    """

    kind: Literal["paper", "part"]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    media_type: str
    digest: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
    content: bytes

    def named(self) -> dict[str, str]:
        """All but the content, as the decision lists it."""
        return {"kind": self.kind, "name": self.name, "media_type": self.media_type, "digest": self.digest}


class _Taken(msgspec.Struct, frozen=True):
    digest: str


class Receipt(msgspec.Struct, frozen=True):
    """The owner has it: its own number, and since when."""

    number: Number
    state: Literal["received"]
    at: Moment


def receipt(answer: httpx.Response, manifest: Manifest) -> Receipt:
    """Raises `Refused` for one of the manifest's reasons."""
    return done(answer, Receipt, manifest)


def taken(answer: httpx.Response, manifest: Manifest, file: File) -> None:
    """The owner says what it has by its digest; another one is a wrong answer."""
    agreed(manifest, done(answer, _Taken, manifest).digest == file.digest)
