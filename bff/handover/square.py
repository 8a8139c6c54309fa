"""A QR code (ISO/IEC 18004) as one SVG path, so that the phone keeps it and draws it without a network."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import segno

QUIET_ZONE = 4


@dataclass(frozen=True)
class Square:
    """`path`: strokes of one module; `side`: modules with the quiet zone of four; `version`: 1 to 40."""

    path: str
    side: int
    version: int


class TooLong(ValueError):
    """The text does not fit into the largest code there is."""


def square(text: str) -> Square:
    """Error correction M (15 %); raises `TooLong`."""
    try:
        code = segno.make_qr(text, error="m", boost_error=False)
    except segno.DataOverflowError as overflow:
        raise TooLong from overflow
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=QUIET_ZONE, xmldecl=False, svgns=False, omitsize=True)
    found = re.search(r' d="([^"]+)"', drawn.getvalue().decode())
    if found is None:
        raise ValueError("segno drew no path")
    return Square(found[1], int(code.symbol_size(border=QUIET_ZONE)[0]), int(code.version))
