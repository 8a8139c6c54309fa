"""OpenFisca-Japan: what a household's children bring in allowances, reckoned by law as code that others keep."""

from __future__ import annotations

from datetime import date

import httpx
import msgspec

from bff.connectors.benefits import mapping
from bff.connectors.manifest import manifest_of
from bff.exchange.reading import Reading
from life_events.benefits import Benefits
from life_events.facts import Household


class BenefitCalculator:
    """Reckons the `Benefits` of one household with a child on a day; raises `Silent` when there is no answer of use."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def tell(self, reading: Reading, household: Household, on: date) -> Benefits:
        """What leaves the house: how many parents, the children's birth dates and the day; no name, address or id."""
        answer = await self._http.post(
            "/calculate",
            content=msgspec.json.encode(mapping.situation(household, on)),
            headers={"content-type": "application/json"},
            extensions={"reading": reading, "call": self.manifest.call(repeatable=True)},
        )
        return mapping.benefits(answer, household, on, self.manifest.id)
