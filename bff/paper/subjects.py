"""Whom a paper is about, by the people of a household as its home knows them: names on paper, ids in an application."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts import store as facts
from bff.identity.residents import Resident
from bff.paper.people import bare
from life_events import FieldKind, Form, Household, Procedure

NAME: Final = "subject.fullName"
REGISTRY: Final = "registry"
_BETWEEN: Final = re.compile(r"[、，,\n]+")


async def household_of(conn: AsyncConnection, resident: Resident, now: datetime) -> Household | None:
    """House door; None: her home has not heard the register, or she has none."""
    held = (await facts.kept(conn, resident, now, (REGISTRY,))).get(REGISTRY)
    household = held.told.part if held is not None and held.told is not None else None
    return household if isinstance(household, Household) else None


def subject(
    form: Form, answers: Mapping[str, object], household: Household | None, secret: bytes, resident: Resident
) -> str | None:
    """The member of that name, so that it is the same step there and here; else a keyed mark and nobody's id, so that
    the papers of two children are two cases. None: it is about her."""
    about = next((field.id for field in form.fields.values() if field.term == NAME), None)
    name = bare(str(answers.get(about, ""))) if about else ""
    if not name:
        return None
    mark = hmac.digest(secret, f"paper-subject|{resident.id}|{name}".encode(), "sha256")
    return _person(name, household) or f"paper-{mark.hex()[:12]}"


def with_ids(procedure: Procedure, answers: Mapping[str, object], household: Household | None) -> dict[str, object]:
    """Where an application chooses among the people of a household: who stands there, by name where nobody is known."""
    specs = {} if procedure.form is None else {one.id: one for part in procedure.form.sections for one in part.fields}
    found = dict(answers)
    for id, value in answers.items():
        spec = specs.get(id)
        if spec is not None and spec.choices_from is not None and isinstance(value, str):
            names = [name.strip() for name in _BETWEEN.split(value) if name.strip()]
            people = [_person(bare(name), household) or name for name in names]
            found[id] = people if spec.kind is FieldKind.MANY_CHOICE else people[0] if len(people) == 1 else value
    return found


def _person(name: str, household: Household | None) -> str | None:
    """None: nobody of that name, or two."""
    of_name = [one.person for one in household.members if bare(one.name) == name] if household else []
    return of_name[0] if len(of_name) == 1 else None
