"""Letters of a school as one PDF: to join, and a notice for those who chose paper; and the records of a year."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.ink import Ink
from bff.school import absences, answering, asks, joining, letters, notice, standing, store
from bff.school.letters import Letter
from bff.school.notice import SchoolNotice
from bff.school.school import Pupil, School, in_order
from bff.staff.school_desk import house_of, looked, notice_of, school_of
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import day, moment, word
from life_events.dates import fiscal_year_start

Rows = tuple[list[list[str]], set[UUID]]
Make = Callable[[AsyncConnection, School, dict[UUID, Pupil], dict[UUID, str], date], Awaitable[Rows]]
"""The rows of a file, its headings first, and whose data are in it."""
PRIVATE: Final = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@get("/school/roster/letters", act="school_letters")
async def to_join(visit: Visiting, group: FromQuery[str] = "") -> Response[bytes]:
    """A page a pupil whose family has not joined, with a code that is used once; all of a group, or of the school."""
    house = house_of(visit)
    async with house.db.house() as conn:
        school = await school_of(conn, visit)
        joined = {one.pupil for one in await store.guardians_of(conn, school) if one.role == "guardian"}
        pupils = [one for one in in_order(await store.pupils_of(conn, school)) if one.id not in joined]
        pupils = [one for one in pupils if not group or group in one.marks(school)]
        if not pupils:
            raise NotHere
        written = [await _join(conn, visit, school, one) for one in pupils]
        await visit.note(conn, "school_letters", about=word("school", "letters_join", count=len(pupils)))
    return await _pdf(visit, written, pupils, word("school", "title_join", school=school.id))


@get("/school/notices/{school_notice:str}/letters", act="school_letters")
async def to_answer(visit: Visiting, school_notice: FromPath[str]) -> Response[bytes]:
    """A page each for whom it goes home on paper; the square answers for this pupil, once."""
    house = house_of(visit)
    async with house.db.house() as conn:
        school, told = await notice_of(conn, visit, school_notice)
        stand = await standing.of_notice(conn, school, told)
        every = told.asks is None or told.prints_anew
        pupils = [one.pupil for one in stand if one.on_paper and (every or one.is_missing)]
        if not pupils:
            raise NotHere
        written = [await _answer(conn, visit, school, told, one) for one in pupils]
        await notice.change(conn, told.id, printed=told.revision)
        await visit.note(
            conn, "school_letters", about=word("school", "letters", title=told.title.ja, count=len(pupils))
        )
    return await _pdf(visit, written, pupils, told.title.ja)


@get("/school/year", act="school_export")
async def year(visit: Visiting) -> Response[str]:
    async with visit.door() as conn:
        school = await school_of(conn, visit)
    first = fiscal_year_start(visit.today)
    return visit.show("school_year.html", school=school, first=first, last=_end(first))


@get("/school/year/absences.csv", act="school_export")
async def absences_csv(visit: Visiting) -> Response[bytes]:
    """Of this school year, every version, as Excel opens it."""
    return await _export(visit, "absences.csv", _absences)


@get("/school/year/answers.csv", act="school_export")
async def answers_csv(visit: Visiting) -> Response[bytes]:
    return await _export(visit, "answers.csv", _answers)


async def _export(visit: Visit, name: str, make: Make) -> Response[bytes]:
    first = fiscal_year_start(visit.today)
    async with house_of(visit).db.house() as conn:
        school = await school_of(conn, visit)
        pupils = {one.id: one for one in await store.pupils_since(conn, school, first)}
        names = {one.resident: one.name for one in await store.guardians_of(conn, school)}
        rows, whom = await make(conn, school, pupils, names, first)
        await looked(conn, visit, whom, "school_answer", word("school", "look_year"))
        await visit.note(conn, "school_export", about=name)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[_safe(one) for one in row] for row in rows])
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _safe(cell: str) -> str:
    """A spreadsheet must not take what a parent wrote for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


async def _join(conn: AsyncConnection, visit: Visit, school: School, one: Pupil) -> Letter:
    house = house_of(visit)
    code = await joining.new_code(conn, school, one.id, "join", token=house.new_token(), now=visit.now)
    until = day((visit.now + joining.LIVES["join"]).date())
    return Letter(
        to=_to(one),
        sender=school.id,
        title=word("school", "title_join", school=school.id),
        body=word("school", "body_join", name=one.named.name),
        asked=(),
        how=word("school", "how_join", until=until),
        address=f"{house.origin}/school/join#{code}",
        code=code,
    )


