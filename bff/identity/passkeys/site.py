"""Who we are to an authenticator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """`rp_id` is the host that passkeys belong to for ever; `origins` are the pages that may ask for them."""

    rp_id: str
    origins: tuple[str, ...]
    name: str = "くらしまど"
