"""Her children as the register tells them, and what a teenager sees of those who see her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bff import home
from bff.applications import store as applications
from bff.applications.application import Application
from bff.family import people, store
from bff.family.house import House
from bff.family.inviting import household_of
from bff.family.kinds import item_name, kinds, sensitive
from bff.family.mandate import Mandate
from bff.family.telling import offered
from bff.family.words import say
from bff.identity.residents import Resident, is_leaving, resident_of
from life_events import Household, Member, Text
from life_events.dates import birthday


@dataclass(frozen=True)
class Child:
    """A minor she brings up. `has_own_account`: the child sees what is seen of it."""

    person: str
    name: str
    birth_date: date
    of_age_on: date
    sees_from: date
    has_own_account: bool
    others: Sequence[str]


@dataclass(frozen=True)
class Watcher:
    """Who sees something of her: as what, on what it rests, and which kinds of things;
    `until`: the last day."""

    name: str
    kind: Text
    items: Sequence[Text]
    until: date


@dataclass(frozen=True)
class SeenBy:
    """Everything that is seen of a teenager: by whom, and the very things."""

    watchers: Sequence[Watcher]
    steps: Sequence[Text]
    applications: Sequence[Application]


async def children_of(house: House, me: Resident) -> Sequence[Child]:
    """Empty as long as the register has not been heard."""
    async with house.db.resident(me.id) as conn:
        household = await household_of(conn, house, me)
    if household is None:
        return ()
    return [await _child(house, me, household, one) for one in _minors(house, household)]


async def seen_by_guardians(house: House, me: Resident) -> SeenBy | None:
    """None: she is no minor, not old enough yet, or the register has not been heard."""
    async with house.db.resident(me.id) as conn:
        household = await household_of(conn, house, me)
    mine = household.me if household else None
    if household is None or mine is None or not _may_see(house, mine):
        return None
    async with house.db.house() as conn:
        digest = people.digest_of(house.person_secret, household.ward, mine.person)
        theirs = [one for one in await people.accounts(conn, digest, "child") if not await is_leaving(conn, one)]
        holders = [await resident_of(conn, one, house.keys) for one in theirs]
    watchers: list[Watcher] = []
    steps: dict[str, Text] = {}
    sent: list[Application] = []
    for holder in filter(None, holders):
        until = people.of_age_on(mine, house.catalogue.law, house.today()) - timedelta(days=1)
        watchers.append(Watcher(holder.basics.name, say("by_register"), _all_items(), until))
        watchers += await _delegates(house, holder, mine.person)
        async with house.db.resident(holder.id) as conn:
            whole = await home.of(conn, holder, house.catalogue, today=house.today(), now=house.clock())
            rows = await applications.page(conn, holder.id, 50, None)
        every = (step for bundle in whole.bundles for step in (*bundle.steps, *bundle.more))
        about_me = (one for one in every if one.subject and one.subject.id == mine.person)
        steps |= {one.id: one.name for one in about_me if one.procedure not in _guardians_own()}
        sent += [one for one in rows if one.subject == mine.person and one.procedure not in _guardians_own()]
    return SeenBy(watchers, list(steps.values()), sent)


def _guardians_own() -> frozenset[str]:
    """Plans to move and talks with a counsellor stay the guardian's own."""
    return frozenset(id for one in sensitive().values() if not one.told for id in one.procedures)


def _minors(house: House, household: Household) -> Sequence[Member]:
    return people.children(household, house.catalogue.law, house.today())


def _may_see(house: House, mine: Member) -> bool:
    law, today = house.catalogue.law, house.today()
    sees_from = birthday(mine.birth_date, law.numbers["age_sees_guardians"].on(today))
    return sees_from <= today < people.of_age_on(mine, law, today)


async def _child(house: House, me: Resident, household: Household, child: Member) -> Child:
    law, today = house.catalogue.law, house.today()
    digest = people.digest_of(house.person_secret, household.ward, child.person)
    async with house.db.house() as conn:
        own = await people.accounts(conn, digest, "self")
        given = await store.about(conn, me.id, child.person)
    return Child(
        person=child.person,
        name=child.name,
        birth_date=child.birth_date,
        of_age_on=people.of_age_on(child, law, today),
        sees_from=birthday(child.birth_date, law.numbers["age_sees_guardians"].on(today)),
        has_own_account=bool(own),
        others=[offered(one, me).to for one in given if one.holds(today)],
    )


async def _delegates(house: House, holder: Resident, person: str) -> Sequence[Watcher]:
    async with house.db.house() as conn:
        given = await store.about(conn, holder.id, person)
    return [_watcher(one, offered(one, holder).to) for one in given if one.holds(house.today())]


def _watcher(given: Mandate, name: str) -> Watcher:
    return Watcher(name, kinds()[given.kind].name, [item_name(one) for one in given.rules.items], given.ends_on)


def _all_items() -> Sequence[Text]:
    return [item_name(item) for item in ("steps", "applications", "notices", "form")]
