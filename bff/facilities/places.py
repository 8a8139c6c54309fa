"""Where a ward is, so that a coordinate far from it is known to be wrong."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ward's office; `reach` in kilometres."""

    lat: float
    lon: float
    reach: float

    def holds(self, lat: float, lon: float) -> bool:
        return kilometres(self.lat, self.lon, lat, lon) <= self.reach


@cache
def places() -> Mapping[str, Place]:
    """By the ward's six digits."""
    read = tomllib.loads(Path(__file__).with_name("wards.toml").read_text("utf-8"))
    return msgspec.convert(read, dict[str, Place])


def kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """On the plane that Tokyo is small enough for."""
    east = (to_lon - lon) * math.cos(math.radians(lat))
    return math.hypot(to_lat - lat, east) * 111.2
