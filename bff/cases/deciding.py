"""What officials do to a case; each act is one transaction and is refused on a case that has changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db
from bff.applications import store as applications
from bff.applications.application import Returned
from bff.cases import store
from bff.cases.case import Case
from bff.cases.store import Actor
from bff.home.ward_says import hear
from bff.texts import say
from life_events import Catalogue

HAND_OVER: Final = "hand_over_case"
BY_RULE: Final = Actor(None, "自動決定")


class Changed(Exception):
    """Somebody else has done something to the case since it was shown, or it is over."""


class SomebodyElses(Exception):
    """Another official has claimed it."""


@dataclass(frozen=True)
class Decision:
    outcome: Literal["decided", "rejected"]
    note: str


async def claim(conn: AsyncConnection, found: Case, by: Actor, now: datetime) -> None:
    """Ward door. Raises `Changed`, `SomebodyElses`."""
    if found.state == "closed":
        raise Changed
    if found.claimed_by not in (None, by.id):
        raise SomebodyElses
    await _change(conn, found, claimed_by=by.id, claimed_name=by.name, claimed_at=now)
    await store.write(conn, found, "claimed", by=by, now=now)


async def release(conn: AsyncConnection, found: Case, by: Actor, now: datetime) -> None:
    """Ward door; also another's, whoever is on leave: it stands in the log."""
    await _change(conn, found, claimed_by=None, claimed_name=None, claimed_at=None)
    await store.write(conn, found, "released", by=by, now=now)


async def ask_back(
    conn: AsyncConnection,
    catalogue: Catalogue,
    found: Case,
    fields: Sequence[Returned],
    *,
    note: str,
    by: Actor,
    now: datetime,
) -> None:
    """House door. To her, with the fields as data, so that her form opens with those marked."""
    _is_theirs(found, by)
    await _change(conn, found, state="back", **_claimed(by, now))
    sent = await applications.held(conn, found.application)
    if sent is None or sent.settled:
        raise Changed
    await hear(conn, catalogue, sent, "sent_back", number="", note=note or None, now=now, fields=fields)
    await store.write(conn, found, "asked_back", by=by, now=now)


async def propose(conn: AsyncConnection, found: Case, by: Actor, now: datetime) -> None:
    """House door: decided as soon as a second person agrees."""
    _is_theirs(found, by)
    await _change(conn, found, state="second", **_claimed(by, now))
    await store.write(conn, found, "proposed", by=by, now=now)


async def give_back(conn: AsyncConnection, found: Case, by: Actor, now: datetime) -> None:
    """The second person did not agree."""
    await _change(conn, found, state="open")
    await store.write(conn, found, "not_agreed", by=by, now=now)


async def take_back(conn: AsyncConnection, found: Case, by: Actor, now: datetime) -> None:
    """House door. What was proposed is not put to a second person any more, or nobody has answered in time."""
    if found.state != "second":
        raise Changed
    await _change(conn, found, state="open")
    await store.write(conn, found, "taken_back", by=by, now=now)


async def decide(
    conn: AsyncConnection, catalogue: Catalogue, found: Case, decision: Decision, *, by: Actor, now: datetime
) -> None:
    """House door. Into her history and inbox, and a promise to hand it over to the ward's core system."""
    automatic = by is BY_RULE
    closed = {"state": "closed", "outcome": decision.outcome, "closed_at": now, "decided_by": by.name}
    await _change(conn, found, **closed, automatic=automatic, handover="waiting")
    sent = await applications.held(conn, found.application)
    if sent is None or sent.settled:
        raise Changed
    note = say("decided_by_rule").ja if automatic else decision.note or None
    await hear(conn, catalogue, sent, decision.outcome, number="", note=note, now=now)
    await store.write(conn, found, decision.outcome, by=by, now=now)
    await promise_handover(conn, found.application)


async def hand_over_again(conn: AsyncConnection, found: Case, by: Actor, now: datetime) -> bool:
    """House door. False: it did not fail, so that there is nothing to do again."""
    if not await store.takes_up_handover(conn, found.application):
        return False
    await store.write(conn, found, "handed_again", by=by, now=now)
    await promise_handover(conn, found.application)
    return True


async def promise_handover(conn: AsyncConnection, application: UUID) -> None:
    await db.defer(conn, HAND_OVER, args={"application": str(application)}, lock=f"case:{application}")


def _is_theirs(found: Case, by: Actor) -> None:
    if found.claimed_by not in (None, by.id):
        raise SomebodyElses


def _claimed(by: Actor, now: datetime) -> dict[str, object]:
    """Whoever acts on a free case has taken it up by that."""
    return {"claimed_by": by.id, "claimed_name": by.name, "claimed_at": now}


async def _change(conn: AsyncConnection, found: Case, **values: object) -> None:
    if found.state == "closed" or not await store.change(conn, found, **values):
        raise Changed
