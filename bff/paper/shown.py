"""What a clerk sees of a page: the whole, made small, and the piece of it that a field was read from."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image

from bff.paper.reading import Result
from bff.paper.seen import Box
from bff.paper.straight import turned, upright

ACROSS: Final = 1000
EDGE: Final = 14
WIDEST_PIECE: Final = 900


@dataclass(frozen=True)
class Shown:
    """`data:` addresses: `pages` by number, each as it came, made small; `pieces` by field id, as they were read."""

    pages: Mapping[int, str]
    pieces: Mapping[str, str]


def shown(pages: Mapping[int, bytes], result: Result | None) -> Shown:
    """Slow (a tenth of a second a page): to be called in a thread. Each picture is opened once."""
    small: dict[int, str] = {}
    found: dict[str, str] = {}
    for number, body in pages.items():
        with Image.open(io.BytesIO(body), formats=["PNG", "JPEG"]) as opened:
            picture = opened.convert("RGB")
        if result is not None:
            found |= _pieces(picture, number, result)
        picture.thumbnail((ACROSS, 2 * ACROSS))
        small[number] = _address(picture)
    return Shown(small, found)


def _pieces(picture: Image.Image, number: int, result: Result) -> dict[str, str]:
    seen, there = (
        result.pages[number - 1],
        [(id, one.box) for id, one in result.fields.items() if one.box is not None and one.box.page == number],
    )
    if not there:
        return {}
    page = upright(picture.convert("L"), seen.quarter)
    if seen.scale != 1.0:
        page = page.resize((round(page.width * seen.scale), round(page.height * seen.scale)))
    page = turned(page, seen.tilt) if seen.tilt else page
    return {id: _piece(page, box) for id, box in there}


def _piece(page: Image.Image, box: Box) -> str:
    area = (box.left - EDGE, box.top - EDGE, box.right + EDGE, box.bottom + EDGE)
    left, top, right, bottom = max(area[0], 0), max(area[1], 0), min(area[2], page.width), min(area[3], page.height)
    cut = page.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    cut.thumbnail((WIDEST_PIECE, WIDEST_PIECE))
    return _address(cut)


def _address(picture: Image.Image) -> str:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=72)
    return "data:image/jpeg;base64," + base64.b64encode(written.getvalue()).decode()
