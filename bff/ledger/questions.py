"""A question or an objection of hers about one entry of the log, and the ward's answer.

Both texts are sealed under her own key; what stands open is a file of work for the ward, with a day by which it is
answered (個人情報の保護に関する法律 and the ward's own rules say how; the days are the operator's choice).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Column, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused
from bff.exchange.message_log import LogRow
from bff.identity.residents import Resident
from bff.ledger.tables import ledger_questions as rows
from bff.texts import say
from life_events import contains_individual_number

Kind = Literal["question", "objection"]
LONGEST: Final = 1_000
BODY: Final = "ledger_question"
ANSWER: Final = "ledger_answer"
MOST_SHOWN: Final = 200
_JAPAN: Final = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Limits:
    """`days`: until it is to be answered. `open`: how many may stand unanswered at once."""

    days: int
    open: int


@dataclass(frozen=True)
class Question:
    """`body` and `answer` are sealed; `about` names the entry's source. None of the answer's: not answered yet."""

    id: UUID
    resident: UUID
    ward: str
    entry: int
    entry_at: datetime
    about: str
    kind: Kind
    body: bytes
    asked_at: datetime
    due: date
    answer: bytes | None
    answered_at: datetime | None
    answered_office: str | None

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    def age(self, now: datetime) -> int:
        """Days since it was asked."""
        return (now.astimezone(_JAPAN).date() - self.asked_at.astimezone(_JAPAN).date()).days

    def is_late(self, today: date) -> bool:
        return not self.is_answered and today > self.due


async def ask(
    conn: AsyncConnection,
    resident: Resident,
    row: LogRow,
    *,
    id: UUID,
    kind: Kind,
    text: str,
    limits: Limits,
    now: datetime,
) -> None:
    """Kept for the ward; raises `FieldsRefused` and then keeps nothing."""
    said = text.strip()
    ward = _ward(row) or resident.ward
    if why := _fault(said):
        _refuse("text", *why)
    if ward is None:
        _refuse("reading", "no_ward", "question_no_ward")
        return
    if await _open(conn, resident.id) >= limits.open:
        _refuse("text", "too_many", "question_too_many")
    asked = insert(rows).values(
        id=id,
        resident=resident.id,
        ward=ward,
        entry=row.id,
        entry_at=row.at,
        about=row.source if row.direction != "within" else row.service,
        kind=kind,
        body=resident.key.seal(BODY, said.encode()),
        asked_at=now,
        due=now.astimezone(_JAPAN).date() + timedelta(days=limits.days),
    )
    try:
        async with conn.begin_nested():
            await conn.execute(asked)
    except IntegrityError:
        _refuse("reading", "asked_already", "question_open")


async def of_entries(conn: AsyncConnection, resident: UUID, entries: Collection[int]) -> Mapping[int, Question]:
    """The newest about each of these entries of hers."""
    mine = select(*_columns()).where(rows.c.resident == resident, rows.c.entry.in_(entries)).order_by(rows.c.asked_at)
    return {row.entry: Question(*row) for row in await conn.execute(mine)}


async def of_resident(conn: AsyncConnection, resident: UUID) -> list[Question]:
    """Hers, newest first."""
    mine = select(*_columns()).where(rows.c.resident == resident).order_by(rows.c.asked_at.desc()).limit(MOST_SHOWN)
    return [Question(*row) for row in await conn.execute(mine)]


async def queue(conn: AsyncConnection) -> list[Question]:
    """Through a ward's door: what is open first, the most pressing on top; then what was answered last."""
    order = (rows.c.answered_at.is_not(None), rows.c.answered_at.desc(), rows.c.due, rows.c.asked_at)
    return [Question(*row) for row in await conn.execute(select(*_columns()).order_by(*order).limit(MOST_SHOWN))]


async def of_ward(conn: AsyncConnection, ward: str, id: UUID) -> Question | None:
    row = (await conn.execute(select(*_columns()).where(rows.c.ward == ward, rows.c.id == id))).first()
    return Question(*row) if row else None


async def answer(
    conn: AsyncConnection, question: Question, resident: Resident, text: str, *, by: UUID, office: str, now: datetime
) -> bool:
    """False: somebody has answered meanwhile. Through the house's door."""
    told = update(rows).where(rows.c.id == question.id, rows.c.ward == question.ward, rows.c.answered_at.is_(None))
    values = {"answered_at": now, "answered_by": by, "answered_office": office}
    done = await conn.execute(told.values(answer=resident.key.seal(ANSWER, text.encode()), **values))
    return done.rowcount == 1


def _fault(text: str) -> tuple[str, str] | None:
    """(code, key of the text)"""
    if not text:
        return "empty", "question_empty"
    if len(text) > LONGEST or "\x00" in text:
        return "too_long", "question_too_long"
    return ("individual_number", "question_number") if contains_individual_number(text) else None


def _ward(row: LogRow) -> str | None:
    """A look of an official is answered by the ward of that official, wherever she lives."""
    kind, _, at = (row.caller or "").partition("/")
    return at if row.direction == "within" and kind == "official" else None


async def _open(conn: AsyncConnection, resident: UUID) -> int:
    standing = select(func.count()).where(rows.c.resident == resident, rows.c.answered_at.is_(None))
    return int(await conn.scalar(standing) or 0)


def _columns() -> list[Column[Any]]:
    return [column for column in rows.c if column.name != "answered_by"]


def _refuse(field: str, code: str, key: str) -> None:
    text = say(key, most=str(LONGEST)) if key == "question_too_long" else say(key)
    raise FieldsRefused(text, (FieldRefused(field, code, text),))
