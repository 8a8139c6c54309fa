"""She asks others for their part, sends the link again, gives more time, or takes it back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store as applications
from bff.applications.application import Application
from bff.errors import Denied, FieldRefused, FieldsRefused, NotFound, StepClosed
from bff.family.house import House
from bff.family.inviting import code_of, hashed
from bff.identity.residents import Resident
from bff.tasks import joining, store
from bff.tasks.papers import papers
from bff.tasks.task import ASKED, Asked, Hers, Task
from bff.tasks.words import say
from life_events import Part, contains_individual_number

MOST_OPEN: Final = 20
LONGEST_NAME: Final = 60
PERSON: Final = re.compile(r"[A-Za-z0-9_\-]{0,60}")
"""How a person of the register is named in a step; empty: the step is of nobody else."""
MAY_BE_ASKED_IN: Final = frozenset({"waiting", "sent_back", "withdrawn", "rejected", "decided"})
"""How the last sending of the step may stand; where it was decided, asking is for the next time."""


@dataclass(frozen=True)
class Wish:
    """`step`: `procedure` or `procedure:person`. `to`: as she calls whom she asks."""

    step: str
    part: str
    to: str
    ends_on: date


def askable(house: House, step: str) -> tuple[Part, ...]:
    """What others may add to this step, in the order of its file."""
    procedure = house.catalogue.procedures.get(step.partition(":")[0])
    return procedure.parts if procedure else ()


async def ask(house: House, me: Resident, wish: Wish) -> Hers:
    """Raises a `Refusal`; nothing is kept then. An application of the step that waits already waits for this too."""
    part = next((one for one in askable(house, wish.step) if one.id == wish.part), None)
    procedure, _, subject = wish.step.partition(":")
    if part is None or me.ward is None or not _may_be_person(subject):
        raise NotFound(say("part_not_here"))
    _check(wish.to, wish.ends_on, part.paper, house.today())
    id, code = house.new_id(), code_of(house.new_token())
    async with house.db.resident(me.id) as conn:
        sent = await _sent(conn, me, wish.step)
        if sent is not None and sent.state not in MAY_BE_ASKED_IN:
            raise StepClosed(say("not_open_now"))
        if await store.open_of(conn, me.id) >= MOST_OPEN:
            raise Denied(say("too_many_open"))
        fresh = await store.keep(
            conn,
            id=id,
            resident=me.id,
            ward=me.ward,
            procedure=procedure,
            subject=subject or None,
            part=part.id,
            paper=part.paper,
            application=sent.id if sent is not None and sent.state == "waiting" else None,
            asked=me.key.seal(ASKED, msgspec.json.encode(Asked(wish.to.strip(), code))),
            code_hash=hashed(code),
            ends_on=wish.ends_on,
            made_at=house.clock(),
        )
        if not fresh:
            raise Denied(say("already_asked"))
        return await _hers(conn, me, id)


async def renew(house: House, me: Resident, task: UUID | None, ends_on: date) -> Hers:
    """More time, under a new code; the old link opens nothing any more. Raises a `Refusal`."""
    async with house.db.resident(me.id) as conn:
        found = await _found(conn, me, task)
        _check("ok", ends_on, found.paper, house.today())
        if found.state not in ("asked", "expired", "declined") or not await joining.may_go_on(conn, found):
            raise Denied(say("not_renewable"))
        if found.state != "asked" and await _is_asked_anew(conn, found):
            raise Denied(say("already_asked"))
        code = code_of(house.new_token())
        await store.change(
            conn,
            found.id,
            state="asked",
            settled_at=None,
            reminded_at=None,
            reason=None,
            asked=me.key.seal(ASKED, msgspec.json.encode(Asked(Hers(found, me).asked.to, code))),
            code_hash=hashed(code),
            ends_on=ends_on,
        )
        return await _hers(conn, me, found.id)


async def take_back(house: House, me: Resident, task: UUID | None) -> Hers:
    """Its link opens nothing from this moment; an application that waited for nothing else goes to the ward."""
    async with house.db.house() as conn:
        found = await _found(conn, me, task)
        if found.state in ("asked", "declined", "expired"):
            await store.settle(conn, found.id, "taken_back", house.clock())
            await joining.go_on(conn, house.catalogue, found.application, house.clock())
        return await _hers(conn, me, found.id)


async def all_of(house: House, me: Resident) -> list[Hers]:
    async with house.db.resident(me.id) as conn:
        return [Hers(one, me) for one in await store.of(conn, me.id)]


async def _sent(conn: AsyncConnection, me: Resident, step: str) -> Application | None:
    return (await applications.newest_of_each_step(conn, me.id)).get(step)


async def _is_asked_anew(conn: AsyncConnection, found: Task) -> bool:
    same = (found.procedure, found.subject, found.part)
    mine = await store.of(conn, found.resident)
    return any(one.state == "asked" and (one.procedure, one.subject, one.part) == same for one in mine)


async def _found(conn: AsyncConnection, me: Resident, task: UUID | None) -> Task:
    found = await store.one(conn, me.id, task) if task else None
    if found is None:
        raise NotFound(say("no_such_part"))
    return found


async def _hers(conn: AsyncConnection, me: Resident, task: UUID) -> Hers:
    found = await store.one(conn, me.id, task)
    assert found is not None
    return Hers(found, me)


def _may_be_person(subject: str) -> bool:
    return PERSON.fullmatch(subject) is not None and not contains_individual_number(subject)


def _check(to: str, ends_on: date, paper: str, today: date) -> None:
    name, days = to.strip(), papers()[paper].longest_days
    wrong = []
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or contains_individual_number(name):
        wrong.append(FieldRefused("to", "not_fit", say("wrong_name")))
    if not today < ends_on <= today + timedelta(days=days):
        wrong.append(FieldRefused("endsOn", "not_fit", say("wrong_end", days=str(days))))
    if wrong:
        raise FieldsRefused(wrong[0].message, tuple(wrong))
