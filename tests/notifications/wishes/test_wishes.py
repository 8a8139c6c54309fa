"""Hana sleeps, Ken reads once a day, and an emergency wakes both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import uuid4

import pytest
from sqlalchemy import text

from bff.db import Database
from notifications.jobs import JAPAN
from notifications.notice import Kind
from notifications.wishes.asked import HELD_UNTIL, NEVER, HeldBack, binds, holds_back, joins
from notifications.wishes.store import MOST_MUTES, TooMany, keep_wishes, wishes_of
from notifications.wishes.wish import NO_WISHES, QuietHours, Wishes


@dataclass(frozen=True)
class Letter:
    kind: Kind = Kind.INFORMATION
    sender_key: str = "school:131032:shibahama"
    topic: str = "school"
    sent_at: datetime = datetime(2026, 11, 27, 9, 0, tzinfo=JAPAN)


NIGHT = QuietHours(time(22), time(7))
NAP = QuietHours(time(13), time(15))
EVENING = Wishes(digest_at=time(18))
LATE = Wishes(quiet=NIGHT, digest_at=time(22, 30))


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


HELD = [
    (NO_WISHES, Letter(), on(27, 3), None),
    (Wishes(quiet=NIGHT), Letter(), on(27, 21, 59), None),
    (Wishes(quiet=NIGHT), Letter(), on(27, 22), HeldBack(on(28, 7))),
    (Wishes(quiet=NIGHT), Letter(), on(28, 0), HeldBack(on(28, 7))),
    (Wishes(quiet=NIGHT), Letter(), on(28, 6, 59), HeldBack(on(28, 7))),
    (Wishes(quiet=NIGHT), Letter(), on(28, 7), None),
    (Wishes(quiet=NAP), Letter(), on(27, 14), HeldBack(on(27, 15))),
    (Wishes(quiet=NAP), Letter(), on(27, 15), None),
    (EVENING, Letter(), on(27, 9), HeldBack(on(27, 18))),
    (EVENING, Letter(), on(27, 18), None),
    (EVENING, Letter(), on(27, 19), None),
    (EVENING, Letter(sent_at=on(27, 18)), on(27, 18), HeldBack(on(28, 18))),
    (LATE, Letter(), on(27, 9), HeldBack(on(28, 7))),
    (LATE, Letter(), on(28, 7), None),
    (Wishes(mutes=frozenset({"topic:school"})), Letter(), on(27, 9), HeldBack(NEVER)),
    (Wishes(mutes=frozenset({"sender:school:131032:shibahama"})), Letter(), on(27, 9), HeldBack(NEVER)),
    (Wishes(mutes=frozenset({"topic:tax"})), Letter(), on(27, 9), None),
    (replace(LATE, mutes=frozenset({"topic:school"})), Letter(kind=Kind.EMERGENCY), on(28, 2), None),
]


@pytest.mark.parametrize(("wishes", "letter", "now", "expected"), HELD)
def test_what_is_held_back_and_until_when(
    wishes: Wishes, letter: Letter, now: datetime, expected: HeldBack | None
) -> None:
    assert holds_back(wishes, letter, now) == expected


async def test_many_are_asked_in_one_statement_and_it_says_the_same_of_each(db: Database) -> None:
    """Each line above is a resident of her own, asked from another hour of the world; no session zone matters."""
    people = [(uuid4(), *line) for line in HELD]
    nobody = uuid4()
    async with db.house() as conn:
        for id, wishes, _, now, _ in people:
            if wishes != NO_WISHES:
                await keep_wishes(conn, resident=id, wishes=wishes, now=now)
                assert await wishes_of(conn, id) == wishes
        asked = text(f"SELECT {HELD_UNTIL} FROM unnest(CAST(:ids AS uuid[])) AS c (resident) {joins('c.resident')}")
        for id, _, letter, now, expected in people:
            told = await conn.execute(asked, {"ids": [id, nobody], **binds(letter, now)})
            assert set(told.scalars()) == {expected and expected.until, None}, (letter, now)
        emergency = Letter(kind=Kind.EMERGENCY)
        everybody = {"ids": [id for id, *_ in people], **binds(emergency, on(28, 2))}
        assert set((await conn.execute(asked, everybody)).scalars()) == {None}


async def test_wishes_become_exactly_what_she_says_and_are_hers_alone(db: Database) -> None:
    hana, ken = uuid4(), uuid4()
    first = Wishes(quiet=NIGHT, digest_at=time(18), mutes=frozenset({"topic:tax", "sender:house"}))
    async with db.resident(hana) as conn:
        await keep_wishes(conn, resident=hana, wishes=first, now=on(27, 9))
        await keep_wishes(conn, resident=hana, wishes=Wishes(mutes=frozenset({"topic:tax"})), now=on(28, 9))
        assert await wishes_of(conn, hana) == Wishes(mutes=frozenset({"topic:tax"}))
        since = (await conn.execute(text("SELECT since FROM mail_mutes"))).scalar_one()
        assert since == on(27, 9)
        many = Wishes(mutes=frozenset(f"sender:{n}" for n in range(MOST_MUTES + 1)))
        with pytest.raises(TooMany):
            await keep_wishes(conn, resident=hana, wishes=many, now=on(28, 9))
    async with db.resident(ken) as conn:
        assert await wishes_of(conn, hana) == NO_WISHES
    async with db.ward("131032") as conn:
        assert await wishes_of(conn, hana) == NO_WISHES
