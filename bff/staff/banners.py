"""/staff/admin/banners: a short message to all residents of the ward, or by who runs the house of every ward."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration import banners
from bff.administration.amendments import By
from bff.administration.banners import EVERYWHERE, Banner
from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.staff.mistakes import Mistake
from bff.staff.outage_form import Planned, planned
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, moment, word
from life_events import Text

PUT: Final = "banners_put"
PUT_EVERYWHERE: Final = "banners_put_everywhere"
TAKE_DOWN: Final = "banners_take_down"


@get("/admin/banners", act="admin_read")
async def shown(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    async with visit.house.db.house() as conn:  # those for all wards are no ward's rows
        found = await banners.of_ward(conn, visit.official.ward)
    rows = [(one, _state(one, visit.now), _may_take_down(visit, one)) for one in found]
    told = word("banner_done", done) if knows("banner_done", done) else ""
    may = visit.may(PUT) or visit.may(PUT_EVERYWHERE)
    return visit.show("banners.html", rows=rows, told=told, may_put=may)


@get("/admin/banners/new", act="admin_read")
async def before_writing(visit: Visiting) -> Response[str]:
    return _form(visit, Typed({"where": ("ward" if visit.may(PUT) else "everywhere",)}))


@post("/admin/banners/new", act="admin_read")
async def write(visit: Visiting, typed: Sent) -> Response[Any]:
    """First it is shown as residents would see it, and then a second person is asked."""
    act = PUT_EVERYWHERE if typed.one("where") == "everywhere" else PUT
    if not visit.may(act):
        return await _denied(visit, act)
    wanted, mistakes = planned(typed, visit.now)
    if wanted is None or typed.one("do") != "ask":
        return _form(visit, typed, mistakes, seen=wanted)
    async with visit.door() as conn:
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=act,
            about=f"{wanted.begins.isoformat()} {wanted.text.ja}"[:200],
            about_name=f"{moment(wanted.begins)}から{moment(wanted.ends)}まで",
            reason=wanted.text.ja,
            now=visit.now,
            what={"text": _told(wanted.text), "begins": wanted.begins.isoformat(), "ends": wanted.ends.isoformat()},
            until=wanted.ends,
        )
        if is_new:
            await visit.note(conn, act, outcome="asked", about=wanted.text.ja)
    return Redirect(f"/staff/admin/banners?done={'asked' if is_new else 'asked_before'}", status_code=303)


@post("/admin/banners/{banner:str}/down", act=TAKE_DOWN)
async def take_down(visit: Visiting, banner: FromPath[str], typed: Sent) -> Response[Any]:
    id = identified(banner)
    async with visit.house.db.house() as conn:
        found = next((one for one in await banners.of_ward(conn, visit.official.ward) if one.id == id), None)
    if found is None:
        raise NotHere
    if not _may_take_down(visit, found):
        return await _denied(visit, PUT_EVERYWHERE)
    async with visit.house.db.house() as conn:
        if await banners.take_down(conn, found, by=_by(visit), now=visit.now):
            await visit.note(conn, TAKE_DOWN, about=found.text.ja)
    visit.house.shelf.forget()
    return Redirect("/staff/admin/banners?done=down", status_code=303)


async def agreed_to_put(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; one whose time is over meanwhile is not put up."""
    told = asked.what
    begins, ends = (datetime.fromisoformat(told[name]) for name in ("begins", "ends"))
    ward = EVERYWHERE if asked.act == PUT_EVERYWHERE else visit.official.ward
    if ends <= visit.now:
        raise second_person.Over
    await banners.put_up(
        conn,
        visit.house.new_id(),
        ward,
        Text(**told["text"]),
        begins=begins,
        ends=ends,
        by=By(asked.asked_by, asked.asked_by_name),
        asked_at=asked.asked_at,
        agreed=_by(visit),
        now=visit.now,
    )
    visit.house.shelf.forget()


async def said_of_banner(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """The three texts, of which the second person answers for each."""
    languages = (("easy", word("language", "easy")), ("en", word("language", "en")))
    who = word("banner", "everywhere") if asked.act == PUT_EVERYWHERE else visit.ward_name
    return [(word("banner", "who"), who), *((name, asked.what["text"][language]) for language, name in languages)]


def _form(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = (), seen: Planned | None = None) -> Response[str]:
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    places = [("ward", visit.ward_name)] if visit.may(PUT) else []
    places += [("everywhere", word("banner", "everywhere"))] if visit.may(PUT_EVERYWHERE) else []
    values = {"typed": typed, "mistakes": mistakes, "wrong": wrong, "places": places, "seen": seen}
    return visit.show("banner_new.html", 422 if mistakes else 200, **values)


async def _denied(visit: Visit, act: str) -> Response[str]:
    async with visit.door() as conn:
        await visit.note(conn, act, outcome="refused")
    roles = "、".join(word("role", role) for role in visit.house.acts.table[act].roles)
    text = word("refused", "role", act=word("act", act), roles=roles)
    title = word("refused", "denied_title")
    return visit.show("refused.html", 403, title=title, text=text, broadcast=None, faults=[], kept=())


def _may_take_down(visit: Visit, one: Banner) -> bool:
    return visit.may(PUT_EVERYWHERE if one.ward == EVERYWHERE else TAKE_DOWN) and not one.is_over(visit.now)


def _state(one: Banner, now: datetime) -> str:
    if one.ended_at is not None:
        return "down"
    return "up" if one.is_up(now) else "over" if one.is_over(now) else "ahead"


def _told(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "easy": text.easy, "en": text.en}


def _by(visit: Visit) -> By:
    return By(visit.official.id, visit.official.name)


HANDLERS = (shown, before_writing, write, take_down)
