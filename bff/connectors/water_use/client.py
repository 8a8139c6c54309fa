"""東京都水道局: starts and stops the water at an address."""

from __future__ import annotations

from bff.connectors.manifest import manifest_of
from bff.connectors.supply import SupplyDesk


class WaterUse(SupplyDesk):
    """Stops are taken three days to a month ahead, starts up to a month ahead (source S057, B)."""

    manifest = manifest_of(__file__)
