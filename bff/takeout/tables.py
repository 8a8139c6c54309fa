"""What is given of which table: `tables.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from life_events import Text


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As the head of the file says it."""

    title: Text
    key: Literal["hers", "school", "own"] = "hers"
    sealed: Mapping[str, str] = {}
    files: Mapping[str, str] = {}
    leave: tuple[str, ...] = ()
    withheld: Text | None = None
    rows: str = ""
    never: bool = False


@cache
def tables() -> Mapping[str, Given]:
    """Raises `msgspec.ValidationError`."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return msgspec.convert(read, dict[str, Given])
