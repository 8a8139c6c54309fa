"""Pretend recipients: a sender tries its own programme with them, and each behaves as it is called. Nobody is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.senders import calls, store
from bff.senders.event import Event, digest
from bff.senders.house import House
from bff.senders.keys import Sender
from bff.senders.problems import Refused
from bff.senders.store import Kept, Seals

RECIPIENTS: Final[Mapping[str, Sequence[str]]] = {
    "trial-delivers": ("event.delivered",),
    "trial-opens": ("event.delivered", "event.opened"),
    "trial-answers": ("event.delivered", "event.opened", "event.answered"),
    "trial-fails": ("event.failed",),
    "trial-waits": ("event.waiting",),
    "trial-expires": ("event.waiting", "event.expired"),
    "trial-refuses": (),
}
"""What is told of an event to each of them, in this order; `trial-refuses` has not agreed."""


async def take(conn: AsyncConnection, house: House, sender: Sender, name: str, event: Event, now: datetime) -> str:
    """The state it comes into. Raises Refused."""
    told = RECIPIENTS.get(event.subject)
    if told is None:
        raise Refused("trial_only", f"the recipients of a trial key are {', '.join(RECIPIENTS)}")
    if not told:
        raise Refused("no_consent")
    state = told[0].removeprefix("event.")
    id = house.new_id()
    line = {"id": id, "sender": sender.id, "trial": True, "name": name, "digest": digest(event)}
    subject = event.subject.encode()
    await store.keep(
        conn, Seals(house.person_secret).waiting(id), event, **line, state=state, subject=subject, taken_at=now
    )
    for what in told:
        call = house.new_id()
        await calls.tell(conn, house.defer, sender.id, what, id=call, now=now, event=name, trial=True, **_besides(what))
    return state


def state_of(kept: Kept) -> str:
    """What it has come to by now: the last of what is told of it."""
    return RECIPIENTS[kept.subject.decode()][-1].removeprefix("event.")


def outcome(kept: Kept) -> Mapping[str, Any]:
    """As GET shows it, so that all can be tried out without an address of one's own."""
    if kept.state == "withdrawn":
        return {"state": "withdrawn"}
    told = RECIPIENTS[kept.subject.decode()]
    opened = {"opened_at": kept.taken_at} if "event.opened" in told else {}
    return {"state": state_of(kept), **opened, **_besides(told[-1])}


def _besides(what: str) -> dict[str, Any]:
    if what == "event.answered":
        return {"answer": {"choice": "yes"}}
    return {"reason": "pretend"} if what == "event.failed" else {}
