"""What a clerk brings in, as pictures of pages: photographs and scans are painted anew, a PDF is drawn page by page.

A PDF or a TIFF is opened in a child process that binds itself first: what reads them is a large program of others.
"""

from __future__ import annotations

import asyncio
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bff.paper.bounded import Failed, NotThere, TookTooLong, run
from bff.uploads import pdf
from bff.uploads.checking import MOST_BYTES, Checked, checked
from bff.uploads.refusals import refused
from bff.uploads.scanner import Scan

MOST_PAGES: Final = 12
MOST_FILES: Final = 12
MOST_TOGETHER: Final = 40 * 1024 * 1024
OPENER: Final = Path(__file__).with_name("opening.py")
SECONDS: Final = 30.0
_TIFF: Final = (b"II*\x00", b"MM\x00*")
_LENGTH: Final = struct.Struct(">I")


async def pages_of(files: Sequence[bytes], scan: Scan | None) -> list[Checked]:
    """In the order of the files. Raises `UploadRefused`."""
    pages: list[Checked] = []
    for body in files:
        if scan is not None:
            await asyncio.to_thread(scan, body)
        pages += await _of_one(body)
        if len(pages) > MOST_PAGES:
            raise refused("too_many")
    return pages


async def _of_one(body: bytes) -> list[Checked]:
    if len(body) > MOST_BYTES:
        raise refused("too_large")
    if body.startswith(b"%PDF-"):
        await asyncio.to_thread(pdf.judged, body)
        return await _opened("pdf", body)
    if body.startswith(_TIFF):
        return await _opened("tiff", body)
    return [await asyncio.to_thread(checked, body)]


async def _opened(kind: str, body: bytes) -> list[Checked]:
    """By a child; each page is checked as a picture that came by itself."""
    command = (sys.executable, "-I", str(OPENER), kind, str(MOST_PAGES + 1))
    try:
        told = await run(command, body, seconds=SECONDS)
    except TookTooLong as slow:
        raise refused("too_large") from slow
    except (Failed, NotThere) as wrong:
        raise refused("broken") from wrong
    pages = []
    while told:
        size = _LENGTH.unpack_from(told)[0]
        pages.append(await asyncio.to_thread(checked, told[4 : 4 + size]))
        told = told[4 + size :]
    if not pages:
        raise refused("empty")
    return pages
