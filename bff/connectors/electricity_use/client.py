"""The electricity company: starts and stops the power at an address."""

from __future__ import annotations

from bff.connectors.manifest import manifest_of
from bff.connectors.supply import SupplyDesk


class ElectricityUse(SupplyDesk):
    """Nobody has to be at home (source S136, B)."""

    manifest = manifest_of(__file__)
