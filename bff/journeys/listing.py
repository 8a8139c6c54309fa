"""The file a flow sends: made page by page on the shelf, so that no list is too long for memory."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
from dataclasses import dataclass
from uuid import UUID

from bff.applications import store
from bff.exchange.files.shelf import Shelf
from bff.exchange.ways.box import Sheet
from bff.exchange.ways.runs import Run
from bff.wiring import House

A_PAGE = 1_000
HEADINGS = ("receipt_number", "procedure", "state", "accepted_at")


@dataclass
class _Writing:
    """`at`: bytes written; what was written is digested on the way."""

    shelf: Shelf
    id: UUID
    at: int = 0

    def __post_init__(self) -> None:
        self.digest = hashlib.sha512()

    async def write(self, *rows: tuple[str, ...]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        piece = text.getvalue().encode()
        await asyncio.to_thread(self.shelf.write, self.id, piece, self.at)
        self.digest.update(piece)
        self.at += len(piece)


async def made(house: House, run: Run) -> Sheet:
    """Everything the house holds of the ward of `run`; raises `LookupError` for a run of no ward."""
    if run.ward is None:
        raise LookupError("a list is of one ward")
    shelf = Shelf(house.settings.files)
    shelf.forget(run.id)
    writing, after = _Writing(shelf, run.id), None
    await writing.write(HEADINGS)
    while True:
        async with house.db.house() as conn:
            page = await store.in_hand(conn, run.ward, A_PAGE, after)
        await writing.write(
            *((one.receipt_number, one.procedure, one.state, one.accepted_at.isoformat()) for one in page)
        )
        if len(page) < A_PAGE:
            break
        after = (page[-1].accepted_at, page[-1].id)
    sheet = Sheet("applications_list", writing.at, writing.digest.hexdigest(), "text/csv")
    if not await asyncio.to_thread(shelf.publish, run.id, sheet.size, writing.digest.digest()):
        raise OSError("what was written is not what lies on the shelf")
    return sheet
