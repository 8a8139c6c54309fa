"""From the resident network's answer to a `Confirmation`."""

from __future__ import annotations

from datetime import date
from typing import Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, clean
from bff.connectors.manifest import Manifest

Sex = Literal["male", "female"]
Reason = Literal["moved_in", "moved_within", "moved_out", "born", "died", "name_changed", "corrected", "erased"]


class Change(msgspec.Struct, frozen=True):
    """異動事由: why the entry last changed, and on which day (異動年月日)."""

    reason: Reason
    on: date


class Confirmation(msgspec.Struct, frozen=True):
    """Item by item, whether it is registered so; `sex` is None when it was not asked.

    `change` is None when nothing changed within what the network keeps.
    """

    name: bool
    birth_date: bool
    sex: bool | None
    address: bool
    change: Change | None


def confirmation(answer: httpx.Response, manifest: Manifest, sex: str | None) -> Confirmation:
    """An answer about the sex that was not asked, or none though it was, is wrong.

    Whoever died or was struck off may still match in every item: the network keeps the entry as it last stood (消除).
    """
    wire = clean(answer, Confirmation, manifest.id)
    agreed(manifest, (sex is None) is (wire.sex is None))
    return wire
