"""/staff/paper: papers that came to the counter and are no cases yet; a new one is brought in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery
from litestar.response import Redirect

from bff.cases import chosen
from bff.paper import pictures, sample, store
from bff.paper.days import day_in
from bff.paper.drawing import NoFont
from bff.paper.form import paper_form
from bff.paper.intake import Intake
from bff.paper.store import By, New
from bff.staff.looking import look
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.visit import Visit, Visiting
from bff.staff.words import knows, word
from bff.uploads.checking import Checked
from bff.uploads.refusals import UploadRefused

PATH: Final = "/staff/paper"
MOST: Final = 200
LATELY: Final = timedelta(days=14)
OLDEST: Final = timedelta(days=366)
MOST_BODY: Final = pictures.MOST_TOGETHER + 64 * 1024


@dataclass(frozen=True)
class Row:
    intake: Intake
    name: str
    is_mine: bool
    presses: bool


@get("/paper", act="paper_read")
async def intakes(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    ward = visit.official.ward
    async with visit.door() as conn:
        waiting = await store.open_ones(conn, ward, most=MOST)
        filed = await store.filed_since(conn, ward, visit.now - LATELY, most=MOST)
    return visit.show(
        "papers.html",
        rows=[_row(visit, one) for one in waiting],
        filed=[_row(visit, one) for one in filed],
        told=word("paper_done", done) if knows("paper_done", done) else "",
        reads=visit.house.for_paper.reader is not None,
    )


@get("/paper/new", act="paper_work")
async def before_bringing(visit: Visiting) -> Response[str]:
    return await _form(visit, Typed({"received_on": (visit.today.isoformat(),)}))


@post("/paper/new", act="paper_work", request_max_body_size=MOST_BODY)
async def bring(visit: Visiting, request: Request[Any, Any, Any]) -> Response[Any]:
    """Pages as pictures, checked and painted anew like every upload; nobody but this ward's officials sees them."""
    form = await request.form()
    typed = Typed({name: (str(form.get(name, "")),) for name in ("procedure", "received_on")})
    files = [one for one in form.getall("file", []) if isinstance(one, UploadFile) and one.filename]
    received = day_in(typed.one("received_on"))
    mistakes = await _wrong(visit, typed, received, [*files])
    if mistakes or received is None:
        return await _form(visit, typed, mistakes)
    try:
        pages = await pictures.pages_of([await one.read() for one in files], visit.house.for_paper.scan)
    except UploadRefused as refused:
        return await _form(visit, typed, (Mistake("file", refused.message.ja),))
    return await _begun(visit, typed.one("procedure"), received, pages)


@post("/paper/sample", act="paper_work")
async def try_sample(visit: Visiting) -> Response[Any]:
    """A made-up paper, drawn here, in a demo alone."""
    here = await _here(visit)
    if not visit.house.tries_out or not here:
        return await _form(visit, Typed(), (Mistake("procedure", word("paper_mistake", "no_sample")),))
    house = visit.house.for_paper
    procedure = sample.PREFERRED if sample.PREFERRED in here else here[0]
    received = visit.today - timedelta(days=1)
    try:
        pages = sample.pages(house.catalogue, procedure, visit.official.ward, received)
    except NoFont:
        return await _form(visit, Typed(), (Mistake("file", word("paper_mistake", "no_font")),))
    return await _begun(visit, procedure, received, [Checked("image/png", one) for one in pages])


async def _begun(visit: Visit, procedure: str, received: date, pages: Sequence[Checked]) -> Response[Any]:
    house, ward = visit.house.for_paper, visit.official.ward
    form = paper_form(house.catalogue, procedure, ward, received)
    new = New(visit.house.new_id(), ward, procedure, form.version, received, pages)
    async with visit.door() as conn:
        kept = await store.begin(conn, new, by=by(visit), keys=house.keys, now=visit.now)
        await visit.note(conn, "paper_work", about=f"{kept.number}（{word('paper_act', 'begun')}）")
    async with visit.house.db.house() as conn:
        await look(conn, visit, None, what="paper", purpose="paper_intake", basis="application", reason=kept.number)
    return Redirect(f"{PATH}/{kept.id}", status_code=303)


def by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.name)


def name_of(visit: Visit, procedure: str) -> str:
    found = visit.house.for_paper.catalogue.procedures.get(procedure)
    return found.name.ja if found else procedure


def _row(visit: Visit, one: Intake) -> Row:
    is_mine = one.claimed_by == visit.official.id
    return Row(one, name_of(visit, one.procedure), is_mine, one.made_at < visit.now - store.PRESSES)


async def _here(visit: Visit) -> list[str]:
    """What the ward works itself: of nothing else would there be a case."""
    catalogue = visit.house.for_paper.catalogue
    async with visit.door() as conn:
        held = await chosen.of_ward(conn, visit.official.ward)
    return sorted(
        id for id, one in held.items() if one.here and id in catalogue.procedures and catalogue.procedures[id].form
    )


async def _form(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = ()) -> Response[str]:
    here = await _here(visit)
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    return visit.show(
        "paper_new.html",
        422 if mistakes else 200,
        typed=typed,
        mistakes=mistakes,
        wrong=wrong,
        names=[(id, name_of(visit, id)) for id in here],
        reads=visit.house.for_paper.reader is not None,
        most=pictures.MOST_PAGES,
        samples=visit.house.tries_out and bool(here),
    )


async def _wrong(visit: Visit, typed: Typed, received: date | None, files: Sequence[UploadFile]) -> tuple[Mistake, ...]:
    found = []
    if typed.one("procedure") not in await _here(visit):
        found.append(Mistake("procedure", word("paper_mistake", "procedure")))
    if (day := wrong_day(visit, received)) is not None:
        found.append(day)
    if not files:
        found.append(Mistake("file", word("paper_mistake", "no_file")))
    if len(files) > pictures.MOST_FILES:
        found.append(Mistake("file", word("paper_mistake", "too_many")))
    return tuple(found)


def wrong_day(visit: Visit, received: date | None) -> Mistake | None:
    """A stamp is of today or before, and of no other year's pile."""
    if received is None:
        return Mistake("received_on", word("paper_mistake", "received_on"))
    if not visit.today - OLDEST <= received <= visit.today:
        return Mistake("received_on", word("paper_mistake", "received_when"))
    return None


HANDLERS = (intakes, before_bringing, bring, try_sample)
