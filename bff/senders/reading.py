"""What a sender may ask of its own, and a resident of hers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from bff.family import people
from bff.identity.residents import Resident, resident_of
from bff.senders import consents, store, trial
from bff.senders.case import Case, rebuilt
from bff.senders.event import NAME, CaseStep
from bff.senders.house import House
from bff.senders.keys import Caller
from bff.senders.problems import Refused
from bff.senders.store import Kept, Seals
from bff.senders.taken import state_of

MOST_STEPS: Final = 1000


async def event(house: House, caller: Caller, name: str) -> Mapping[str, Any]:
    """What became of it. Raises Refused."""
    if not NAME.fullmatch(name):
        raise Refused("not_there")
    async with house.db.house() as conn:
        found = await store.named(conn, caller.sender.id, name, trial=caller.key.trial)
    if not found:
        raise Refused("not_there")
    if caller.key.trial:
        return {"id": name, "revision": found[0].revision, **trial.outcome(found[0])}
    opened = min((one.opened_at for one in found if one.opened_at), default=None)
    return {
        "id": name,
        "revision": found[0].revision,
        "state": state_of(found),
        **({"opened_at": opened} if opened else {}),
    }


async def case(house: House, caller: Caller, name: str, subject: str) -> Mapping[str, Any]:
    """As she sees it, built from what this sender has told. Raises Refused."""
    sender = caller.sender
    if caller.key.trial or "cases" not in caller.key.scopes:
        raise Refused("scope", "cases are read with a live key of the scope cases")
    async with house.db.house() as conn:
        if sender.ward is not None:
            known = people.digest_of(house.person_secret, sender.ward, subject)
            whom = await people.accounts(conn, known, "self") or await people.accounts(conn, known, "child")
        else:
            known = Seals(house.person_secret).subject(sender.id, subject)
            whom = [one for one in [await consents.whose(conn, sender.id, subject)] if one]
        who = await resident_of(conn, whom[0], house.keys) if whom else None
        key = Seals(house.person_secret).case(sender.id, known, name)
        rows = await store.of_case(conn, key, who.id) if who else ()
    found = rebuilt(sender.id, _steps(who, rows)) if who else None
    if found is None:
        raise Refused("not_there")
    told: Mapping[str, Any] = msgspec.to_builtins(found)
    return {name: value for name, value in told.items() if name != "sender"}


async def cases_of(house: House, me: Resident) -> Sequence[Case]:
    """All of hers, the one that changed last first."""
    async with house.db.resident(me.id) as conn:
        rows = await store.steps_of(conn, me.id, MOST_STEPS)
    grouped: dict[tuple[str, str], list[tuple[str, CaseStep]]] = defaultdict(list)
    for row, (name, step) in zip(rows, _steps(me, rows), strict=True):
        grouped[row.sender, step.case].append((name, step))
    found = [rebuilt(sender, steps) for (sender, _), steps in grouped.items()]
    return sorted(filter(None, found), key=lambda one: one.changed_at, reverse=True)


def _steps(who: Resident, rows: Sequence[Kept]) -> list[tuple[str, CaseStep]]:
    opened = [(row.name, row.opened(who.key)) for row in rows]
    return [(name, step) for name, step in opened if isinstance(step, CaseStep)]
