"""/staff/offers: what residents may book in this ward, the times of it in series, and what is called off."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.bookings import desk, store
from bff.bookings.booking import Offer
from bff.bookings.series import TOKYO
from bff.facilities import store as places
from bff.facilities.facility import Facility
from bff.staff.draft_form import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.series_form import offered, series
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word

PLAN: Final = "bookings_plan"
AHEAD: Final = timedelta(days=186)
DEFAULTS: Final = Typed(
    {
        "weekdays": ("0", "1", "2", "3", "4"),
        "opens": ("9:00",),
        "closes": ("16:00",),
        "pause": ("12:00",),
        "resume": ("13:00",),
        "minutes": ("30",),
        "capacity": ("1",),
    }
)
NEW: Final = Typed({"cancel_hours": ("24",), "confirm_hours": ("24",)})


@get("/offers", act="bookings_read")
async def offers(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _list(visit, told=word("offer_done", done) if knows("offer_done", done) else "")


@post("/offers", act="bookings_plan")
async def make(visit: Visiting, typed: Sent) -> Response[Any]:
    bookable = await _bookable(visit)
    wanted, mistakes = offered(typed, {one.id for one in bookable}, set(visit.house.catalogue.procedures))
    if wanted is None:
        return await _list(visit, mistakes, typed)
    name = next(one.name for one in bookable if one.id == wanted.facility)
    offer = Offer(
        id=visit.house.new_id(),
        ward=visit.official.ward,
        facility_name=name,
        made_at=visit.now,
        made_by=visit.official.name,
        **{**asdict(wanted), "title": wanted.title},
    )
    async with visit.door() as conn:
        await store.keep_offer(conn, offer)
        await visit.note(conn, PLAN, about=f"{offer.title.ja}（{name}）")
    return Redirect(f"/staff/offers/{offer.id}", status_code=303)


@get("/offers/{offer:str}", act="bookings_read")
async def one(visit: Visiting, offer: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    told = word("offer_done", done) if knows("offer_done", done) else ""
    return await _page(visit, await _found(visit, offer), told=told)


@post("/offers/{offer:str}/series", act="bookings_plan")
async def add(visit: Visiting, offer: FromPath[str], typed: Sent) -> Response[Any]:
    found = await _found(visit, offer)
    wanted, mistakes = series(typed, visit.today)
    if wanted is None or found.ended_at is not None:
        return await _page(visit, found, mistakes, typed)
    async with visit.door() as conn:
        count = await desk.add_series(conn, found, wanted, visit.house.new_id)
        await visit.note(conn, PLAN, about=f"{found.title.ja}：{count}枠")
    return Redirect(f"/staff/offers/{found.id}?done=added", status_code=303)


@post("/offers/{offer:str}/close", act="bookings_plan")
async def close(visit: Visiting, offer: FromPath[str], typed: Sent) -> Response[Any]:
    """Times of a day, or one of them; everybody who had a place is told why."""
    found = await _found(visit, offer)
    note, on = typed.one("note").strip(), _day(typed.one("day"))
    mistakes = mistakes_in(note)
    if on is None:
        mistakes = (*mistakes, Mistake("day", word("mistake", "date")))
    if mistakes or on is None:
        return await _page(visit, found, mistakes, typed)
    begins = datetime.combine(on, datetime.min.time(), TOKYO)
    async with visit.door() as conn:
        ends = begins + timedelta(days=1)
        slots = await store.slots(conn, found.ward, offer=found.id, since=begins, until=ends)
    async with visit.house.db.house() as conn:
        told = await desk.close(conn, found, [slot.id for slot in slots], note, visit.now)
        await visit.note(conn, PLAN, about=f"{found.title.ja}：{on}を中止（{told}人に連絡）", reason=note)
    return Redirect(f"/staff/offers/{found.id}?done=closed", status_code=303)


@post("/offers/{offer:str}/end", act="bookings_plan")
async def end(visit: Visiting, offer: FromPath[str], typed: Sent) -> Response[Any]:
    found = await _found(visit, offer)
    async with visit.door() as conn:
        await store.end_offer(conn, found, visit.now)
        await visit.note(conn, PLAN, about=f"{found.title.ja}（受付終了）")
    return Redirect("/staff/offers?done=ended", status_code=303)


async def _list(
    visit: Visit, mistakes: tuple[Mistake, ...] = (), typed: Typed | None = None, told: str = ""
) -> Response[str]:
    async with visit.door() as conn:
        rows = await store.offers(conn, visit.official.ward)
    values = {"typed": typed or NEW, "told": told, "may_plan": visit.may(PLAN), "bookable": await _bookable(visit)}
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    procedures = {id: one.name.ja for id, one in visit.house.catalogue.procedures.items()}
    status = 422 if mistakes else 200
    return visit.show("offers.html", status, rows=rows, mistakes=mistakes, wrong=wrong, procedures=procedures, **values)


async def _page(
    visit: Visit, found: Offer, mistakes: tuple[Mistake, ...] = (), typed: Typed | None = None, told: str = ""
) -> Response[str]:
    async with visit.door() as conn:
        slots = await store.slots(conn, found.ward, offer=found.id, since=visit.now, until=visit.now + AHEAD)
    days: dict[date, list[int]] = {}
    for slot in slots:
        counts = days.setdefault(slot.starts_at.astimezone(TOKYO).date(), [0, 0, 0])
        counts[0] += 1
        counts[1] += slot.taken
        counts[2] += 0 if slot.closed_at else slot.capacity
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    values = {"typed": typed or DEFAULTS, "told": told, "may_plan": visit.may(PLAN)}
    status = 422 if mistakes else 200
    return visit.show("offer.html", status, offer=found, days=days, mistakes=mistakes, wrong=wrong, **values)


async def _bookable(visit: Visit) -> list[Facility]:
    """Of what the ward has published: where somebody goes by appointment."""
    async with visit.door() as conn:
        versions = await places.published(conn, visit.official.ward)
        some = [one for version in versions for one in await places.some_of(conn, version.id)]
    return [one for one in some if one.kind in ("counter", "childcare", "clinic")]


async def _found(visit: Visit, said: str) -> Offer:
    try:
        id = UUID(said)
    except ValueError as error:
        raise NotHere from error
    async with visit.door() as conn:
        found = await store.offer(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        return None


HANDLERS = (offers, make, one, add, close, end)
