"""A word to one person about a mandate, in the transaction that changes it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.family import words
from bff.family.kinds import kinds
from bff.family.mandate import HELD, OFFERED, Held, Mandate, Offered
from bff.identity.keys import KeyRing
from bff.identity.residents import Resident, resident_of
from life_events import Text
from notifications.delivery import tell_one

TOKYO = "130001"
"""The sender's place of somebody who lives in no ward."""


async def tell(
    conn: AsyncConnection,
    whom: Resident,
    what: str,
    mandate: Mandate,
    now: datetime,
    *,
    about: str = "/family",
    who: str,
    key: str = "",
    **values: str | Text,
) -> None:
    """Through the house's door; once for each `what`, mandate and `key`. `who`: the other side as `whom` knows it."""
    named = {"who": who, "kind": kinds()[mandate.kind].name, "until": words.on(mandate.ends_on), **values}
    note = words.notice(what, f"{mandate.id}:{whom.id}:{key}", whom.ward or TOKYO, now, about=about, **named)
    await tell_one(conn, database.defer, whom.id, note)


async def tell_side(
    conn: AsyncConnection, keys: KeyRing, resident: UUID | None, what: str, mandate: Mandate, now: datetime
) -> None:
    """Tell one of the two sides, by the name under which it knows the other; nothing when that account is gone."""
    whom = await resident_of(conn, resident, keys) if resident else None
    if whom is not None:
        await tell(conn, whom, what, mandate, now, who=other_side(mandate, whom))


def offered(mandate: Mandate, represented: Resident) -> Offered:
    """What who is represented knows of it."""
    if mandate.offered is None:
        return Offered("", "")
    return msgspec.json.decode(represented.key.open(OFFERED, mandate.offered), type=Offered)


def held(mandate: Mandate, representative: Resident) -> Held:
    """What who acts knows of it."""
    if mandate.held is None:
        return Held("", "")
    return msgspec.json.decode(representative.key.open(HELD, mandate.held), type=Held)


def other_side(mandate: Mandate, known_to: Resident) -> str:
    """The name of the other side, as this one knows it."""
    if mandate.represented == known_to.id:
        return offered(mandate, known_to).to
    knows = held(mandate, known_to)
    return knows.about or knows.wanted
