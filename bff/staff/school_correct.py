"""/staff/school/notices/{id}/correct: what was sent is put right, looked over with what it does to answers and letters,
and sent in the place of the old to exactly those who got it."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import correcting, standing
from bff.school.correcting import Effect
from bff.school.notice import SchoolNotice
from bff.school.school import School
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.school_desk import PATH, back_to, house_of, marks_in_words, notice_of
from bff.staff.school_form import as_typed, corrected_of
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import word
from life_events import contains_individual_number

LONGEST_WHY: Final = 200


@get("/school/notices/{school_notice:str}/correct", act="school_write")
async def blank(visit: Visiting, school_notice: FromPath[str]) -> Response[Any]:
    async with visit.door() as conn:
        _, told = await _sent(conn, visit, school_notice)
    return await _form(visit, school_notice, as_typed(told).but(revision=str(told.revision)))


@post("/school/notices/{school_notice:str}/correct", act="school_write")
async def correct(visit: Visiting, school_notice: FromPath[str], typed: Sent) -> Response[Any]:
    """Looked over first; sent on the second button. What somebody else corrected meanwhile is not written over."""
    house, why = house_of(visit), typed.one("why").strip()
    async with house.db.house() as conn:
        school, old = await _sent(conn, visit, school_notice)
        stand = await standing.of_notice(conn, school, old)
        try:
            new = corrected_of(typed, old, visit.now)
            effect = correcting.effect(old, new, stand, anew=typed.one("anew") == "yes")
            wrong = _wrong(old, typed, why, effect, is_paid=correcting.is_paid(stand))
        except Mistakes as error:
            effect, wrong = None, error.mistakes
        if effect is not None and _pressed_twice(visit, old, typed, effect):
            return back_to(f"{PATH}/notices/{old.id}?done=corrected")
        done = False
        if not wrong and effect is not None and typed.one("do") == "send":
            by, anew = visit.official.name, effect.asks_anew
            done = await correcting.correct(conn, house, new, why=why, by=by, asks_anew=anew, now=visit.now)
            wrong = () if done else (Mistake("", word("school_mistake", "corrected")),)
        if done:
            await visit.note(conn, "school_write", about=word("school", "corrected", title=new.title.ja), reason=why)
    if not done:
        return await _form(visit, school_notice, typed, mistakes=wrong, effect=effect)
    return back_to(f"{PATH}/notices/{old.id}?done=corrected")


async def _sent(conn: AsyncConnection, visit: Visit, said: str) -> tuple[School, SchoolNotice]:
    """Raises `NotHere` for one that was taken back, too."""
    school, told = await notice_of(conn, visit, said)
    if told.recalled_at is not None:
        raise NotHere
    return school, told


def _pressed_twice(visit: Visit, old: SchoolNotice, typed: Typed, effect: Effect) -> bool:
    """It says so already, by the visitor's own correction of just what the form was opened with."""
    mine = bool(old.earlier) and old.earlier[-1].by == visit.official.name and not effect.changed
    is_over = mine and typed.one("revision") == str(old.earlier[-1].revision)
    return is_over and typed.one("do") == "send" and typed.one("why").strip() == old.earlier[-1].why


def _wrong(old: SchoolNotice, typed: Typed, why: str, effect: Effect, *, is_paid: bool) -> tuple[Mistake, ...]:
    found = []
    if typed.one("revision") != str(old.revision):
        found.append(Mistake("", word("school_mistake", "corrected")))
    if not 0 < len(why) <= LONGEST_WHY or "\x00" in why:
        found.append(Mistake("why", word("school_mistake", "why")))
    elif contains_individual_number(why):
        found.append(Mistake("why", word("school_mistake", "number")))
    if not effect.changed and typed.one("anew") != "yes":
        found.append(Mistake("", word("school_mistake", "same")))
    if "amount" in effect.changed and is_paid:
        found.append(Mistake("amount", word("school_mistake", "amount_taken")))
    return tuple(found)


async def _form(
    visit: Visit,
    said: str,
    typed: Typed,
    *,
    mistakes: tuple[Mistake, ...] = (),
    effect: Effect | None = None,
) -> Response[Any]:
    async with visit.door() as conn:
        school, told = await _sent(conn, visit, said)
    return visit.show(
        "school_correct.html",
        422 if mistakes else 200,
        one=told,
        whom=marks_in_words(school, told.marks),
        typed=typed if mistakes else typed.but(revision=str(told.revision)),
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        effect=None if mistakes else effect,
    )


HANDLERS = (blank, correct)
