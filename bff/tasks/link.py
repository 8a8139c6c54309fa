"""What a link opens: one paper, by whoever holds it, once. No account, no login, nothing of her but her name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec

from bff import db as database
from bff.errors import FieldRefused, FieldsRefused, NotFound
from bff.family.hands import case_of
from bff.family.house import House
from bff.family.inviting import hashed
from bff.identity.residents import Resident, resident_of
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.tasks import joining, papers, store
from bff.tasks.papers import Paper
from bff.tasks.task import REASON, WRITTEN, Hers, Task
from bff.tasks.words import notice, say
from life_events import Text, contains_individual_number, day
from notifications.delivery import tell_one

LONGEST_CODE: Final = 80
LONGEST_REASON: Final = 200


@dataclass(frozen=True)
class Opened:
    """All that whoever holds the link sees: who asks, for which procedure, what, and by when."""

    about: str
    procedure: Text
    paper: Paper
    to: str
    until: date


async def look_at(house: House, code: str) -> Opened:
    """Raises `NotFound`: written, over, taken back or never there, all the same to a stranger. The door writes the try
    down."""
    async with house.db.house() as conn:
        found = await _open(conn, house, code)
        if found is not None:
            if found.task.opened_at is None:
                await store.change(conn, found.task.id, opened_at=house.clock())
            await looks.note(conn, _look(found.task, "task"), now=house.clock(), new_id=house.new_id)
    if found is None:
        raise NotFound(say("no_such_task"))
    return _opened(house, found)


async def do(house: House, code: str, answers: object) -> Opened:
    """Once: sealed for her, and the application goes on when this was the last. Raises `NotFound`, `FieldsRefused`."""
    async with house.db.house() as conn:
        found = await _open(conn, house, code)
        if found is None:
            raise NotFound(say("no_such_task"))
        task, whose = found.task, found.resident
        kept = papers.checked(task.form, answers)
        await looks.note(conn, _look(task, "do_task"), now=house.clock(), new_id=house.new_id)
        sealed = whose.key.seal(WRITTEN, msgspec.json.encode(kept))
        await store.settle(conn, task.id, "done", house.clock(), written=sealed)
        await joining.go_on(conn, house.catalogue, task.application, house.clock())
        await tell(conn, house, found, "done")
    return _opened(house, found)


async def decline(house: House, code: str, reason: str) -> Opened:
    """With a reason, for her alone; the link is spent and she chooses how to go on."""
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON or contains_individual_number(said):
        text = say("wrong_reason")
        raise FieldsRefused(text, (FieldRefused("reason", "not_fit", text),))
    async with house.db.house() as conn:
        found = await _open(conn, house, code)
        if found is None:
            raise NotFound(say("no_such_task"))
        await looks.note(conn, _look(found.task, "do_task"), now=house.clock(), new_id=house.new_id)
        sealed = found.resident.key.seal(REASON, said.encode())
        await store.settle(conn, found.task.id, "declined", house.clock(), reason=sealed)
        await tell(conn, house, found, "declined")
    return _opened(house, found)


async def tell(conn: Any, house: House, one: Hers, what: str) -> None:
    """A word to her, once for each `what` and last day."""
    task = one.task
    values: dict[str, str | Text] = {
        "who": one.asked.to,
        "paper": task.form.title,
        "procedure": house.catalogue.procedures[task.procedure].name,
        "until": day(task.ends_on),
    }
    about = f"/applications/{task.application}" if task.application else "/parts"
    note = notice(what, f"{task.id}:{task.ends_on}", task.ward, house.clock(), about=about, **values)
    await tell_one(conn, database.defer, task.resident, note)


async def _open(conn: Any, house: House, code: str) -> Hers | None:
    found = await store.by_code(conn, hashed(code)) if 0 < len(code) <= LONGEST_CODE else None
    if found is None or not found.is_open(house.today()) or not await joining.may_go_on(conn, found):
        return None
    whose: Resident | None = await resident_of(conn, found.resident, house.keys)
    return Hers(found, whose) if whose else None


def _opened(house: House, found: Hers) -> Opened:
    task = found.task
    procedure = house.catalogue.procedures[task.procedure].name
    return Opened(found.resident.basics.name, procedure, task.form, found.asked.to, task.ends_on)


def _look(task: Task, what: str) -> Look:
    """Whoever holds the link: the part that was asked is all we know of him."""
    return Look(
        task.resident, Looker("delegate", task.id, task.form.kind), what, "part", "part_asked", case_of(task.id)
    )
