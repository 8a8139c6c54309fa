"""/staff/audit: who came in, did what to whom and was refused what in this ward; to look through and to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromQuery

from bff.identity import staff_search
from bff.identity.staff_log import Line
from bff.identity.staff_search import Asked
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, moment, table, word
from life_events import contains_individual_number
from notifications.jobs import JAPAN

ON_A_PAGE: Final = 50
MOST: Final = 20_000
HIGHEST: Final = 2**63
LONGEST: Final = 100
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)
FIELDS: Final = ("official", "act", "outcome", "words", "since", "until")
SEARCH, EXPORT = "audit_search", "audit_export"
HEAD: Final = ("日時", "職員", "操作", "結果", "対象", "理由")


@get("/audit", act="audit_read")
async def audit(visit: Visiting, request: Request[Any, Any, Any], before: FromQuery[str] = "") -> Response[str]:
    if before and not (before.isascii() and before.isdigit() and int(before) < HIGHEST):
        raise NotHere
    typed = _typed(request)
    asked, mistakes = _asked(typed)
    is_search, ward = asked != Asked(), visit.official.ward
    async with visit.door() as conn:
        if is_search and not before and not mistakes:  # the looking itself stands there too, once and not at each page
            await visit.note(conn, SEARCH, about=_said(typed))
        shown = (
            []
            if mistakes
            else await staff_search.found(conn, ward, asked, ON_A_PAGE + 1, before=int(before) if before else None)
        )
        people = await staff_search.officials(conn, ward)
    return _page(visit, typed, mistakes, shown, people, is_first=not before, is_search=is_search)


def _page(
    visit: Visit,
    typed: Typed,
    mistakes: Sequence[Mistake],
    shown: Sequence[Line],
    people: Sequence[tuple[UUID, str]],
    *,
    is_first: bool = True,
    is_search: bool = True,
) -> Response[str]:
    older = shown[ON_A_PAGE - 1].id if len(shown) > ON_A_PAGE else None
    return visit.show(
        "audit.html",
        422 if mistakes else 200,
        rows=[(line, _act(line), word("outcome", line.outcome)) for line in shown[:ON_A_PAGE]],
        older=older,
        is_first=is_first,
        is_search=is_search or bool(mistakes),
        query=urlencode({name: typed.one(name) for name in FIELDS if typed.one(name)}),
        typed=typed,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        people=people,
        acts=sorted(table("act").items(), key=lambda one: one[1]),
        outcomes=table("outcome"),
        may_export=visit.may(EXPORT),
    )


@get("/audit.csv", act=EXPORT)
async def export(visit: Visiting, request: Request[Any, Any, Any]) -> Response[Any]:
    """All that was found, for a spreadsheet; who took it away, and what was asked, stands in the record first."""
    typed = _typed(request)
    asked, mistakes = _asked(typed)
    if mistakes:
        raise NotHere
    async with visit.door() as conn:
        rows = await staff_search.found(conn, visit.official.ward, asked, MOST + 1)
        if len(rows) > MOST:  # cut off it would be taken for the whole
            too_many = Mistake("since", word("mistake", "audit_many", most=MOST), word("audit", "since"))
            return _page(visit, typed, (too_many,), (), await staff_search.officials(conn, visit.official.ward))
        await visit.note(conn, EXPORT, about=_said(typed) or word("audit", "all"), reason=f"{len(rows)}件")
    name = f"kurashimado-record-{visit.official.ward}-{visit.today:%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(_csv(visit, rows), media_type="text/csv; charset=utf-8; header=present", headers=headers)


def _csv(visit: Visit, rows: Any) -> bytes:
    """With the mark by which a spreadsheet knows UTF-8; what would begin a formula there is text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for line in rows:
        told = (moment(line.at), line.official_name, _act(line), word("outcome", line.outcome), line.about, line.reason)
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in told])
    return out.getvalue().encode("utf-8-sig")


def _typed(request: Request[Any, Any, Any]) -> Typed:
    return Typed({name: (request.query_params.get(name, "").strip()[: 2 * LONGEST],) for name in FIELDS})


def _asked(typed: Typed) -> tuple[Asked, tuple[Mistake, ...]]:
    found: list[Mistake] = []
    since, until = _day(typed, "since", found), _day(typed, "until", found)
    words = typed.one("words")
    if len(words) > LONGEST or "\x00" in words:
        found.append(Mistake("words", word("mistake", "audit_words", limit=LONGEST), word("audit", "words")))
    elif contains_individual_number(words):
        found.append(Mistake("words", word("mistake", "audit_number"), word("audit", "words")))
    if since and until and until < since:
        found.append(Mistake("until", word("mistake", "audit_order"), word("audit", "until")))
    act, outcome = typed.one("act"), typed.one("outcome")
    if (act and not knows("act", act)) or (outcome and not knows("outcome", outcome)):
        raise NotHere
    ends = _begins(until + timedelta(days=1)) if until else None
    return Asked(_official(typed), act, outcome, words, _begins(since) if since else None, ends), tuple(found)


def _official(typed: Typed) -> UUID | None:
    said = typed.one("official")
    try:
        return UUID(said) if said else None
    except ValueError as wrong:
        raise NotHere from wrong


def _day(typed: Typed, name: str, found: list[Mistake]) -> date | None:
    said = typed.one(name)
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        day = date.max
    if day and not FIRST_DAY <= day <= LAST_DAY:  # past them no clock reckons
        found.append(Mistake(name, word("mistake", "first"), word("audit", name)))
        return None
    return day


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)


def _said(typed: Typed) -> str:
    """What was asked, as it stands in the record."""
    return "、".join(f"{word('audit', name)}: {typed.one(name)}" for name in FIELDS if typed.one(name))


def _act(line: Line) -> str:
    return word("act", line.act) if knows("act", line.act) else line.act


HANDLERS = (audit, export)
