"""The photographs of an application, and what others wrote for it, as its ward is given them."""

from __future__ import annotations

from typing import Literal, cast

from bff import uploads
from bff.applications.application import Application
from bff.connectors.ward_counter.mapping import Attachment
from bff.identity.residents import Resident
from bff.tasks.joining import Added
from bff.texts import say
from bff.wiring import House
from life_events import papers_to_photograph


async def papers_of(house: House, sent: Application, resident: Resident) -> list[Attachment]:
    """In her order, each opened with her key; the ward's own name of a paper stands beside it."""
    if not sent.papers:
        return []
    names = {one.id: one.name.ja for one in papers_to_photograph(house.catalogue, sent.ward, sent.procedure)}
    found = []
    async with house.db.house() as conn:
        files = await uploads.bound(conn, resident.id, sent.id, most=uploads.MOST_PAPERS)
        for paper, file in zip(sent.papers, files, strict=False):
            whole = await uploads.one(conn, resident, file.id, house.clock())
            attachment = Attachment(
                paper=paper.paper,
                name=names.get(paper.paper, say("paper_other").ja),
                media_type=cast('Literal["image/jpeg", "image/png", "application/pdf"]', whole.media_type),
                digest=paper.digest.hex(),
                content=whole.body,
            )
            found.append(attachment)
    return found


def as_told(one: Added) -> dict[str, object]:
    """One part in the ward's copy."""
    entries = [{"label": label.ja, "value": value.ja} for label, value in one.entries]
    return {"part": one.part, "title": one.title.ja, "by": one.by, "at": one.at, "entries": entries}
