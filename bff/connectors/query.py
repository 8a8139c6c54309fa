"""The question every source of facts is asked: what do you hold about this person?"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import httpx
import msgspec

from bff.connectors.manifest import Manifest
from bff.exchange.address import encoded
from bff.exchange.reading import Reading


def about(reading: Reading, manifest: Manifest) -> dict[str, str | None]:
    """The subject in a request's body: no more of her than the manifest says the owner of the data matches on."""
    subject = reading.subject
    born = subject.birth_date.isoformat() if subject.birth_date else None
    whole = {"id": subject.id, "name": subject.name, "birth_date": born, "address": subject.address}
    return {item: whole[item] for item in manifest.sends}


async def query(http: httpx.AsyncClient, manifest: Manifest, reading: Reading) -> httpx.Response:
    """The answer of the service's `/query`; asked by POST, so that no name stands in an address."""
    return await ask(http, manifest, reading, "/query", {"subject": about(reading, manifest)})


async def ask(
    http: httpx.AsyncClient,
    manifest: Manifest,
    reading: Reading,
    path: str,
    body: object,
    *,
    repeatable: bool = True,
) -> httpx.Response:
    """The answer to `body`, posted as JSON to `path` of the service. `repeatable`: twice does no more than once."""
    return await http.post(
        manifest.path(reading, path),
        content=msgspec.json.encode(body),
        headers={"content-type": "application/json"},
        extensions={"reading": reading, "call": manifest.call(repeatable=repeatable)},
    )


async def order(
    http: httpx.AsyncClient, manifest: Manifest, reading: Reading, path: str, key: UUID, what: Mapping[str, object]
) -> httpx.Response:
    """The answer to an order, or to its being taken back; the owner takes the same `key` in once."""
    body = {"key": str(key), "subject": about(reading, manifest), **what}
    return await ask(http, manifest, reading, path, body)


async def look(http: httpx.AsyncClient, manifest: Manifest, reading: Reading, number: str) -> httpx.Response:
    """How what has the owner's own `number` stands; the caller is known by the envelope."""
    return await http.get(
        manifest.path(reading, f"/{encoded(number)}"),
        extensions={"reading": reading, "call": manifest.call(repeatable=True)},
    )
