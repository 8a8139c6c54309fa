"""What still wants something of her: the phone's rule (`pwa/data/mail/letter.ts`), for what the house decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bff.identity.residents import Resident
from bff.school import hers
from bff.school.hers import Asked
from bff.school.house import House
from notifications import inbox
from notifications.inbox import Letter
from notifications.jobs import day_in_japan
from notifications.notice import Kind

ASKED: Final = ("consent", "survey", "attendance", "health", "confirm", "fee")
_DAY: Final = len("2026-10-03")


def is_to_do(letter: Letter, now: datetime) -> bool:
    """Hers to do something yet: to answer, or to do and say so."""
    if letter.recalled_at or letter.archived_at or (letter.lapses_at is not None and letter.lapses_at < now):
        return False
    if _is_asked(letter):
        return letter.answered_at is None and letter.confirmed_at is None
    return letter.kind in {Kind.ACTION, Kind.EMERGENCY} and letter.confirmed_at is None


def is_owed(letter: Letter, now: datetime) -> bool:
    """Somebody waits for her answer, and it still counts."""
    last = last_day(letter)
    return _is_asked(letter) and is_to_do(letter, now) and (last is None or last >= day_in_japan(now))


def last_day(letter: Letter) -> date | None:
    """None: none is said."""
    until = (letter.asks or {}).get("until") if _is_asked(letter) else None
    said = [letter.act_by, _day_of(until) if isinstance(until, str) else None]
    return min((day for day in said if day is not None), default=None)


async def among(house: House, me: Resident, notices: Collection[UUID]) -> set[UUID]:
    """Those of hers among the notices that she still owes an answer."""
    async with house.db.resident(me.id) as conn:
        letters = await inbox.named(conn, house.live, resident=me.id, notices=notices)
    return await _owed(house, me, letters)


async def _owed(house: House, me: Resident, letters: Collection[Letter]) -> set[UUID]:
    """Which of them she still owes an answer. Of a school's notice the school knows, child by child."""
    now = house.clock()
    asked = [one for one in letters if _is_asked(one)]
    if not asked:
        return set()
    by_notice: dict[UUID, list[Asked]] = {}
    for one in (await hers.of(house, me)).notices:
        by_notice.setdefault(one.notice.id, []).append(one)
    return {one.id for one in asked if _is_owed_here(one, by_notice.get(one.id, []), now)}


def _is_owed_here(letter: Letter, children: Collection[Asked], now: datetime) -> bool:
    """Where no school asks the notice itself says how it stands; who only sees owes nothing."""
    if not children:
        return is_owed(letter, now)
    own = [one for one in children if one.pupil.me.role == "guardian"]
    return is_owed(replace(letter, answered_at=None), now) and not all(map(_is_done, own))


def _is_done(one: Asked) -> bool:
    by_other = one.by_other and one.asks is not None and one.asks.one_is_enough
    return by_other or one.mine is not None or one.waiting is not None


def _is_asked(letter: Letter) -> bool:
    return (letter.asks or {}).get("kind") in ASKED


def _day_of(until: str) -> date | None:
    """A day, or a moment as the day in Japan it falls on."""
    try:
        return date.fromisoformat(until) if len(until) <= _DAY else day_in_japan(datetime.fromisoformat(until))
    except ValueError:
        return None
