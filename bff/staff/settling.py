"""/staff/mail: what the ward has settled about notices, who is trusted to send, and the ward's own lists."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.whose import whose
from bff.identity import staff_people
from bff.staff.lists_page import numbers_in
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word
from notifications import delivery
from notifications.broadcasts import senders, settled
from notifications.broadcasts.settled import RANGES, Settled
from notifications.notice import Kind, Notice
from notifications.texts import text_of

ACT: Final = "mail_settle"


@get("/mail", act="broadcasts_read")
async def page(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """Everybody may read by which rules they send."""
    async with visit.door() as conn:
        rules = await settled.of_ward(conn, visit.official.ward)
    typed = Typed().but(**{name: str(getattr(rules, name)) for name in RANGES})
    return await _page(visit, typed, told=word("settle_done", done) if knows("settle_done", done) else "")


@post("/mail", act=ACT)
async def settle(visit: Visiting, typed: Sent) -> Response[Any]:
    told, mistakes = _read(typed)
    if mistakes:
        return await _page(visit, typed, mistakes)
    async with visit.door() as conn:
        before = await settled.of_ward(conn, visit.official.ward)
        await settled.settle(conn, visit.official.ward, Settled(**told), by_name=visit.official.name, now=visit.now)
        changed = [name for name in RANGES if getattr(before, name) != told[name]]
        about = "、".join(f"{word('field', name)} {getattr(before, name)}→{told[name]}" for name in changed)
        await visit.note(conn, ACT, about=about[:500])
    return Redirect("/staff/mail?done=settled", status_code=303)


@post("/mail/trust", act=ACT)
async def trust(visit: Visiting, typed: Sent) -> Response[Any]:
    async with visit.door() as conn:
        people = await senders.of_ward(conn, visit.official.ward)
        known = next((one for one in people if one.who == typed.one("who")), None)
        if known is None or not await senders.trust(
            conn, visit.official.ward, known.who, by_name=visit.official.name, now=visit.now
        ):
            raise NotHere
        await visit.note(conn, ACT, about=word("settle_done", "trusted_who", name=known.who_name))
    return Redirect("/staff/mail?done=trusted", status_code=303)


@post("/mail/testers", act=ACT)
async def add_tester(visit: Visiting, typed: Sent) -> Response[Any]:
    """By the receipt number that somebody who is willing has told of an application of her own; she is told of it."""
    numbers = numbers_in(typed.one("numbers"))[:1]
    async with visit.house.db.house() as conn:
        found = await whose(conn, visit.official.ward, numbers)
        added = [await _is_tester_now(visit, conn, resident) for resident in found.values()]
        if any(added):
            await visit.note(conn, ACT, about=word("settle_done", "tester"))
    if not any(added):
        mistake = Mistake("numbers", word("mistake", "tester"))
        return await _page(visit, typed, (mistake,))
    return Redirect("/staff/mail?done=tester", status_code=303)


@post("/mail/testers/forget", act=ACT)
async def forget_testers(visit: Visiting, typed: Sent) -> Response[Any]:
    async with visit.house.db.house() as conn:
        await senders.forget_testers(conn, ward=visit.official.ward, school=None)
        await visit.note(conn, ACT, about=word("settle_done", "testers_gone"))
    return Redirect("/staff/mail?done=testers_gone", status_code=303)


async def _is_tester_now(visit: Visit, conn: AsyncConnection, resident: UUID) -> bool:
    if not await senders.add_tester(conn, ward=visit.official.ward, school=None, resident=resident):
        return False
    told = (visit.house.new_id(), visit.official.ward, Kind.INFORMATION, visit.sender)
    title, body = text_of("tester", "title"), text_of("tester", "body", sender=visit.sender)
    await delivery.tell_one(conn, visit.house.defer, resident, Notice(*told, title, body, visit.now))
    return True


async def _page(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = (), told: str = "") -> Response[str]:
    async with visit.door() as conn:
        rules = await settled.of_ward(conn, visit.official.ward)
        people = await senders.of_ward(conn, visit.official.ward)
        everybody = await staff_people.of_ward(
            conn, visit.official.ward, now=visit.now, lifetimes=visit.house.staff_lifetimes
        )
    async with visit.house.db.house() as conn:
        testers = len(await senders.testers_of(conn, ward=visit.official.ward, school=None))
    wrong = {one.field: one.text for one in mistakes}
    values = {"typed": typed, "mistakes": mistakes, "wrong": wrong, "told": told, "people": people, "rules": rules}
    values["testers"] = testers
    values["settlers"] = [one.official.name for one in everybody if visit.house.acts.may(one.official, ACT)]
    return visit.show("mail.html", 422 if mistakes else 200, fields=tuple(RANGES), may_settle=visit.may(ACT), **values)


def _read(typed: Typed) -> tuple[dict[str, int], tuple[Mistake, ...]]:
    told, mistakes = {}, []
    for name, (least, most) in RANGES.items():
        said = unicodedata.normalize("NFKC", typed.one(name)).strip()
        if re.fullmatch(r"[0-9]{1,7}", said) and least <= int(said) <= most:
            told[name] = int(said)
        else:
            mistakes.append(Mistake(name, word("mistake", "between", least=least, most=most)))
    return told, tuple(mistakes)


HANDLERS = (page, settle, trust, add_tester, forget_testers)
