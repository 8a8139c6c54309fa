"""`kinds/<id>.toml`: which files may come or go, how large, of which type, what for and how long they stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

KINDS: Final = Path(__file__).with_name("kinds")
PART: Final = 512 * 1024
"""How much goes out at once; a security server logs a body up to 10 MiB whole."""
LARGEST_PART: Final = 8 * 1024 * 1024
SENT_IS_KEPT: Final = timedelta(days=40)
"""Longer than any file that came: whatever is older on the shelf was sent, or is left from a fall."""
GIGABYTE: Final = 1024**3

MediaType = Literal["text/csv", "application/json", "application/pdf", "application/zip"]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`largest` in bytes. `days`: how long a whole file stays. `point`: into whose folder of a ward's drop it goes."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}$")]
    name: str
    direction: Literal["in", "out"]
    media_types: Annotated[tuple[MediaType, ...], msgspec.Meta(min_length=1)]
    largest: Annotated[int, msgspec.Meta(ge=1, le=2 * GIGABYTE)]
    days: Annotated[int, msgspec.Meta(ge=1, le=365)]
    point: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_-]{0,40}$")] = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """By id; raises `msgspec.ValidationError`, and ValueError for one under another's name."""
    found = {path.stem: msgspec.toml.decode(path.read_bytes(), type=Kind) for path in sorted(KINDS.glob("*.toml"))}
    if wrong := [stem for stem, kind in found.items() if kind.id != stem]:
        raise ValueError(f"kinds of files under another's name: {wrong}")
    return found
