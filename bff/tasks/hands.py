"""Whose hand looked, as her list of who looked names them: those she asked for a part."""

from __future__ import annotations

from collections.abc import Mapping

from bff.db import Database
from bff.family.hands import case_of
from bff.identity.residents import Resident
from bff.tasks import store
from bff.tasks.task import Hers
from bff.texts import beside
from life_events import Text


async def hands(db: Database, me: Resident) -> Mapping[str, Text]:
    """By the case of their looks."""
    async with db.resident(me.id) as conn:
        those = await store.of(conn, me.id)
    return {case_of(one.id): _named(Hers(one, me)) for one in those}


def _named(one: Hers) -> Text:
    name, paper = one.asked.to, one.task.form.title
    return beside(name, paper)
