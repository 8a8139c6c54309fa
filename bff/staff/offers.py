"""/staff/offers: what residents may book in this ward, the times of it in series, and what is called off."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.bookings import closing, desk, store
from bff.bookings.booking import Offer
from bff.bookings.series import TOKYO
from bff.facilities import store as places
from bff.facilities.facility import Facility
from bff.staff.mistakes import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.series_form import closed_hours, offered, series
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
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
async def one(
    visit: Visiting, offer: FromPath[str], done: FromQuery[str] = "", told: FromQuery[int] = 0, kept: FromQuery[int] = 0
) -> Response[str]:
    said = word("offer_done", done, told=told, kept=kept) if knows("offer_done", done) else ""
    return await _page(visit, await _found(visit, offer), told=said)


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
    """A day or some hours of it, of this alone or of all that is booked at the same place; everybody who was expected
    is told why, and is kept another time where there is one."""
    found, note = await _found(visit, offer), typed.one("note").strip()
    wanted, mistakes = closed_hours(typed)
    mistakes = (*mistakes_in(note), *mistakes)
    if mistakes or wanted is None:
        return await _page(visit, found, mistakes, typed)
    async with visit.door() as conn:
        open_here = await store.offers(conn, found.ward)
        these = [one for one in open_here if typed.one("everywhere") and one.facility == found.facility] or [found]
    told = closing.Closed()
    for one in these:
        async with visit.house.db.house() as conn:
            slots = await store.slots(conn, one.ward, offer=one.id, since=wanted.day_begins, until=wanted.until)
            gone = [slot.id for slot in slots if slot.ends_at > wanted.since]
            here = await closing.close(conn, one, gone, note, visit.now)
            what = f"{one.title.ja}：{wanted}を中止（{here.told}人に連絡、うち{here.kept}人に別の枠を確保）"
            await visit.note(conn, PLAN, about=what, reason=note)
            told += here
    return Redirect(f"/staff/offers/{found.id}?done=closed&told={told.told}&kept={told.kept}", status_code=303)


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
    id = identified(said)
    async with visit.door() as conn:
        found = await store.offer(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


HANDLERS = (offers, make, one, add, close, end)
