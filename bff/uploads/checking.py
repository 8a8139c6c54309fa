"""What a file is and whether it is taken: by its content, never by its name.

A picture is painted anew, so that where it was taken and whatever else was hidden in it is gone; a PDF is taken as it
is when nothing in it can act.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from bff.uploads import pdf
from bff.uploads.refusals import refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 4096
_BEGINNINGS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"%PDF-": "PDF"}
_MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True)
class Checked:
    """Fit to be kept."""

    media_type: str
    body: bytes


def checked(body: bytes) -> Checked:
    """Slow for large pictures: to be called in a thread. Raises `UploadRefused`."""
    if not body:
        raise refused("empty")
    if len(body) > MOST_BYTES:
        raise refused("too_large")
    kind = next((kind for start, kind in _BEGINNINGS.items() if body.startswith(start)), None)
    if kind is None and body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        kind = "WEBP"
    if kind is None:
        raise refused("kind")
    return Checked("application/pdf", pdf.judged(body)) if kind == "PDF" else _painted_anew(body, kind)


def _painted_anew(body: bytes, kind: str) -> Checked:
    written = "PNG" if kind == "PNG" else "JPEG"
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(body), formats=[kind]) as picture:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if picture.width * picture.height > MOST_PIXELS:
                raise refused("too_large")
            upright = ImageOps.exif_transpose(picture).convert("RGBA" if _has_alpha(picture, written) else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as wrong:
        raise refused("broken") from wrong
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    anew = io.BytesIO()
    bare.save(anew, written, **({"quality": 88} if written == "JPEG" else {"optimize": False}))
    return Checked(_MEDIA[written], anew.getvalue())


def _has_alpha(picture: Image.Image, written: str) -> bool:
    return written == "PNG" and ("A" in picture.mode or "transparency" in picture.info)
