"""/staff/reach: how many of the ward were reached and how soon, what the ladder tried, and letters for who was not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.ink import Ink
from bff.reach import letters, paper
from bff.staff.reasons import mistakes_in
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, rate, word
from life_events import Text
from notifications.audience import Headcount
from notifications.reach import rates, rows
from notifications.reach.rates import FLOOR, Reached
from notifications.rows import notice_of

PATH: Final = "/staff/reach"
LETTERS: Final = "reach_letters"
LARGEST_PART: Final = 99_999
SINCE: Final = timedelta(days=92)
MOST: Final = 200
NEVER_KEPT: Final = {"Cache-Control": "no-store"}


@get("/reach", act="reach_read")
async def overview(visit: Visiting) -> Response[str]:
    async with visit.door() as conn:
        told = await rates.of_ward(conn, visit.official.ward, visit.now - SINCE, visit.now, MOST)
    classes = [
        (word("kind", one.kind), one.notices, one.size, [rate(*soon) if soon[1] else "—" for soon in one.soon], one)
        for one in rates.by_class(told)
    ]
    return visit.show(
        "reach.html", classes=classes, rows=[(one, curve(one), on_paper(one)) for one in told], rate=rate, floor=FLOOR
    )


@get("/reach/{broadcast:str}", act="reach_read")
async def of_one(visit: Visiting, broadcast: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, identified(broadcast), done=done)


@post("/reach/{broadcast:str}/letters", act=LETTERS)
async def ask_letters(visit: Visiting, broadcast: FromPath[str], typed: Sent) -> Response[Any]:
    """Waits for a second person: what comes of it are names and addresses."""
    notice, reason = identified(broadcast), typed.one("note").strip()
    if mistakes := mistakes_in(reason):
        return await _page(visit, notice, 422, mistakes=mistakes, note=reason)
    async with visit.door() as conn:
        found = await _found(conn, visit, notice)
        left = await rates.unread(conn, notice, visit.now)
        if not left:
            raise NotHere
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=LETTERS,
            about=str(notice),
            about_name=found.title.ja,
            reason=reason,
            now=visit.now,
        )
        if is_new:
            await visit.note(conn, LETTERS, outcome="asked", about=found.title.ja, reason=reason)
    return Redirect(f"{PATH}/{notice}?done={'asked' if is_new else 'waits'}", status_code=303)


async def agreed_to_letters(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; `conn` is the house's."""
    await letters.promise(
        conn,
        visit.house.for_reach,
        notice=UUID(asked.about),
        ward=visit.official.ward,
        by=asked.asked_by,
        reason=asked.reason,
    )


@get("/reach/letters/{list_id:str}", act=LETTERS)
async def take_letters(visit: Visiting, list_id: FromPath[str]) -> Response[bytes]:
    """As a file for a spreadsheet or a printer of addresses; who took it stands in the ward's record."""
    id = identified(list_id)
    found, lines = await _taken(visit, id, None)
    named = {**NEVER_KEPT, "Content-Disposition": f'attachment; filename="letters-{found.id}.csv"'}
    return Response(paper.as_csv(lines), media_type="text/csv; charset=utf-8", headers=named)


@get("/reach/letters/{list_id:str}/{part:int}", act=LETTERS)
async def print_letters(visit: Visiting, list_id: FromPath[str], part: FromPath[int]) -> Response[bytes]:
    """A part of the list as letters for window envelopes, the list of whom they go to before them."""
    id = identified(list_id)
    if part > LARGEST_PART:
        raise NotHere
    found, lines = await _taken(visit, id, part)
    async with visit.door() as conn:
        row = await rows.notice(conn, found.notice)
    if row is None:
        raise NotHere
    told = notice_of(row)
    said = {name: Text(**asdict(getattr(told, name))) for name in ("sender", "title", "body")}
    letter = paper.Told(
        **said, act_by=told.act_by, sent_at=told.sent_at, url=f"{visit.house.for_reach.origin}/inbox/{told.id}"
    )
    title = word("reach", "print_list", title=told.title.ja, part=part)
    ink = Ink(visit.house.assets)
    made = await asyncio.to_thread(paper.as_pdf, letter, lines, title=title, ink=ink, made_at=visit.now)
    named = {**NEVER_KEPT, "Content-Disposition": f'inline; filename="letters-{found.id}-{part}.pdf"'}
    return Response(made, media_type="application/pdf", headers=named)


async def _taken(visit: Visit, id: UUID, part: int | None) -> tuple[letters.List, Sequence[letters.Line]]:
    """They count as on paper from now on. Raises `NotHere`, also of what was taken back since."""
    async with visit.door() as conn:
        found = await letters.taken(conn, visit.house.for_reach, id, visit.now, part)
        if found is None:
            raise NotHere
        row = await rows.notice(conn, found[0].notice)
        if row is None or row.recalled_at is not None or rows.names_an_event(row):
            raise NotHere
        what = "taken" if part is None else "printed"
        about = word("reach", what, size=len(found[1]), part=part or 0)
        await visit.note(conn, LETTERS, about=about, reason=found[0].reason)
    async with visit.house.db.house() as conn:
        await letters.printed(conn, id, part, visit.official.id, visit.now)
    return found


def curve(one: Reached) -> Sequence[str]:
    """The rate after each while; 「—」 where it is too early or they are few."""
    return ["—" if one.are_few or told is None else rate(told, one.size) for told in one.soon]


def on_paper(one: Reached) -> str:
    """Beside what was opened, never in it; of fewer than the floor only that they are few."""
    if one.are_few or not one.on_paper:
        return "—"
    return rate(one.on_paper, one.size) if one.on_paper >= FLOOR else Headcount.of(one.on_paper, FLOOR).text.ja


async def _page(visit: Visit, notice: UUID, status: int = 200, *, done: str = "", **typed: Any) -> Response[str]:
    async with visit.door() as conn:
        found = await _found(conn, visit, notice)
        steps = await rates.steps(conn, notice)
        left = await rates.unread(conn, notice, visit.now)
        row = await rows.notice(conn, notice)
        lists = await letters.of_notice(conn, notice, visit.now)
        waits = await second_person.waiting(conn, visit.official.ward, visit.now)
    cohort = None if left is None else Headcount.of(len(left), FLOOR) if left else Headcount(0, FLOOR)
    mistakes = typed.get("mistakes", ())
    return visit.show(
        "reach_one.html",
        status,
        one=found,
        curve=curve(found),
        on_paper=on_paper(found),
        rate="—" if found.are_few else rate(found.opened, found.size),
        steps=[] if found.are_few else steps,
        cohort=cohort,
        by_event=row is not None and rows.names_an_event(row),
        lists=lists,
        is_waiting=any(one.act == LETTERS and one.about == str(notice) for one in waits),
        told=word("reach_done", done) if knows("reach_done", done) else "",
        mistakes=mistakes,
        wrong={one.field: one.text for one in mistakes},
        note=typed.get("note", ""),
    )


async def _found(conn: AsyncConnection, visit: Visit, notice: UUID) -> Reached:
    """Raises `NotHere`, also for another ward's."""
    found = await rates.one(conn, visit.official.ward, notice, visit.now)
    if found is None:
        raise NotHere
    return found


HANDLERS = (overview, of_one, ask_letters, take_letters, print_letters)
