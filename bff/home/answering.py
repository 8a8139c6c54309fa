"""Answering: what she tells us herself is checked against the question and kept like any other fact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import FieldRefused, FieldsRefused
from bff.facts import store as facts
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.texts import say
from life_events import UNKNOWN, check_answer


async def answer(conn: AsyncConnection, resident: Resident, home: Home, fact: str, value: Any, now: datetime) -> None:
    """Keep one answer; raises `FieldsRefused` when it does not fit the question or is about a stranger."""
    wrong = check_answer(home.catalogue, fact, value, home.today)
    if wrong is not None:
        raise FieldsRefused(wrong.text, (FieldRefused(wrong.field, wrong.code, wrong.text),))
    person = fact.partition(":")[2]
    household = home.facts.registry
    if person and (household is UNKNOWN or household.member(person) is None):
        raise FieldsRefused(say("not_found"), (FieldRefused(fact, "unknown_person", say("not_found")),))
    await facts.answer(conn, resident, home.catalogue.questions, fact, value, now)
