"""She invites, and the other accepts after logging in as himself, or declines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import Denied, FieldRefused, FieldsRefused, NotFound, Refusal
from bff.facts import store as facts
from bff.family import people, store
from bff.family.house import House
from bff.family.kinds import Kind, kinds
from bff.family.mandate import HELD, OFFERED, Held, Mandate, Offered, seen_as
from bff.family.telling import offered, tell, tell_side
from bff.family.words import on, say
from bff.identity import attempts
from bff.identity.residents import Resident, is_leaving, resident_of
from life_events import Household, contains_individual_number

CODE_LIVES: Final = timedelta(days=7)
MOST_LIVE: Final = 20
MOST_TRIES: Final = 3
LONGEST_NAME: Final = 60
LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for one another; sixteen of them hold 79 bits."""


@dataclass(frozen=True)
class Wish:
    """What she wants to give. `person`: a member of her household by the register's id; None: herself. `agreed`: she
    states that this person, being of age, wants it too."""

    kind: str
    to: str
    person: str | None
    bundles: Sequence[str]
    purpose: str
    ends_on: date
    agreed: bool = False


@dataclass(frozen=True)
class Invitation:
    """What an invited person sees before saying yes, and nothing more."""

    mandate: Mandate
    giver: str
    about: str


async def invite(house: House, me: Resident, wish: Wish) -> tuple[Mandate, str]:
    """The mandate offered, and its one-time code, which is told this once; raises `FieldsRefused`."""
    async with house.db.resident(me.id) as conn:
        household = await household_of(conn, house, me)
        about = _about(wish, me, household, house)
        if mistakes := _mistakes(wish, about, house.today(), _latest(wish, household, house)):
            raise FieldsRefused(say("check_entries"), tuple(mistakes))
        if await store.live_of(conn, me.id) >= MOST_LIVE:
            raise Denied(say("too_many"))
    code, person = code_of(house.new_token()), None
    if household is not None and wish.person is not None and _is_of_age(wish):
        person = people.digest_of(house.person_secret, household.ward, wish.person)
    async with house.db.house() as conn:
        made = await _offer(conn, house, me, wish, about or me.basics.name, code, person)
        if person is not None:
            await _stated(conn, house, me, made, person)
    return made, code


async def look_at(house: House, me: Resident, code: str) -> Invitation:
    """What it says, to the person whose name is on it; raises `NotFound`, `Denied`."""
    async with house.db.house() as conn:
        found = await _open(conn, house, me, code)
    if isinstance(found, Refusal):
        raise found
    return found


async def accept(house: House, me: Resident, code: str) -> Mandate:
    """From now on she may act; raises `NotFound`, `Denied`."""
    async with house.db.house() as conn:
        found = await _open(conn, house, me, code)
        if isinstance(found, Invitation):
            mandate = found.mandate
            holds = Held(found.about, found.giver)
            await store.change(
                conn,
                mandate.id,
                state="accepted",
                representative=me.id,
                held=me.key.seal(HELD, msgspec.json.encode(holds)),
                accepted_at=house.clock(),
                code_hash=None,
                code_until=None,
            )
            giver = await resident_of(conn, mandate.represented, house.keys) if mandate.represented else None
            if giver is not None:
                await tell(conn, giver, "accepted", mandate, house.clock(), who=offered(mandate, giver).to)
            accepted = await store.one(conn, mandate.id)
    if isinstance(found, Refusal):
        raise found
    assert accepted is not None
    return accepted


async def decline(house: House, me: Resident, code: str) -> Mandate:
    """The invited person's no; the code is spent."""
    async with house.db.house() as conn:
        found = await _open(conn, house, me, code)
        if isinstance(found, Invitation):
            await store.finish(conn, found.mandate.id, "refused", by="representative", now=house.clock())
            await tell_side(conn, house.keys, found.mandate.represented, "ended", found.mandate, house.clock())
            declined = await store.one(conn, found.mandate.id)
    if isinstance(found, Refusal):
        raise found
    assert declined is not None
    return declined


async def household_of(conn: AsyncConnection, house: House, who: Resident) -> Household | None:
    """The register's last word on her household; None: not heard."""
    kept = (await facts.kept(conn, who, house.clock(), ("registry",))).get("registry")
    part = kept.told.part if kept and kept.told else None
    return part if isinstance(part, Household) else None


def hashed(code: str) -> bytes:
    """How a code stands in the database, however it was typed."""
    return hashlib.sha256("".join(code.split()).replace("-", "").casefold().encode()).digest()


async def _offer(
    conn: AsyncConnection, house: House, me: Resident, wish: Wish, about: str, code: str, person: bytes | None
) -> Mandate:
    """`person`: the digest of another grown person whom it is about."""
    id, names = house.new_id(), Offered(wish.to.strip(), about, agreed=_is_of_age(wish))
    await store.keep(
        conn,
        id=id,
        kind=wish.kind,
        state="offered",
        represented=me.id,
        person=wish.person,
        bundles=sorted(set(wish.bundles)),
        purpose=wish.purpose,
        offered=me.key.seal(OFFERED, msgspec.json.encode(names)),
        code_hash=hashed(code),
        code_until=house.clock() + CODE_LIVES,
        ward=me.ward,
        made_at=house.clock(),
        ends_on=wish.ends_on,
        about=person,
    )
    made = await store.one(conn, id)
    assert made is not None
    return made


