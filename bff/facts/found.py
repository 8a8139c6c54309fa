"""Contracts found in records that she had looked up, for the steps of a move that speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bff.connectors.broadcast.mapping import ReceptionContracts
from bff.connectors.gas.mapping import GasContracts
from bff.connectors.waterworks.mapping import WaterContracts
from life_events.facts import LOOKED_UP, Contract

ENDED: Final = "stopped"


def found(parts: Mapping[str, Any]) -> Mapping[str, Contract | None]:
    """By source; of several contracts the first that has not ended."""
    return {source: _standing(parts.get(source)) for source in LOOKED_UP}


def _standing(part: object) -> Contract | None:
    if not isinstance(part, WaterContracts | GasContracts | ReceptionContracts):
        return None
    standing = (one for one in part.contracts if getattr(one, "state", "") != ENDED)
    return next((Contract(one.number, one.address, "") for one in standing), None)
