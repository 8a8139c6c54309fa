"""/staff/cases: what the ward works here, by due date and what makes it press; nothing of a resident is in the list."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.cases import chosen, deciding, store
from bff.cases.case import Case
from bff.cases.chosen import Chosen
from bff.cases.deciding import Changed, SomebodyElses
from bff.cases.store import Actor, Only
from bff.staff.looking import look, reason_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from notifications.jobs import JAPAN

PATH: Final = "/staff/cases"
MOST: Final = 200
MOST_EXPORTED: Final = 5_000
LAST: Final = timedelta(days=90)
STATES: Final = ("open", "second", "back", "closed")
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    case: Case
    name: str
    days: int | None
    why: Sequence[str]
    is_mine: bool


@get("/cases", act="cases_read")
async def queue(
    visit: Visiting,
    procedure: FromQuery[str] = "",
    stage: FromQuery[str] = "",
    whose: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Response[str]:
    only = Only(
        procedure=procedure if procedure in visit.house.for_cases.catalogue.procedures else "",
        state=stage if stage in STATES else "",
        claimed_by=visit.official.id if whose == "mine" else None,
        unclaimed=whose == "nobody",
    )
    async with visit.door() as conn:
        found = await store.queue(conn, visit.official.ward, only, most=MOST + 1)
        alone, decided = await store.share(conn, visit.official.ward, visit.now - LAST)
        here = [id for id, one in (await chosen.of_ward(conn, visit.official.ward)).items() if one.here]
    shown = found[:MOST]
    if only.state != "closed":
        shown = sorted(shown, key=lambda one: (one.due or date.max, -one.weight(visit.today), one.arrived_at))
    return visit.show(
        "cases.html",
        rows=[row_of(visit, one) for one in shown],
        more=len(found) > MOST,
        only={"procedure": only.procedure, "state": only.state, "whose": whose},
        names=[(id, name_of(visit, id)) for id in sorted({*here, *(one.procedure for one in shown)})],
        states=STATES,
        share=(alone, decided),
        told=word("cases_done", done) if knows("cases_done", done) else "",
        most=MOST,
    )


@post("/cases/{case:str}/claim", act="cases_work")
async def claim(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[Any]:
    found = await case_of(visit, case, typed.one("version"))
    try:
        async with visit.door() as conn:
            await deciding.claim(conn, found, actor(visit), visit.now)
    except (Changed, SomebodyElses) as over:
        return refused(visit, found, over)
    return Redirect(f"{PATH}/{found.application}", status_code=303)


@post("/cases/{case:str}/release", act="cases_work")
async def release(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[Any]:
    found = await case_of(visit, case, typed.one("version"))
    try:
        async with visit.door() as conn:
            await deciding.release(conn, found, actor(visit), visit.now)
    except Changed as over:
        return refused(visit, found, over)
    return Redirect(f"{PATH}?done=released", status_code=303)


@post("/cases/{case:str}/hand-over", act="cases_work")
async def hand_over_again(visit: Visiting, case: FromPath[str]) -> Response[Any]:
    """What the core system refused, when somebody has put it right there; under the same key."""
    found = await case_of(visit, case)
    async with visit.house.db.house() as conn:
        again = await deciding.hand_over_again(conn, found, actor(visit), visit.now)
    return Redirect(f"{PATH}/{found.application}" + ("?done=handing" if again else ""), status_code=303)


@get("/cases/procedures", act="cases_choose")
async def procedures(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    told = word("cases_done", done) if knows("cases_done", done) else ""
    return await _procedures(visit, told=told)


@post("/cases/procedures/{procedure:str}", act="cases_choose")
async def choose(visit: Visiting, procedure: FromPath[str], typed: Sent) -> Response[Any]:
    catalogue = visit.house.for_cases.catalogue
    found = catalogue.procedures.get(procedure)
    if found is None or found.form is None:
        raise NotHere
    automatic = typed.one("automatic") == "yes" and catalogue.desk_of(procedure).automatic is not None
    percent, days = _number(typed.one("sample_percent") or "10", 1, 100), _number(typed.one("standard_days"), 0, 365)
    if percent is None or (days is None and typed.one("standard_days").strip()):
        return await _procedures(visit, wrong=procedure, typed=typed)
    wish = Chosen(typed.one("here") == "yes", automatic, percent, days)
    async with visit.door() as conn:
        if await chosen.choose(conn, visit.official.ward, {procedure: wish}, by=visit.official.name, now=visit.now):
            await visit.note(conn, "cases_choose", about=f"{found.name.ja}（{_wish_in_words(wish)}）")
    return Redirect(f"{PATH}/procedures?done=chosen#{procedure}", status_code=303)


@post("/cases/export", act="cases_export")
async def export(visit: Visiting, typed: Sent) -> Response[Any]:
    """For auditors: what became of each case and by whom; bounded, and no cell is a formula."""
    reason, mistakes = reason_in(typed)
    if mistakes:
        title, text = word("cases_refused", "export_title"), mistakes[0].text
        back = (PATH, word("cases_refused", "to_cases"))
        return visit.show("refused.html", 422, title=title, text=text, broadcast=None, faults=[], kept=(), back=back)
    async with visit.door() as conn:
        closed = await store.queue(conn, visit.official.ward, Only(state="closed"), most=MOST_EXPORTED)
        held = await store.queue(conn, visit.official.ward, Only(), most=MOST_EXPORTED - len(closed))
    async with visit.house.db.house() as conn:
        await look(conn, visit, None, what="cases", purpose="audit", basis="safeguards", reason=reason)
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(word("cases_export", "head").split(","))
    sheet.writerows([[_safe(cell) for cell in _cells(visit, one)] for one in (*held, *closed)])
    headers = {"Content-Disposition": 'attachment; filename="cases.csv"', "Cache-Control": "no-store"}
    body = "\ufeff" + written.getvalue()
    return Response(body, status_code=200, media_type="text/csv; charset=utf-8", headers=headers)


async def _procedures(visit: Visit, *, told: str = "", wrong: str = "", typed: Typed | None = None) -> Response[str]:
    """Those worked here first. `wrong`: the procedure whose `typed` numbers are none; they stay where they were."""
    async with visit.door() as conn:
        held = await chosen.of_ward(conn, visit.official.ward)
    catalogue = visit.house.for_cases.catalogue
    rows = [
        (id, one.name.ja, held.get(id, Chosen()), catalogue.desk_of(id), one.result.standard_days)
        for id, one in catalogue.procedures.items()
        if one.form is not None and one.channel.value == "here"
    ]
    rows.sort(key=lambda row: not row[2].here)
    status = 422 if wrong else 200
    return visit.show("cases_procedures.html", status, rows=rows, told=told, wrong=wrong, typed=typed)


def _wish_in_words(wish: Chosen) -> str:
    """What stays in the ward's record: an automatic decision is not switched on unseen."""
    said = {name: word("cases_here", str(getattr(wish, name))) for name in ("here", "automatic")}
    return word("cases_choice", "said", **said, percent=wish.sample_percent)


