"""Who holds a letter from the school answers one notice for one child by its square, without an account, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import NotFound
from bff.school import answering, joining, notice, store
from bff.school.asks import Question
from bff.school.house import House
from bff.school.notice import SchoolNotice
from bff.school.school import Pupil, School
from bff.school.words import say
from life_events import Text
from notifications.jobs import day_in_japan


@dataclass(frozen=True)
class Letter:
    """One notice for one child; nothing else of the school or the family is shown."""

    told: SchoolNotice
    pupil: Pupil

    @property
    def questions(self) -> Sequence[Question]:
        return self.told.asks.questions if self.told.asks else ()

    @property
    def until(self) -> Any:
        return day_in_japan(self.told.asks.until if self.told.asks else self.told.sent_at)

    @property
    def title(self) -> Text:
        return self.told.title


async def look_at(house: House, code: str) -> Letter:
    """Raises `NotFound`: answered, over or never there, all the same to a stranger."""
    async with house.db.house() as conn:
        row = await joining.open_code(conn, code, "answer", house.clock())
        letter, _ = await _letter(conn, house, row)
    return letter


async def do(house: House, code: str, answers: object) -> Letter:
    """Once: it counts as an answer on paper. Raises `NotFound` and `FieldsRefused`, and the code is not spent then."""
    now = house.clock()
    async with house.db.house() as conn:
        row = await joining.spent(conn, code, ("answer",), now)
        letter, school = await _letter(conn, house, row)
        id: UUID = house.new_id()
        await answering.on_paper(
            conn, school, letter.told, letter.pupil, answers, id=id, by=say("by_letter").ja, now=now
        )
    return letter


async def _letter(conn: AsyncConnection, house: House, row: Row[Any] | None) -> tuple[Letter, School]:
    told = await notice.one(conn, row.notice) if row else None
    found = await store.pupil(conn, row.pupil, house.keys) if row else None
    closed = told is not None and (told.asks is None or told.recalled_at or told.is_closed(house.clock()))
    if told is None or found is None or closed or not told.concerns(*found):
        raise NotFound(say("no_such_code"))
    return Letter(told, found[0]), found[1]
