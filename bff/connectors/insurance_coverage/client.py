"""オンライン資格確認: whether somebody is insured on a day; yes or no, for a medical institution alone."""

from __future__ import annotations

from datetime import date

import httpx

from bff.connectors.insurance_coverage import mapping
from bff.connectors.insurance_coverage.mapping import Coverage
from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask
from bff.exchange.reading import Reading


class InsuranceCoverage:
    """Raises `Silent`, also when the reading rests on another basis than the law names."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def check(self, reading: Reading, *, on: date) -> Coverage:
        """Whether the subject is insured on that day."""
        body = {"subject": about(reading, self.manifest), "on": on}
        return mapping.coverage(await ask(self._http, self.manifest, reading, "/query", body), self.manifest, on)
