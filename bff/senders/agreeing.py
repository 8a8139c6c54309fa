"""Her yes and no to a sender that is no office of hers, and what that sender hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bff.errors import FieldRefused, FieldsRefused, NotFound
from bff.identity.residents import Resident
from bff.senders import calls, consents, keys
from bff.senders.house import House
from bff.senders.words import say
from bff.texts import say as house_says
from life_events import Text, contains_individual_number

BY_CONSENT: Final = ("nation", "private")
LONGEST: Final = 60


@dataclass(frozen=True)
class Shown:
    """`subject` and `agreed_at` None: she has not said yes."""

    id: str
    name: Text
    subject: str | None
    agreed_at: datetime | None


async def shown(house: House, me: Resident) -> Sequence[Shown]:
    """Every sender she may agree to."""
    async with house.db.house() as conn:
        everybody = await keys.listed(conn)
    async with house.db.resident(me.id) as conn:
        agreed = {one.sender: one for one in await consents.of(conn, me.id)}
    return [
        Shown(one.id, one.name, yes.subject if yes else None, yes.given_at if yes else None)
        for one in everybody
        if one.kind in BY_CONSENT
        for yes in [agreed.get(one.id)]
    ]


async def agree(house: House, me: Resident, sender: str, reference: str) -> None:
    """`reference`: by what the sender knows her, such as a customer number; told to it once, and not kept. Raises
    NotFound and FieldsRefused."""
    plain = reference.strip()
    if len(plain) > LONGEST or not plain.isprintable() or contains_individual_number(plain):
        text = say("reference_refused")
        raise FieldsRefused(text, (FieldRefused("reference", "shape", text),))
    async with house.db.house() as conn:
        found = await keys.sender_of(conn, sender) if sender.isprintable() else None
        if found is None or found.kind not in BY_CONSENT:
            raise NotFound(house_says("not_found"))
        subject = await consents.give(conn, me, sender, house.pairwise, house.clock())
        more: dict[str, Any] = {"subject": subject, **({"reference": plain} if plain else {})}
        await calls.tell(conn, house.defer, sender, "consent.given", id=house.new_id(), now=house.clock(), **more)


async def stop(house: House, me: Resident, sender: str) -> None:
    """Nothing to do where she had not agreed."""
    if not sender.isprintable():
        return
    now = house.clock()
    async with house.db.house() as conn:
        subject = await consents.end(conn, me.id, sender[:200], now)
        if subject is not None:
            await calls.tell(conn, house.defer, sender, "consent.ended", id=house.new_id(), now=now, subject=subject)
