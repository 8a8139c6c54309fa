"""What an official does here: by whom, under which case, and the row it leaves, a refused try too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bff.family.house import House
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from life_events import contains_individual_number

PURPOSE: Final = "guardianship_check"
LONGEST_CASE: Final = 60
NO_CASE: Final = "案件番号なし"


@dataclass(frozen=True)
class By:
    """The official who acts; `ward` is the 6-digit code."""

    id: UUID
    ward: str


class NotConfirmed(Exception):
    """`code` is a key of the officials' texts under [family_refused]; `resident`: whose account was come upon; None:
    nobody's."""

    def __init__(self, code: str, resident: UUID | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.resident = resident


@asynccontextmanager
async def leaves_a_row(house: House, by: By, case_number: str) -> AsyncIterator[str]:
    """The case. What ends in `NotConfirmed` within leaves a refused look in a transaction of its own: the one it was
    tried in is undone."""
    case = case_number.strip()
    try:
        yield _fit(case)
    except NotConfirmed as refused:
        tried = look(by, refused.resident, _kept(case), allowed=False)
        async with house.db.house() as conn:
            await looks.note(conn, tried, now=house.clock(), new_id=house.new_id)
        raise


def look(by: By, resident: UUID | None, case: str, *, allowed: bool = True) -> Look:
    looker = Looker("official", by.id, by.ward)
    return Look(resident, looker, "mandate", PURPOSE, "ward_confirmation", case, allowed)


def no_number(typed: str) -> str:
    """What an official typed for a person or a case; raises `NotConfirmed` when a 個人番号 is in it."""
    if contains_individual_number(typed):
        raise NotConfirmed("number")
    return typed.strip()


def _fit(case: str) -> str:
    if not case or len(case) > LONGEST_CASE or "\x00" in case:
        raise NotConfirmed("case_number")
    return no_number(case)


def _kept(case: str) -> str:
    """Of a case that is no case, what may be written down."""
    if not case or "\x00" in case or contains_individual_number(case):
        return NO_CASE
    return case[:LONGEST_CASE]
