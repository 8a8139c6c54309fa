"""What a clerk sees of a page: the whole, made small, and the piece of it that a field was read from."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Final

from PIL import Image

from bff.paper.reading import Result, Seen
from bff.paper.seen import Box
from bff.paper.straight import turned, upright

ACROSS: Final = 1000
EDGE: Final = 14
WIDEST_PIECE: Final = 900


def small(page: bytes) -> str:
    """The page as it came, as a `data:` address."""
    with Image.open(io.BytesIO(page), formats=["PNG", "JPEG"]) as picture:
        grey = picture.convert("RGB")
    grey.thumbnail((ACROSS, 2 * ACROSS))
    return _address(grey)


def pieces(pages: Mapping[int, bytes], result: Result) -> dict[str, str]:
    """By field id; slow (some hundredths of a second a page): to be called in a thread."""
    straight = {number: _as_read(body, result.pages[number - 1]) for number, body in pages.items()}
    return {
        id: _piece(straight[found.box.page], found.box)
        for id, found in result.fields.items()
        if found.box is not None and found.box.page in straight
    }


def _as_read(page: bytes, seen: Seen) -> Image.Image:
    with Image.open(io.BytesIO(page), formats=["PNG", "JPEG"]) as picture:
        grey = upright(picture.convert("L"), seen.quarter)
    if seen.scale != 1.0:
        grey = grey.resize((round(grey.width * seen.scale), round(grey.height * seen.scale)))
    return turned(grey, seen.tilt) if seen.tilt else grey


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
