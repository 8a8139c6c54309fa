"""Which of the 23 wards an address lies in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPACES_AND_VARIANTS = re.compile("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def ward_of(address: str, wards: Iterable[tuple[str, str]]) -> str | None:
    """The code of the ward an address as in the resident register is in; None: outside of the 23.

    `wards` are codes and Japanese names. 「北区」 and 「港区」 are in other cities too, so the name must come first or
    right behind 「東京都」. Variant forms of a character (葛󠄀飾区) are the same ward.
    """
    plain = _SPACES_AND_VARIANTS.sub("", unicodedata.normalize("NFKC", address)).removeprefix("東京都")
    return next((code for code, name in wards if plain.startswith(name)), None)