async def _stated(conn: AsyncConnection, house: House, me: Resident, made: Mandate, person: bytes) -> None:
    """That she said he agrees is written down, and he is told where he has an account; `person`: his digest."""
    await _write_down(conn, house, me, "agreement_stated")
    for account in await people.accounts(conn, person, "self"):
        whom = await resident_of(conn, account, house.keys)
        if whom is not None and whom.id != me.id:
            await tell(conn, whom, "agreed", made, house.clock(), who=me.basics.name)


async def _open(conn: AsyncConnection, house: House, me: Resident, code: str) -> Invitation | Refusal:
    """A refusal is handed back, not raised, so that what is counted and written down stays."""
    found = await store.by_code(conn, hashed(code))
    giver = await resident_of(conn, found.represented, house.keys) if found and found.represented else None
    if found is None or giver is None or not found.is_open(house.clock()) or "task" in found.rules.items:
        await _write_down(conn, house, me, "invitation_unknown")
        return NotFound(say("no_such_mandate"))
    if giver.id == me.id:
        await _write_down(conn, house, me, "invitation_own")
        return Denied(say("own_invitation"))
    names = offered(found, giver)
    if seen_as(me.basics.name) != seen_as(names.to):
        if await store.wrong_try(conn, found.id) >= MOST_TRIES:
            await store.finish(conn, found.id, "ended", by="tries", now=house.clock())
        await _write_down(conn, house, me, "invitation_of_another")
        return Denied(say("name_differs"))
    if await is_leaving(conn, giver.id):
        return Denied(say("leaving"))
    return Invitation(found, giver.basics.name, names.about)


async def _write_down(conn: AsyncConnection, house: House, who: Resident, outcome: str) -> None:
    """By whom it was tried and what came of it, never the code."""
    await attempts.write_down(conn, realm="resident", outcome=outcome, now=house.clock(), who=who.id)


def _about(wish: Wish, me: Resident, household: Household | None, house: House) -> str | None:
    """The name of whom it is about; None: nobody it may be about."""
    rules = kinds().get(wish.kind)
    if rules is None:
        return None
    if wish.person is None:
        return me.basics.name if rules.about != "child" else None
    member = household.member(wish.person) if household else None
    if household is None or member is None or member.me:
        return None
    minor = member in people.children(household, house.catalogue.law, house.today())
    fits = {"child": minor, "adult": house.today() >= people.of_age_on(member, house.catalogue.law, house.today())}
    return member.name if fits.get(rules.about, False) else None


def _latest(wish: Wish, household: Household | None, house: House) -> date:
    """The furthest last day: as the kind allows, and about a child not beyond the day before it is of age."""
    rules, today = kinds().get(wish.kind), house.today()
    latest = today + timedelta(days=rules.longest_days if rules else 0)
    member = household.member(wish.person) if household and wish.person else None
    if rules is None or rules.about != "child" or member is None:
        return latest
    return min(latest, people.of_age_on(member, house.catalogue.law, today) - timedelta(days=1))


def _mistakes(wish: Wish, about: str | None, today: date, latest: date) -> Sequence[FieldRefused]:
    rules = kinds().get(wish.kind)
    if rules is None or rules.given_by != "resident":
        return [FieldRefused("kind", "unknown_kind", say("unknown_kind"))]
    name = wish.to.strip()
    wrong = {
        "to": not name or len(name) > LONGEST_NAME or contains_individual_number(name),
        "person": about is None,
        "personAgrees": about is not None and _is_of_age(wish) and not wish.agreed,
        "bundles": not _is_scope(wish, rules),
        "purpose": wish.purpose not in rules.purposes,
        "endsOn": not today < wish.ends_on <= latest,
    }
    texts = {
        "to": say("wrong_name"),
        "person": say("wrong_person"),
        "personAgrees": say("not_agreed", name=about or ""),
        "bundles": say("wrong_scope"),
        "purpose": say("wrong_scope"),
        "endsOn": say("wrong_end", latest=on(latest)),
    }
    codes = {"personAgrees": "not_agreed"}
    return [FieldRefused(one, codes.get(one, "not_fit"), texts[one]) for one, is_wrong in wrong.items() if is_wrong]


def _is_of_age(wish: Wish) -> bool:
    """Whether it is about somebody else who speaks for himself; `_about` has looked at the ages."""
    rules = kinds().get(wish.kind)
    return wish.person is not None and rules is not None and rules.about != "child"


def _is_scope(wish: Wish, rules: Kind) -> bool:
    return set(wish.bundles) <= set(rules.bundles) and bool(wish.bundles) == bool(rules.bundles)


def code_of(token: str) -> str:
    """Sixteen letters and digits in four groups, which a person can also type."""
    number = int.from_bytes(hashlib.sha256(token.encode()).digest(), "big")
    letters = []
    for _ in range(16):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))
