"""Whom a paper is about where that is not the one who applies: a child of her household, or a mark made of the name."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts import store as facts
from bff.identity.residents import Resident
from bff.paper.people import bare
from life_events import Form, Household

NAME: Final = "subject.fullName"
REGISTRY: Final = "registry"


async def of(
    conn: AsyncConnection,
    secret: bytes,
    form: Form,
    answers: Mapping[str, object],
    resident: Resident,
    now: datetime,
) -> str | None:
    """House door. The member of that name in her household as her home knows it, so that it is the same step there and
    here; else a keyed mark and nobody's id, so that the papers of two children are two cases. None: it is about her."""
    about = next((field.id for field in form.fields.values() if field.term == NAME), None)
    name = bare(str(answers.get(about, ""))) if about else ""
    if not name:
        return None
    held = (await facts.kept(conn, resident, now, (REGISTRY,))).get(REGISTRY)
    household = held.told.part if held is not None and held.told is not None else None
    if isinstance(household, Household):
        of_name = [one.person for one in household.members if bare(one.name) == name]
        if len(of_name) == 1:
            return of_name[0]
    mark = hmac.digest(secret, f"paper-subject|{resident.id}|{name}".encode(), "sha256")
    return f"paper-{mark.hex()[:12]}"
