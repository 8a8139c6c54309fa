"""The ward's core system: takes in what was decided here, so that nobody types it a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import httpx

from bff.connectors.core_cases import mapping
from bff.connectors.core_cases.mapping import File, Receipt
from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask
from bff.exchange.reading import Reading


class CoreCases:
    """May be sent again: the same `key` is taken in once and gets the same number again.

    Its files go first, one by one, so that none is so large that the decision fails with it.
    """

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def send_file(self, reading: Reading, *, key: UUID, file: File) -> None:
        """One paper or part of what `key` is, before the decision that names it; raises `Refused`, else `Silent`."""
        sent = {"key": str(key), "subject": about(reading, self.manifest), **file.named(), "content": file.content}
        mapping.taken(await ask(self._http, self.manifest, reading, "/files", sent), self.manifest, file)

    async def send(
        self,
        reading: Reading,
        *,
        key: UUID,
        receipt_number: str,
        procedure: str,
        version: str,
        outcome: str,
        decided_on: date,
        answers: Mapping[str, object],
        automatic: bool,
        grounds: str | None = None,
        files: Sequence[File] = (),
    ) -> Receipt:
        """`outcome`: `decided` or `rejected`; `grounds`: the official's words, for the notice; `files`: sent before.

        Raises `Refused` when the core system does not take it, else `Silent`.
        """
        decision = {
            "key": str(key),
            "subject": about(reading, self.manifest),
            "receipt_number": receipt_number,
            "procedure": procedure,
            "version": version,
            "outcome": outcome,
            "decided_on": decided_on.isoformat(),
            "answers": dict(answers),
            "automatic": automatic,
            "grounds": grounds,
            "files": [one.named() for one in files],
        }
        return mapping.receipt(await ask(self._http, self.manifest, reading, "/", decision), self.manifest)
