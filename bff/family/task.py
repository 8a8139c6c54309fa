"""An employer's one task, by one link: no account, no login, nothing of her but her name and the paper asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import msgspec

from bff.errors import FieldRefused, FieldsRefused, NotFound
from bff.family import store
from bff.family.hands import case_of
from bff.family.house import House
from bff.family.inviting import hashed
from bff.family.mandate import DONE, Mandate
from bff.family.telling import offered, tell
from bff.family.words import say
from bff.identity import attempts
from bff.identity.residents import Resident, is_leaving, resident_of
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from life_events import Text, contains_individual_number

PURPOSE = "representation"


class TaskField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: Literal["text", "phone", "date", "number"]
    longest: int
    label: Text


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be filled in, and nothing about whom but her name."""

    title: Text
    intro: Text
    fields: tuple[TaskField, ...]


@dataclass(frozen=True)
class Task:
    """As the employer sees it. `about`: her name."""

    about: str
    paper: Paper
    mandate: Mandate


@cache
def papers() -> Mapping[str, Paper]:
    return msgspec.convert(tomllib.loads((Path(__file__).parent / "task.toml").read_text("utf-8")), dict[str, Paper])


async def look_at(house: House, code: str) -> Task:
    """Raises `NotFound`: done, over, taken back or never there, all the same to a stranger."""
    async with house.db.house() as conn:
        found = await _open(conn, house, code)
        if found is not None:
            await looks.note(conn, _look(found[0], found[1].id, "task"), now=house.clock(), new_id=house.new_id)
        else:
            await attempts.write_down(conn, realm="resident", outcome="task_unknown", now=house.clock())
    if found is None:
        raise NotFound(say("no_such_mandate"))
    return Task(found[1].basics.name, papers()[found[0].purpose], found[0])


async def do(house: House, code: str, answers: object) -> Task:
    """Once: what is written is sealed for her, and the link opens nothing any more. Raises `FieldsRefused`."""
    async with house.db.house() as conn:
        found = await _open(conn, house, code)
        if found is None:
            raise NotFound(say("no_such_mandate"))
        mandate, whose = found
        paper = papers()[mandate.purpose]
        kept = _checked(paper, answers)
        await store.change(conn, mandate.id, done=whose.key.seal(DONE, msgspec.json.encode(kept)))
        await store.finish(conn, mandate.id, "ended", by="representative", now=house.clock())
        await looks.note(conn, _look(mandate, whose.id, "do_task"), now=house.clock(), new_id=house.new_id)
        await tell(conn, whose, "done", mandate, house.clock(), who=offered(mandate, whose).to)
    return Task(whose.basics.name, paper, mandate)


def written(mandate: Mandate, represented: Resident) -> Sequence[tuple[Text, str]]:
    """What the employer wrote, for her alone; empty until it is done."""
    if mandate.done is None:
        return ()
    values = msgspec.json.decode(represented.key.open(DONE, mandate.done), type=dict[str, str])
    return [(one.label, values[one.id]) for one in papers()[mandate.purpose].fields if one.id in values]


async def _open(conn: Any, house: House, code: str) -> tuple[Mandate, Resident] | None:
    found = await store.by_code(conn, hashed(code))
    if found is None or found.represented is None or "task" not in found.rules.items:
        return None
    if not found.is_open(house.clock()) or house.today() > found.ends_on:
        return None
    whose = await resident_of(conn, found.represented, house.keys)
    return (found, whose) if whose and not await is_leaving(conn, whose.id) else None


def _checked(paper: Paper, answers: object) -> Mapping[str, str]:
    given = answers if isinstance(answers, Mapping) else {}
    wrong = [one.id for one in paper.fields if not _fits(one, given.get(one.id))]
    wrong += [str(key)[:40] for key in given if key not in {one.id for one in paper.fields}][:5]
    if wrong:
        text = say("check_entries")
        raise FieldsRefused(text, tuple(FieldRefused(one, "not_fit", text) for one in wrong))
    return {one.id: str(given[one.id]).strip() for one in paper.fields}


def _fits(field: TaskField, value: object) -> bool:
    if not isinstance(value, str) or not value.strip() or len(value) > field.longest:
        return False
    if contains_individual_number(value):
        return False
    if field.kind == "date":
        try:
            return date.fromisoformat(value) is not None
        except ValueError:
            return False
    shape = {"phone": r"[0-9+\- ]{9,20}", "number": r"[0-9]{1,3}"}.get(field.kind, r"[^\x00-\x1f]+")
    return re.fullmatch(shape, value.strip()) is not None


def _look(mandate: Mandate, whose: UUID, what: str) -> Look:
    """Whoever holds the link: the mandate itself is all we know of him."""
    looker = Looker("delegate", mandate.id, mandate.kind)
    return Look(whose, looker, what, PURPOSE, mandate.rules.basis, case_of(mandate.id))
