"""The XML of a sheet without its empty rows: formatted emptiness below a list, a million rows of it, is passed over
before anything is parsed, so that it costs no time and hides no true row behind it."""

from __future__ import annotations

import io
import re
from typing import IO, Final

PIECE: Final = 1024 * 1024
LONGEST_ROW: Final = 4 * 1024 * 1024
"""A row that does not end within it is handed on as it is."""
_CELLS: Final = rb"(?:<c\b[^<>]*(?:/>|>\s*</c>)\s*)*+"
_EMPTY: Final = re.compile(rb'<row\b(?>[^<>]*?\sr=")[^<>]*(?:/>|[^/>]>\s*+' + _CELLS + rb"</row>)", re.ASCII)
"""Nothing but cells that hold nothing: what gives them a colour or a border stands in their attributes alone. A row
that does not say its number stays, since the others are counted by it. Nothing is tried in two ways, so that a file
made for it does not hold up the house."""


class FilledRows(io.RawIOBase):
    """Read as the sheet's file; whoever reads it finds the rows by their numbers."""

    def __init__(self, sheet: IO[bytes]) -> None:
        self._sheet = sheet
        self._left = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready and (piece := self._sheet.read(PIECE)):
            told = self._left + piece
            cut = told.rfind(b"<row")
            whole = len(told) - cut > LONGEST_ROW or cut < 0
            self._left = b"" if whole else told[cut:]
            self._ready = _EMPTY.sub(b"", told if whole else told[:cut])
        if not self._ready:
            self._ready, self._left = _EMPTY.sub(b"", self._left), b""
        given = self._ready[: len(into)]
        into[: len(given)] = given
        self._ready = self._ready[len(given) :]
        return len(given)

    def close(self) -> None:
        self._sheet.close()
        super().close()
