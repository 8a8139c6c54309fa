"""Run as a program of its own: a PDF or a TIFF from standard input, its pages as JPEG to standard output.

KIND MOST. Each page is written as four bytes of length (big-endian) and so many bytes; nothing is written to a file.
"""

import io
import struct
import sys
from collections.abc import Iterator

from PIL import Image, ImageSequence

ACROSS = 1654
"""Pixels of a page's shorter side: A4 at 200 dots an inch."""
MOST_PIXELS = 40_000_000
QUALITY = 92


def pages(kind: str, body: bytes) -> Iterator[Image.Image]:
    if kind == "pdf":
        import pypdfium2

        for page in pypdfium2.PdfDocument(body):
            scale = ACROSS / max(1.0, min(page.get_width(), page.get_height()))
            long = max(page.get_width(), page.get_height()) * scale
            if long * ACROSS > MOST_PIXELS:
                raise ValueError("a page without end")
            yield page.render(scale=scale).to_pil()
        return
    with Image.open(io.BytesIO(body), formats=["TIFF"]) as picture:
        for page in ImageSequence.Iterator(picture):
            if page.width * page.height > MOST_PIXELS:
                raise ValueError("a page without end")
            yield page.convert("L" if page.mode in ("1", "L", "I;16") else "RGB")


def main(kind: str, most: int) -> None:
    body = sys.stdin.buffer.read()
    for number, page in enumerate(pages(kind, body), 1):
        written = io.BytesIO()
        page.save(written, "JPEG", quality=QUALITY)
        sys.stdout.buffer.write(struct.pack(">I", written.tell()) + written.getvalue())
        if number == most:
            return


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
