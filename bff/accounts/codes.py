"""A one-time code as it is printed at a desk: four characters that find it, eight that prove it.

The eight are random (39 bits), few may be guessed (`Rules.code_tries`), and only their scrypt hash is kept, salted with
the id of the code.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are read as others: 0 and O, 1, I and L, U."""
PLACE, SECRET, GROUP = 4, 8, 4
_FAIR = len(SIGNS) * (256 // len(SIGNS))
Chance = Callable[[int], bytes]


@dataclass(frozen=True)
class Code:
    """What is told once and never again."""

    place: str
    secret: str

    def __str__(self) -> str:
        whole = self.place + self.secret
        return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))

    def __repr__(self) -> str:
        return "Code(…)"


def fresh(chance: Chance) -> Code:
    """Never twelve digits alone, which might be read as a 個人番号."""
    while True:
        signs = _signs(chance, PLACE + SECRET)
        if not signs.isdigit():
            return Code(signs[:PLACE], signs[PLACE:])


def read(typed: str) -> Code | None:
    """As somebody typed it, in whatever width, case and grouping; None: it cannot be one."""
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", typed[:100]).upper() if sign.isalnum())
    fits = len(signs) == PLACE + SECRET and all(sign in SIGNS for sign in signs)
    return Code(signs[:PLACE], signs[PLACE:]) if fits else None


def hashed(code: Code, id: UUID) -> bytes:
    """Some 50 ms: to be called in a thread."""
    return hashlib.scrypt(code.secret.encode(), salt=id.bytes, n=2**14, r=8, p=1, dklen=32)


def matches(code: Code, id: UUID, kept: bytes) -> bool:
    return hmac.compare_digest(hashed(code, id), kept)


def _signs(chance: Chance, count: int) -> str:
    found = ""
    while len(found) < count:
        found += "".join(SIGNS[byte % len(SIGNS)] for byte in chance(count) if byte < _FAIR)
    return found[:count]
