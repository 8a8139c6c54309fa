"""From the answer of the insurers' system to a `Coverage`."""

from __future__ import annotations

from datetime import date
from typing import Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, clean
from bff.connectors.manifest import Manifest


class Coverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`unknown`: between two insurances nobody may have reported yet. A field too many is a wrong answer: it could be
    the number of her insurance, or what she is treated for."""

    on: date
    covered: Literal["yes", "no", "unknown"]


def coverage(answer: httpx.Response, manifest: Manifest, on: date) -> Coverage:
    """An answer for another day is wrong."""
    wire = clean(answer, Coverage, manifest.id)
    agreed(manifest, wire.on == on)
    return wire
