"""The question every source of facts is asked: what do you hold about this person?"""

from __future__ import annotations

import httpx
import msgspec

from bff.connectors.manifest import Manifest
from bff.exchange.reading import Reading


class AboutSubject(msgspec.Struct, frozen=True):
    """The subject in a request's body, as the owner of the data matches on her."""

    id: str
    name: str
    birth_date: str | None
    address: str


def about(reading: Reading) -> AboutSubject:
    subject = reading.subject
    born = subject.birth_date.isoformat() if subject.birth_date else None
    return AboutSubject(id=subject.id, name=subject.name, birth_date=born, address=subject.address)


async def query(http: httpx.AsyncClient, manifest: Manifest, reading: Reading) -> httpx.Response:
    """The answer of the service's `/query`; asked by POST, so that no name stands in an address."""
    return await http.post(
        manifest.path(reading, "/query"),
        content=msgspec.json.encode({"subject": about(reading)}),
        headers={"content-type": "application/json"},
        extensions={"reading": reading, "call": manifest.call(repeatable=True)},
    )
