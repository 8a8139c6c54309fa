"""From the core system's answer to a `Receipt`: it has the decision, under its own number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import done
from bff.connectors.manifest import Manifest

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Receipt(msgspec.Struct, frozen=True):
    """The owner has it: its own number, and since when."""

    number: Number
    state: Literal["received"]
    at: Moment


def receipt(answer: httpx.Response, manifest: Manifest) -> Receipt:
    """Raises `Refused` for one of the manifest's reasons."""
    return done(answer, Receipt, manifest)
