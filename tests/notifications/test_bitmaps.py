"""What a process knows of an audience by heart is what the database would say."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import delete

from bff.db import Database
from notifications import address_book, tables
from notifications.audience import Any, Audience, ChildAge, Marked, Not, Speaks
from notifications.audience.bitmaps import Bitmaps, fold
from notifications.audience.sql import members
from notifications.notice import Language
from tests.notifications.house import MINATO, SETAGAYA

NOW = datetime(2026, 6, 13, tzinfo=UTC)
MARKS = ("school:芝浜小学校", "class:芝浜小学校:1-2", "class:芝浜小学校:3-1")


async def test_the_bitmaps_follow_every_change_of_the_address_book_also_while_it_is_folded(db: Database) -> None:
    chance, today, long_lived = random.Random(7), date(2026, 6, 13), Bitmaps()
    ones = [UUID(int=n) for n in range(1, 9)]
    asked = [
        Audience(MINATO),
        Audience(MINATO, ChildAge(2, 5)),
        Audience(MINATO, Not(Any((Marked(MARKS[0]), Speaks(Language.EN))))),
    ]
    for turn in range(36):
        who, prefix = chance.choice(ones), chance.choice(("school:", "class:"))
        async with db.house() as conn:
            births = [(UUID(int=chance.randint(0, 2)), date(2021, chance.randint(1, 12), 13)) for _ in range(turn % 3)]
            await address_book.keep_contact(
                conn,
                resident=who,
                ward=chance.choice((MINATO, MINATO, SETAGAYA, None)),
                language=chance.choice(list(Language)),
                children_births=None if turn % 5 == 0 else (),
                children=births,
                now=NOW,
            )
            of_kind = [mark for mark in MARKS if mark.startswith(prefix)]
            told = {(chance.choice(of_kind), UUID(int=chance.randint(0, 2))) for _ in range(turn % 3)}
            await address_book.keep_marks(conn, resident=who, ward=MINATO, prefix=prefix, marks=told)
            if turn % 17 == 0:
                await conn.execute(delete(tables.contacts).where(tables.contacts.c.resident == chance.choice(ones)))
        if turn % 7 == 0:
            async with db.house() as conn:
                await fold(conn)
        async with db.ward(MINATO) as conn:
            for audience in asked if turn % 3 == 0 else ():
                right = await members(conn, audience, today)
                assert await long_lived.members(conn, audience, today) == right
                assert await Bitmaps().members(conn, audience, today) == right
    async with db.ward(SETAGAYA) as conn:
        assert not await long_lived.members(conn, Audience(MINATO), today), "another ward's door shows nobody"
