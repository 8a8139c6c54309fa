"""From the gas company's answer to the visits it offers; orders are read as for all supplies."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.manifest import Manifest
from bff.connectors.supply import Visit


class Visits(msgspec.Struct, frozen=True):
    """Empty when no time is free."""

    visits: Annotated[tuple[Visit, ...], msgspec.Meta(max_length=200)]


def visits(answer: httpx.Response, manifest: Manifest, first: date) -> Visits:
    """None before the first day asked for, and each ends after it begins."""
    wire = done(answer, Visits, manifest)
    agreed(manifest, all(one.on >= first and one.begins < one.ends for one in wire.visits))
    return wire
