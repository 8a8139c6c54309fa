"""From the ward's answer to `Issued`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.manifest import Manifest

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
LARGEST = 200_000


class Issued(msgspec.Struct, frozen=True):
    """`content`: the very bytes that were sealed, `seal`: a detached CMS SignedData over them (DER)."""

    number: Number
    content: bytes
    seal: bytes


class _Answer(msgspec.Struct, frozen=True):
    documents: Annotated[tuple[Issued, ...], msgspec.Meta(max_length=100)]


def issued(answer: httpx.Response, manifest: Manifest) -> Sequence[Issued]:
    """Each number once, none too large."""
    told = done(answer, _Answer, manifest).documents
    fits = [len(one.content) <= LARGEST and len(one.seal) <= LARGEST for one in told]
    agreed(manifest, all(fits), len({one.number for one in told}) == len(told))
    return told
