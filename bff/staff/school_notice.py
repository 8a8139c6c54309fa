"""/staff/school/notices/{id}: who has read and answered, pupil by pupil; reminders, late changes, paper and replies."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from bff.errors import FieldsRefused
from bff.school import answering, asks, notice, posting, standing, store
from bff.school.notice import SchoolNotice
from bff.school.standing import OfPupil
from bff.staff.mistakes import Mistake
from bff.staff.school_desk import PATH, back_to, done_in_words, house_of, looked, marks_in_words, notice_of
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import word

SHOWN = ("missing", "all", "paper", "asked", "lines")


@get("/school/notices/{school_notice:str}", act="school_read")
async def shown(
    visit: Visiting,
    school_notice: FromPath[str],
    show: FromQuery[str] = "",
    done: FromQuery[str] = "",
    n: FromQuery[str] = "",
) -> Response[Any]:
    count = n if n.isascii() and n.isdigit() and len(n) < 6 else ""  # noqa: PLR2004 - more people no school has
    return await page(visit, school_notice, show=show, told=done_in_words(done, n=count))


@post("/school/notices/{school_notice:str}/remind", act="school_write")
async def remind(visit: Visiting, school_notice: FromPath[str], typed: Sent) -> Response[Any]:
    """To just those who are missing; pressed twice on one day they are told once, and the page says how many were."""
    house = house_of(visit)
    async with house.db.house() as conn:
        school, told = await notice_of(conn, visit, school_notice)
        if told.recalled_at is not None:
            raise NotHere
        stand = await standing.of_notice(conn, school, told)
        one = typed.one("pupil")
        those = [each for each in stand if not one or str(each.pupil.id) == one]
        count = await standing.remind(conn, house, school, told, those)
        await visit.note(conn, "school_write", about=word("school", "reminded", title=told.title.ja, count=count))
    return back_to(f"{PATH}/notices/{told.id}?done={f'reminded&n={count}' if count else 'nobody'}")


@post("/school/notices/{school_notice:str}/late/{answer:str}", act="school_write")
async def late(visit: Visiting, school_notice: FromPath[str], answer: FromPath[str], typed: Sent) -> Response[Any]:
    """What came after the closing time counts, or does not."""
    state: answering.State = "counted" if typed.one("do") == "count" else "refused"
    async with visit.door() as conn:
        school, told = await notice_of(conn, visit, school_notice)
        if not await answering.settle(conn, school, identified(answer), state):
            raise NotHere
        await visit.note(conn, "school_write", about=word("school", f"late_{state}", title=told.title.ja))
    return back_to(f"{PATH}/notices/{told.id}?show=asked&done=late")


@post("/school/notices/{school_notice:str}/paper/{pupil:str}", act="school_write")
async def paper(visit: Visiting, school_notice: FromPath[str], pupil: FromPath[str], typed: Sent) -> Response[Any]:
    """An answer typed in from the letter; another one from the same letter takes its place."""
    async with visit.door() as conn:
        school, told = await notice_of(conn, visit, school_notice)
        found = {one.id: one for one in await store.pupils_of(conn, school)}.get(identified(pupil))
        if told.asks is None or found is None or not told.concerns(found, school):
            raise NotHere
        said = {question.id: typed.one(question.id) for question in told.asks.questions}
        name = visit.official.name
        try:
            id = visit.house.new_id()
            await answering.on_paper(conn, school, told, found, said, id=id, by=name, now=visit.now)
        except FieldsRefused as refused:
            wrong = tuple(Mistake("", f"{found.named.name}: {one.message.ja}") for one in refused.fields)
        else:
            wrong = ()
            await visit.note(conn, "school_write", about=word("school", "typed_in", title=told.title.ja))
    if wrong:
        return await page(visit, school_notice, show="paper", mistakes=wrong)
    return back_to(f"{PATH}/notices/{told.id}?show=paper&done=typed_in")


@post("/school/notices/{school_notice:str}/recall", act="school_write")
async def recall(visit: Visiting, school_notice: FromPath[str], typed: Sent) -> Response[Any]:
    """Its text goes from every inbox and the reason stands there; what was answered stays with the school."""
    house, why = house_of(visit), typed.one("note").strip()
    if not 0 < len(why) <= 200:  # noqa: PLR2004
        return await page(visit, school_notice, mistakes=(Mistake("note", word("school_mistake", "why_recall")),))
    async with house.db.house() as conn:
        _, told = await notice_of(conn, visit, school_notice)
        if told.recalled_at is None:
            await notice.change(conn, told.id, recalled_at=visit.now)
            await posting.recall(conn, house, told, why)
            await visit.note(conn, "school_write", about=word("school", "recalled", title=told.title.ja), reason=why)
    return back_to(f"{PATH}/notices/{told.id}?done=recalled")


async def page(
    visit: Visit, said: str, *, show: str = "", told: str = "", mistakes: tuple[Mistake, ...] = ()
) -> Response[Any]:
    house = house_of(visit)
    async with house.db.house() as conn:
        school, one = await notice_of(conn, visit, said)
        stand = await standing.of_notice(conn, school, one)
        heard = [each.guardian.resident for row in stand for each in row.guardians if each.answer or each.lines]
        await looked(conn, visit, heard, "school_answer", word("school", "look_answers", title=one.title.ja))
    show = show if show in SHOWN else "missing"
    counts = standing.counts(stand)
    return visit.show(
        "school_notice.html",
        422 if mistakes else 200,
        school=school,
        one=one,
        whom=marks_in_words(school, one.marks),
        stand=stand,
        rows=[row for row in stand if _is_shown(row, show)],
        show=show,
        counts=counts,
        to_remind=sum(len(standing.whom_to_remind(one, row)) for row in stand),
        tally=_tally(one, stand),
        in_words=_words,
        told=told,
        mistakes=mistakes,
        wrong={mistake.field: mistake.text for mistake in mistakes},
        closed=one.is_closed(visit.now),
        asked=sum(each.asked is not None for row in stand for each in row.guardians),
        threads=sum(bool(each.lines) for row in stand for each in row.guardians),
    )


def _is_shown(row: OfPupil, show: str) -> bool:
    return {
        "missing": row.is_missing,
        "paper": row.on_paper,
        "asked": any(each.asked for each in row.guardians),
        "lines": any(each.lines for each in row.guardians),
    }.get(show, True)


def _words(one: SchoolNotice, said: Any) -> str:
    return "、".join(f"{answer.ja}" for _, answer in asks.in_words(one.asks, said)) if one.asks else ""


def _tally(one: SchoolNotice, stand: list[OfPupil]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Of each question with choices, how many pupils; the newest word for a pupil counts."""
    if one.asks is None:
        return []
    said = []
    for row in stand:
        those = [each.answer for each in row.guardians if each.answer] + ([row.paper] if row.paper else [])
        if those:
            said.append(max(those, key=lambda each: each.came_at).said)
    return [
        (
            question.label["ja"],
            [(c.label["ja"], sum(each.get(question.id) == c.id for each in said)) for c in question.choices],
        )
        for question in one.asks.questions
        if question.choices
    ]


HANDLERS = (shown, remind, late, paper, recall)
