"""Where services are on a real exchange: an operator's own table (TOML) over the addresses in the manifests.

A table a connector's id; in it `all`, or a ward's code, names the X-Road service id:

    [registry]
    all = "TOKYO23/GOV/{ward}/juki/households"
    131032 = "TOKYO23/GOV/131032/minato-juki/households"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from bff.connectors.manifest import Manifest
from bff.exchange.address import ServiceId

Table = Mapping[str, Mapping[str, str]]
ALL: Final = "all"
_WARD: Final = re.compile(r"13[0-9]{4}")


class WrongAddress(ValueError):
    """The table names no connector, no ward, or no service."""


def read(file: Path, manifests: Mapping[str, Manifest]) -> Table:
    """Raises `WrongAddress` naming what is wrong."""
    try:
        table = msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, dict[str, str]])
    except (OSError, ValueError) as wrong:
        raise WrongAddress(f"{file}: {wrong}") from wrong
    for id, services in table.items():
        if id not in manifests or not manifests[id].service:
            raise WrongAddress(f"{file}: no connector that is called has the id {id!r}")
        for place, service in services.items():
            _check(file, id, place, service, manifests[id])
    return table


def addressed(instance: str, table: Table) -> Callable[[Manifest], Manifest]:
    """What a connector's manifest is on this exchange: another instance, and the operator's own addresses."""

    def on_this_exchange(manifest: Manifest) -> Manifest:
        if not manifest.service or manifest.service.startswith("own/"):
            return manifest
        rest = manifest.service.partition("/")[2]
        own = dict(table.get(manifest.id, {}))
        service = own.pop(ALL, f"{instance}/{rest}")
        return msgspec.structs.replace(manifest, service=service, of_wards=own)

    return on_this_exchange


def _check(file: Path, id: str, place: str, service: str, manifest: Manifest) -> None:
    if place != ALL and not (manifest.needs_ward and _WARD.fullmatch(place)):
        raise WrongAddress(f"{file}: [{id}] {place} is neither `{ALL}` nor a ward that is asked")
    if place == ALL and manifest.needs_ward and "{ward}" not in service:
        raise WrongAddress(f"{file}: [{id}] {ALL} does not say where the ward's code stands: {{ward}}")
    try:
        ServiceId.decode(service.replace("{ward}", "131016"))
    except ValueError as wrong:
        raise WrongAddress(f"{file}: [{id}] {place}: {wrong}") from wrong
