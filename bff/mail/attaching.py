"""A file that is to go along with a notice: looked at as every upload, and a PDF drawn page by page, so that each phone
shows it in the page, also those whose browser opens no PDF."""

from __future__ import annotations

import asyncio
import io
import re
import unicodedata
from datetime import date
from typing import Final
from uuid import UUID

from PIL import Image

from bff.paper.pictures import pages_of
from bff.uploads.checking import Checked, checked
from bff.uploads.refusals import refused
from bff.uploads.scanner import Scan
from life_events import contains_individual_number
from notifications.attachments.store import Kept

WIDEST: Final = 1240
"""A page of A4 at 150 dots an inch: small print can still be read when it is drawn apart with two fingers."""
LONGEST_NAME: Final = 100
_ENDINGS: Final = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


async def looked_at(body: bytes, name: str, *, id: UUID, kept_until: date, scan: Scan | None) -> Kept:
    """Raises `UploadRefused`, also for a name that holds a 個人番号."""
    if scan is not None:
        await asyncio.to_thread(scan, body)
    file = await asyncio.to_thread(checked, body)
    named = named_as(name, file.media_type)
    if contains_individual_number(named):
        raise refused("number")
    is_pdf = file.media_type == "application/pdf"
    pages = [await asyncio.to_thread(_small, one) for one in await pages_of([file.body], None)] if is_pdf else []
    return Kept(id, named, file.media_type, file.body, pages, kept_until)


def named_as(name: str, media_type: str) -> str:
    """Without folders and signs nobody sees, and with the ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = "".join(one for one in last.rpartition(".")[0] or last if unicodedata.category(one)[0] != "C").strip(" .")
    return (stem[:LONGEST_NAME] or "添付") + _ENDINGS[media_type]


def _small(page: Checked) -> tuple[str, bytes]:
    with Image.open(io.BytesIO(page.body)) as drawn:
        picture = drawn.convert("RGB")
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return "image/jpeg", written.getvalue()
