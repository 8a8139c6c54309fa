"""What only a ward may say: that somebody is a child's other parent, or a legal guardian. Papers and a case number.

Neither the other parent's yes nor her account is asked: each parent's right is his or her own (民法818条, 820条).
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import Denied, FieldRefused, FieldsRefused
from bff.family import people, store
from bff.family.house import House
from bff.family.inviting import LONGEST_NAME, household_of
from bff.family.kinds import kinds
from bff.family.mandate import HELD, OFFERED, Held, Mandate, Offered
from bff.family.official import By, NotConfirmed, leaves_a_row, look
from bff.family.telling import held, other_side, tell
from bff.family.words import say
from bff.identity.residents import Resident, resident_of
from bff.ledger import looks
from life_events import Member, contains_individual_number

ASKED_LIVES: Final = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """A request as the ward's official sees it: who asks, as what, about whom in the asker's own words."""

    mandate: Mandate
    asker: str
    wanted: str


@dataclass(frozen=True)
class Found:
    """What the papers point at: the request, who asks, whose account tells of the person, the person, the last day."""

    asked: Mandate
    asker: Resident
    holder: Resident
    member: Member
    ends_on: date


async def ask(house: House, me: Resident, kind: str, ward: str, wanted: str) -> Mandate:
    """She asks a ward to confirm what papers show; raises `FieldsRefused`."""
    rules, name = kinds().get(kind), wanted.strip()
    mistakes = [
        ("kind", rules is None or rules.given_by != "official", "unknown_kind"),
        ("ward", ward not in house.catalogue.wards, "no_ward"),
        ("wanted", not name or len(name) > LONGEST_NAME or contains_individual_number(name), "wrong_name"),
    ]
    wrong = tuple(FieldRefused(field, "not_fit", say(text)) for field, is_wrong, text in mistakes if is_wrong)
    if wrong or rules is None:
        raise FieldsRefused(say("check_entries"), wrong)
    async with house.db.resident(me.id) as conn:
        if sum(one.state == "asked" for one in await store.of(conn, me.id)) >= LONGEST_WAITING:
            raise Denied(say("too_many"))
        id = house.new_id()
        await store.keep(
            conn,
            id=id,
            kind=kind,
            state="asked",
            representative=me.id,
            bundles=sorted(rules.bundles),
            purpose=rules.purposes[0],
            held=me.key.seal(HELD, msgspec.json.encode(Held("", "", name))),
            ward=ward,
            made_at=house.clock(),
            ends_on=house.today() + ASKED_LIVES,
        )
        made = await store.one(conn, id)
    assert made is not None
    return made


LONGEST_WAITING: Final = 5


async def of_ward(house: House, by: By) -> Sequence[Asked]:
    """What waits in this ward, and what stands confirmed there."""
    async with house.db.ward(by.ward) as conn:
        rows = await store.asked_of(conn, by.ward)
    shown = []
    async with house.db.house() as conn:
        for one in rows:
            asker = await resident_of(conn, one.representative, house.keys) if one.representative else None
            if asker is not None and one.rules.given_by == "official":
                names = held(one, asker)
                shown.append(Asked(one, asker.basics.name, names.about or names.wanted))
    return shown


async def find(conn: AsyncConnection, house: House, by: By, mandate: UUID, person: bytes, until: date | None) -> Found:
    """With the papers seen: the person (by the digest of the ward's own number) stands in one account here. `until`:
    the papers' own last day. House door; the request is held until the end; raises `NotConfirmed`."""
    asked = await store.one(conn, mandate, lock=True)
    if asked is None or asked.ward != by.ward:
        raise NotConfirmed("not_there")
    if asked.state != "asked" or asked.representative is None or asked.rules.given_by != "official":
        raise NotConfirmed("not_there", asked.represented)
    asker = await resident_of(conn, asked.representative, house.keys)
    if asker is None:
        raise NotConfirmed("nobody")
    holder, member = await _holder(conn, house, by, asked, person)
    if until is not None and until <= house.today():
        raise NotConfirmed("last_day", holder.id)
    return Found(asked, asker, holder, member, _last_day(house, asked, member, until))


async def register(conn: AsyncConnection, house: House, by: By, found: Found, case: str) -> None:
    """The person is from now on seen by the asker within the kind's rules; both are told (house door)."""
    holder, member, asker = found.holder, found.member, found.asker
    names = Offered(asker.basics.name, member.name)
    await store.change(
        conn,
        found.asked.id,
        state="accepted",
        represented=holder.id,
        person=None if member.me else member.person,
        offered=holder.key.seal(OFFERED, msgspec.json.encode(names)),
        held=asker.key.seal(HELD, msgspec.json.encode(Held(member.name, ""))),
        official=by.id,
        case_number=case,
        accepted_at=house.clock(),
        ends_on=found.ends_on,
    )
    made = await store.one(conn, found.asked.id)
    assert made is not None
    await tell(conn, holder, "confirmed", made, house.clock(), who=asker.basics.name)
    await tell(conn, asker, "confirmed", made, house.clock(), who=member.name)


async def decline(house: House, by: By, mandate: UUID, case_number: str) -> None:
    """Not confirmed, or ended because it does not hold any more; both sides hear it."""
    async with leaves_a_row(house, by, case_number) as case, house.db.house() as conn:
        found = await store.one(conn, mandate, lock=True)
        if found is None or found.ward != by.ward:
            raise NotConfirmed("not_there")
        if found.state not in ("asked", "accepted") or found.rules.given_by != "official":
            raise NotConfirmed("not_there", found.represented)
        await store.change(conn, found.id, official=by.id, case_number=case)
        was_asked = found.state == "asked"
        await store.finish(conn, found.id, "refused" if was_asked else "ended", by="official", now=house.clock())
        for side in (found.representative, found.represented):
            whom = await resident_of(conn, side, house.keys) if side else None
            if whom is not None:
                what = "not_confirmed" if was_asked else "ended"
                await tell(conn, whom, what, found, house.clock(), who=other_side(found, whom))
        if found.represented is not None:
            await looks.note(conn, look(by, found.represented, case), now=house.clock(), new_id=house.new_id)


async def _holder(
    conn: AsyncConnection, house: House, by: By, asked: Mandate, person: bytes
) -> tuple[Resident, Member]:
    """The account that tells of this person, and the person: the oldest account in which she stands so."""
    about, secret = asked.rules.about, house.person_secret
    mine = await people.accounts(conn, person, "child")
    if about == "anybody":
        mine = [*await people.accounts(conn, person, "self"), *mine, *await people.accounts(conn, person, "other")]
    for resident in mine:
        holder = await resident_of(conn, resident, house.keys) if resident != asked.representative else None
        household = await household_of(conn, house, holder) if holder else None
        for member in household.members if household else ():
            is_she = hmac.compare_digest(people.digest_of(secret, by.ward, member.person), person)
            if holder is not None and is_she and _fits(house, about, member):
                return holder, member
    raise NotConfirmed("nobody", mine[0] if mine else None)


def _fits(house: House, about: str, member: Member) -> bool:
    return about == "anybody" or house.today() < people.of_age_on(member, house.catalogue.law, house.today())


def _last_day(house: House, asked: Mandate, member: Member, until: date | None) -> date:
    """A parent's: the day before the child is of age. A guardian's: as the papers say, at most as the kind allows."""
    today = house.today()
    latest = today + timedelta(days=asked.rules.longest_days)
    of_age = people.of_age_on(member, house.catalogue.law, today) - timedelta(days=1)
    if asked.rules.about == "child":
        return of_age
    if today <= of_age:
        latest = min(latest, of_age)
    return min(until, latest) if until else latest