def row_of(visit: Visit, one: Case) -> Row:
    left = (one.due - visit.today).days if one.due else None
    why = [word("case_risk", code) for code in one.pressing(visit.today)]
    return Row(one, name_of(visit, one.procedure), left, why, one.claimed_by == visit.official.id)


def name_of(visit: Visit, procedure: str) -> str:
    return visit.house.for_cases.catalogue.procedures[procedure].name.ja


def actor(visit: Visit) -> Actor:
    return Actor(visit.official.id, visit.official.name)


async def case_of(visit: Visit, said: str, version: str | None = None) -> Case:
    """Of the visitor's own ward, as it was when the page was shown (`version`); raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await store.one(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    if version is None:
        return found
    if not (version.isascii() and version.isdigit() and len(version) < len(str(2**31))):
        raise NotHere
    return Case(**vars(found) | {"version": int(version)})


def refused(
    visit: Visit, found: Case, why: Changed | SomebodyElses, kept: Sequence[tuple[str, str]] = ()
) -> Response[str]:
    """Nothing was done, what was typed stands on the page, and the way to the case as it is now."""
    key = "changed" if isinstance(why, Changed) else "somebody_elses"
    title, text = word("cases_refused", f"{key}_title"), word("cases_refused", key)
    back = (f"{PATH}/{found.application}", word("cases_refused", "to_case"))
    return visit.show("refused.html", 409, title=title, text=text, broadcast=None, faults=[], kept=kept, back=back)


def _number(said: str, least: int, most: int) -> int | None:
    text = said.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    return int(text) if least <= int(text) <= most else None


def _cells(visit: Visit, one: Case) -> list[str]:
    return [
        one.receipt_number,
        name_of(visit, one.procedure),
        _said_at(one.arrived_at),
        word("case_channel", one.channel),
        one.due.isoformat() if one.due else "",
        word("case_state", one.outcome or one.state),
        _said_at(one.closed_at) if one.closed_at else "",
        one.decided_by or one.claimed_name or "",
        word("cases_here", str(one.automatic)),
        word("cases_here", str(one.sampled)),
        word("case_handover", one.handover),
        one.handover_number or "",
    ]


def _said_at(moment: datetime) -> str:
    """By the clock on the wall here, with its offset, so that a day is the day that was."""
    return moment.astimezone(JAPAN).isoformat(timespec="seconds")


def _safe(cell: str) -> str:
    """A spreadsheet reckons with nothing of it."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


HANDLERS = (queue, claim, release, hand_over_again, procedures, choose, export)
