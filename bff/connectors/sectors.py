"""To whom a pseudonym is told: a ward as one, any other owner by each of its information systems.

A ward's offices are one body before the law and serve her under one id. The waterworks and the allowance for children,
both of the Metropolis, are not told that they serve the same person, nor are two companies. A move changes nothing for
a company.
"""

from __future__ import annotations

from functools import cache

from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests


def of_ward(ward: str) -> str:
    """`ward`: its code."""
    return f"ward/{ward}"


@cache
def _service(source: str) -> str | None:
    """The subsystem that owns a service of no ward, wherever an operator's table has it; None: a ward's."""
    manifest: Manifest = manifests()[source]
    if manifest.needs_ward:
        return None
    return "/".join(manifest.service.split("/")[1:4]) or source


def sector_of(source: str, ward: str | None) -> str:
    """The sector of the connector `source` for somebody of `ward`; raises `KeyError` when there is none."""
    service = _service(source)
    return of_ward(ward or "") if service is None else service
