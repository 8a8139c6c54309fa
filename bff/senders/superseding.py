"""An event is said anew under a higher revision, or taken back: in the place of what was told, and to exactly those who
were told. What is taken back stays so, whatever comes late."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.family import people
from bff.identity.residents import resident_of
from bff.senders import calls, consents, store, telling, trial
from bff.senders.event import CaseStep, Event, Fault, Notice, digest
from bff.senders.house import House
from bff.senders.keys import Caller, Sender
from bff.senders.problems import Refused
from bff.senders.store import Kept, Seals
from bff.senders.taken import Taken, state_of

STAYS = ("urgency", "topic", "case")
"""What a revision cannot change, since it has been acted upon: who was rung at night, what is muted, which case."""


async def over(
    conn: AsyncConnection, house: House, caller: Caller, name: str, event: Event, before: Sequence[Kept]
) -> Taken | None:
    """What `event` is to what was taken before under its name. None: nobody has been told yet, so it is taken as if it
    came first. Raises Refused."""
    kept = before[0]
    if kept.state == "withdrawn":
        raise Refused("withdrawn", f"{name} was taken back; give what you have to say a new id")
    if event.revision < kept.revision:
        raise Refused("stale", f"revision {kept.revision} of {name} was taken already; this is {event.revision}")
    if event.revision == kept.revision:
        if kept.digest != digest(event):
            raise Refused("taken", f"{name} was used for another event; say it anew under revision {kept.revision + 1}")
        return Taken(name, state_of(before), kept.revision, fresh=False)
    await _must_be_hers(conn, house, caller.sender, event, kept)
    if kept.resident is None and not kept.trial:
        await store.arrive(conn, kept)
        return None
    for one in before:
        await _revised(conn, house, caller.sender, name, event, one)
    told = {"event": name, "revision": event.revision, **({"trial": True} if kept.trial else {})}
    id, now = house.new_id(), house.clock()
    await calls.tell(conn, house.defer, caller.sender.id, "event.revised", id=id, now=now, **told)
    state = trial.state_of(kept) if kept.trial else "delivered"
    return Taken(name, state, event.revision, fresh=False)


async def withdraw(house: House, caller: Caller, name: str) -> Taken:
    """Again is the same. Raises Refused."""
    sender, now = caller.sender, house.clock()
    async with house.db.house() as conn:
        await store.alone(conn, sender.id, name)
        before = await store.named(conn, sender.id, name, trial=caller.key.trial)
        if not before:
            raise Refused("not_there")
        if before[0].state != "withdrawn":
            await store.withdraw(conn, sender.id, name, trial=caller.key.trial)
            for one in before:
                if one.notice is not None:
                    await telling.take_back(conn, house.defer, one.notice, now=now)
            told = {"event": name, **({"trial": True} if before[0].trial else {})}
            await calls.tell(conn, house.defer, sender.id, "event.withdrawn", id=house.new_id(), now=now, **told)
    return Taken(name, "withdrawn", before[0].revision, fresh=False)


async def _must_be_hers(conn: AsyncConnection, house: House, sender: Sender, event: Event, kept: Kept) -> None:
    """The same person, and one who has not said no since. Raises Refused."""
    seals = Seals(house.person_secret)
    if kept.trial:
        known = event.subject.encode()
    elif sender.ward is not None:
        known = people.digest_of(house.person_secret, sender.ward, event.subject)
    else:
        known = seals.subject(sender.id, event.subject)
        if await consents.whose(conn, sender.id, event.subject) is None:
            raise Refused("no_consent")
    if known != kept.subject:
        raise Refused("unfit", faults=[Fault("subject", "a revision is about the same person")])


async def _revised(conn: AsyncConnection, house: House, sender: Sender, name: str, event: Event, kept: Kept) -> None:
    who = await resident_of(conn, kept.resident, house.keys) if kept.resident else None
    key = who.key if who else Seals(house.person_secret).waiting(kept.id) if kept.trial else None
    if key is not None and kept.body:
        _must_stay(kept.opened(key), event)
    await store.revise(conn, kept.id, key, event)
    if who is not None and kept.notice is not None:
        await telling.say_anew(conn, house.defer, event, id=kept.notice, now=house.clock())


def _must_stay(before: Event, event: Event) -> None:
    """Raises Refused."""
    if type(before) is not type(event):
        raise Refused("unfit", faults=[Fault("kind", "a revision keeps it")])
    assert isinstance(event, Notice | CaseStep)
    changed = [one for one in STAYS if getattr(before, one, None) != getattr(event, one, None)]
    if changed:
        raise Refused("unfit", faults=[Fault(one, "a revision keeps it") for one in changed])
