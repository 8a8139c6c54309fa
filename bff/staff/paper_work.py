"""What the pages of one intake share: whose hands it is in, what was typed, and the page on which that is done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from litestar import Response

from bff.paper import store
from bff.paper.intake import Draft, Intake
from bff.paper.shown import shown
from bff.staff.mistakes import Mistake
from bff.staff.paper import name_of, wrong_day
from bff.staff.paper_form import BEFORE, OfForm, draft_in, forbidden, form_of, lines, received_in
from bff.staff.typed import Typed
from bff.staff.visit import NotHere, Visit, identified
from bff.staff.words import word

WORK: Final = "paper_work"
NEVER_KEPT: Final = {"Cache-Control": "no-store"}


async def intake_of(visit: Visit, said: str) -> Intake:
    """Of the visitor's own ward; raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await store.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


async def mine(visit: Visit, said: str, typed: Typed) -> Intake | None:
    """In the visitor's hands, and as it was when the page was shown or as that very page has changed it since (it may
    be kept by itself while a button is pressed); None: it is not any more."""
    kept = await intake_of(visit, said)
    if kept.claimed_by != visit.official.id or kept.filed_at is not None:
        return None
    if typed.one("version") == str(kept.version):
        return kept
    last = store.draft_of(kept, visit.house.for_paper.keys)
    return kept if last is not None and last.window and last.window == typed.one("window") else None


async def saved(visit: Visit, kept: Intake, typed: Typed) -> Intake | Response[Any]:
    """What was typed, kept; or the page with what cannot be kept."""
    form = form_of(visit, kept)
    wanted, received = draft_in(form, typed), received_in(typed, kept)
    names = {id: field.label.ja for id, field in form.fields.items()}
    wrong: list[Mistake] = [
        OfForm(f"{BEFORE}{id}", word("paper_mistake", "number"), names[id]) for id in forbidden(wanted)
    ]
    if received is None or wrong_day(visit, received) is not None:
        wrong.append(wrong_day(visit, received) or Mistake("received_on", word("paper_mistake", "received_on")))
    if wrong or received is None:
        return await work(visit, kept, tuple(wrong), unsaved=wanted)
    async with visit.door() as conn:
        if not await store.keep_draft(conn, kept, wanted, received, visit.house.for_paper.keys, visit.now):
            return changed(visit, typed)
        again = await store.one(conn, kept.ward, kept.id)
    assert again is not None
    return again


def changed(visit: Visit, typed: Typed) -> Response[str]:
    """Somebody else has it, or another window was quicker; what was typed stands on the page."""
    kept = [
        (name.removeprefix(BEFORE), "、".join(typed.every(name))) for name in typed.values if name.startswith(BEFORE)
    ]
    title, text = word("paper_mistake", "changed_title"), word("paper_mistake", "changed")
    told = [one for one in kept if one[1]]
    return visit.show("refused.html", 409, title=title, text=text, broadcast=None, faults=[], kept=told)


async def work(
    visit: Visit,
    kept: Intake,
    wrong: Sequence[Mistake] = (),
    *,
    unsaved: Draft | None = None,
    told: str = "",
    writes: bool = False,
) -> Response[str]:
    """`writes`: somebody does not wait until it is read."""
    house = visit.house.for_paper
    async with visit.door() as conn:
        found = {number: await store.page(conn, kept, number, house.keys) for number in range(1, kept.pages + 1)}
    pages = {number: one.body for number, one in found.items() if one is not None}
    result = store.result_of(kept, house.keys)
    seen = await asyncio.to_thread(shown, pages, result)
    form = form_of(visit, kept)
    draft = unsaved or store.draft_of(kept, house.keys)
    sections = lines(form, draft, result, seen.pieces)
    answer = visit.show(
        "paper.html",
        422 if wrong else 200,
        kept=kept,
        name=name_of(visit, kept.procedure),
        sections=sections,
        pages=seen.pages,
        fits=result is None or result.fits,
        doubtful=[line for _, held in sections for line in held if line.is_doubtful and not line.seen],
        mistakes=wrong,
        wrong={one.field: one.text for one in wrong},
        told=told,
        window=str(visit.house.new_id()),
        writes=writes or draft is not None or bool(wrong) or kept.reading != "waiting",
    )
    answer.headers.update(NEVER_KEPT)
    return answer
