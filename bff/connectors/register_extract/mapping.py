"""From the registers' answer to an `Extract`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, clean
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Kind = Literal["land", "building", "company"]
RegisterNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{13}$")]


class Extract(msgspec.Struct, frozen=True):
    """`title`: where the land or building is, or the company's name; `changed_on`: the last entry, None if none since
    it was opened; `holder`: whether the subject owns it (所有者) or represents it (代表者)."""

    kind: Kind
    number: RegisterNumber
    title: Line
    state: Literal["open", "closed"]
    holder: Literal["matches", "differs", "not_asked"]
    changed_on: date | None
    as_of: date


def extract(answer: httpx.Response, manifest: Manifest, asked: Mapping[str, object]) -> Extract:
    """Another register than was asked for, or a holder nobody asked about, or an entry of the future, is wrong."""
    wire = clean(answer, Extract, manifest.id)
    agreed(
        manifest,
        (wire.kind, wire.number) == (asked["kind"], asked["number"]),
        (wire.holder == "not_asked") is (asked["subject"] is None),
        wire.changed_on is None or wire.changed_on <= wire.as_of,
    )
    return wire
