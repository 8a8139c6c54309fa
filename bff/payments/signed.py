"""Words to and from the card provider, under a shared key: nothing else of theirs is believed.

One key, five purposes: each goes into what is signed, so that a word for one is worth nothing for another.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

Purpose = Literal["pay", "return", "notify", "look", "refund"]
MAY_DIFFER: Final = timedelta(minutes=5)
"""Between their clock and ours; an older word is a replay."""
LONGEST_STAMP: Final = 12


class NotTheirs(Exception):
    """`why`: signature, stamp or stale; nothing of it was looked at."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SharedKey:
    """`secret`: at least 32 bytes."""

    secret: bytes

    def sign(self, purpose: Purpose, stamp: str, body: bytes) -> str:
        return hmac.new(self.secret, b"%b.%b.%b" % (purpose.encode(), stamp.encode(), body), sha256).hexdigest()

    def check(self, purpose: Purpose, stamp: str, body: bytes, signature: str, now: datetime) -> None:
        """Raises `NotTheirs`. The signature is tried before anything is read."""
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
            raise NotTheirs("stamp")
        if not hmac.compare_digest(self.sign(purpose, stamp, body).encode(), signature.encode("utf-8", "replace")):
            raise NotTheirs("signature")
        if abs(now.timestamp() - int(stamp)) > MAY_DIFFER.total_seconds():
            raise NotTheirs("stale")


def in_order(values: Mapping[str, str]) -> bytes:
    """The parameters of an address as what is signed: sorted, each name and value with its length."""
    return b"".join(f"{len(name)}:{name}={len(value)}:{value};".encode() for name, value in sorted(values.items()))
