"""Whose mandate it is: who is represented, who acts, and the grown person it is about where another gave it. Who may
end it by its kind ends it with one tap, and the others hear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import Denied, NotFound
from bff.family import people, store
from bff.family.house import House
from bff.family.kinds import Side
from bff.family.mandate import OVER, Mandate
from bff.family.telling import offered, tell, tell_side
from bff.family.words import say
from bff.identity import attempts
from bff.identity.residents import Resident, resident_of


@dataclass(frozen=True)
class AboutMe:
    """A mandate about the viewer that another member of the household gave, with both names."""

    mandate: Mandate
    giver: str
    to: str


async def about_me(house: House, me: Resident) -> Sequence[AboutMe]:
    """Those that others gave about her, newest first; none as long as the register has not been heard."""
    async with house.db.house() as conn:
        digest = await people.myself(conn, me.id)
        rows = await store.about_person(conn, digest) if digest else ()
        those = [one for one in rows if me.id not in (one.represented, one.representative)]
        return [await _named(conn, house, one) for one in those]


async def seen_from_beside(house: House, me: Resident, mandate: Mandate) -> AboutMe | None:
    """None: she is one of the two it lies between."""
    if me.id in (mandate.represented, mandate.representative):
        return None
    async with house.db.house() as conn:
        return await _named(conn, house, mandate)


async def end(house: House, me: Resident, mandate: UUID | None) -> Mandate:
    """Over at once; raises `NotFound`, and `Denied` where only a ward or the law ends."""
    async with house.db.house() as conn:
        found = await store.one(conn, mandate, lock=True) if mandate else None
        side = await _side(conn, found, me) if found else None
        if found is None or side is None:
            raise NotFound(say("no_such_mandate"))
        if side not in found.rules.ended_by:
            raise Denied(say("not_yours_to_end"))
        if found.state not in OVER:
            await store.finish(conn, found.id, "revoked", by=side, now=house.clock())
            await _tell_the_others(conn, house, found, side, me)
        over = await store.one(conn, found.id)
    assert over is not None
    return over


async def _side(conn: AsyncConnection, found: Mandate, me: Resident) -> Side | None:
    if me.id == found.represented:
        return "represented"
    if me.id == found.representative:
        return "representative"
    is_about = found.about is not None and found.about == await people.myself(conn, me.id)
    return "about" if is_about else None


async def _tell_the_others(conn: AsyncConnection, house: House, found: Mandate, side: Side, me: Resident) -> None:
    if side != "about":
        other = found.representative if side == "represented" else found.represented
        await tell_side(conn, house.keys, other, "ended", found, house.clock())
        return
    await attempts.write_down(conn, realm="resident", outcome="agreement_denied", now=house.clock(), who=me.id)
    names = await _named(conn, house, found)
    for account, who in ((found.represented, names.to), (found.representative, names.giver)):
        whom = await resident_of(conn, account, house.keys) if account else None
        if whom is not None:
            await tell(conn, whom, "denied", found, house.clock(), who=who, name=me.basics.name)


async def _named(conn: AsyncConnection, house: House, one: Mandate) -> AboutMe:
    giver = await resident_of(conn, one.represented, house.keys) if one.represented else None
    if giver is None:
        return AboutMe(one, "", "")
    return AboutMe(one, giver.basics.name, offered(one, giver).to)