async def _answer(conn: AsyncConnection, visit: Visit, school: School, told: SchoolNotice, one: Pupil) -> Letter:
    house, code, how = house_of(visit), "—", ""
    address = f"{house.origin}/inbox/{told.id}"
    if told.asks is not None:
        code = await joining.new_code(
            conn, school, one.id, "answer", token=house.new_token(), now=visit.now, notice=told.id
        )
        address = f"{house.origin}/task#{code}"
        how = word("school", "how_answer", until=moment(told.asks.until))
    return Letter(
        to=_to(one),
        sender=school.id,
        title=told.title.ja if told.revision == 1 else word("school", "title_corrected", title=told.title.ja),
        body="\n\n".join([*(word("school", "body_corrected", why=one.why) for one in told.earlier[-1:]), told.body.ja]),
        asked=[(it.label["ja"], [each.label["ja"] for each in it.choices]) for it in told.asks.questions]
        if told.asks
        else (),
        how=how,
        address=address,
        code=code,
    )


def _to(one: Pupil) -> str:
    number = f" {one.number}番" if one.number else ""
    return f"{one.class_name}{number}　{one.named.name}　保護者様"


async def _pdf(visit: Visit, written: Sequence[Letter], pupils: Sequence[Pupil], title: str) -> Response[bytes]:
    listed = [["組", "番号", "氏名", "渡した", "戻った"]]
    listed += [[one.class_name, str(one.number or ""), one.named.name, "□", "□"] for one in pupils]
    ink = Ink(house_of(visit).assets)
    made = await asyncio.to_thread(letters.pages, written, title=title, listed=listed, ink=ink, made_at=visit.now)
    return Response(made, media_type="application/pdf", headers={**PRIVATE, "Content-Disposition": "inline"})


async def _absences(
    conn: AsyncConnection, school: School, pupils: dict[UUID, Pupil], names: dict[UUID, str], first: date
) -> Rows:
    rows = [
        [
            "組",
            "番号",
            "氏名",
            "種類",
            "から",
            "まで",
            "状態",
            "訂正",
            "締切後",
            "症状",
            "理由",
            "連絡",
            "送った人",
            "送信",
        ]
    ]
    whom = set()
    for one in await absences.between(conn, school, first, _end(first)):
        pupil = pupils.get(one.pupil)
        if pupil is None:
            continue
        whom.add(one.resident)
        symptoms = "、".join(word("symptom", each) for each in one.said.symptoms)
        state = [word("absence_kind", one.kind), one.from_on.isoformat(), one.to_on.isoformat()]
        state += [word("absence_state", one.state), str(one.version), "締切後" if one.is_late else ""]
        said = [symptoms, one.said.reason, one.said.note, names.get(one.resident, ""), moment(one.came_at)]
        rows.append([*_named(pupil), *state, *said])
    return rows, whom


async def _answers(
    conn: AsyncConnection, school: School, pupils: dict[UUID, Pupil], names: dict[UUID, str], first: date
) -> Rows:
    rows = [["お知らせ", "組", "番号", "氏名", "回答", "状態", "回答した人", "届いた"]]
    whom = set()
    for told in await notice.of_school(conn, school, 1000):
        if told.asks is None or told.sent_at.date() < first:
            continue
        for one in await answering.of_notice(conn, school, told.id):
            pupil = pupils.get(one.pupil)
            if pupil is None:
                continue
            whom |= {one.resident} if one.resident else set()
            said = "、".join(
                f"{q.ja}：{a.ja}" for q, a in asks.in_words(told.asks_at(one.revision) or told.asks, one.said)
            )
            by = names.get(one.resident, "") if one.resident else f"紙（{one.by_name}）"
            state = word("answer_state", one.state)
            rows.append([told.title.ja, *_named(pupil), said, state, by, moment(one.came_at)])
    return rows, whom


def _named(one: Pupil) -> list[str]:
    return [one.class_name, str(one.number or ""), one.named.name]


def _end(first: date) -> date:
    return first.replace(year=first.year + 1) - timedelta(days=1)


HANDLERS = (to_join, to_answer, year, absences_csv, answers_csv)
