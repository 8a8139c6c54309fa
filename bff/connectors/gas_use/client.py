"""The gas company: starts and stops the gas, and books the visit at which it is opened (開栓立会い)."""

from __future__ import annotations

from datetime import date

from bff.connectors.gas_use import mapping
from bff.connectors.manifest import manifest_of
from bff.connectors.query import ask
from bff.connectors.supply import SupplyDesk
from bff.exchange.reading import Reading


class GasUse(SupplyDesk):
    """A start wants a `visit`: somebody has to be at home when the supply is opened (source S136, B)."""

    manifest = manifest_of(__file__)

    async def visits(self, reading: Reading, *, address: str, first: date) -> mapping.Visits:
        """Times still free from `first` on; who asks is not told, only for which address."""
        asked = {"subject": {"id": reading.subject.id}, "address": address, "first": first}
        return mapping.visits(await ask(self._http, self.manifest, reading, "/visits", asked), self.manifest, first)
