"""What a ward needs before it is opened: each item tells its real state by being tried, or is somebody's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from cryptography import x509
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration import stages
from bff.administration.stages import Standing, Tester, Tick
from bff.applications.whose import sent_by
from bff.identity import staff_people
from bff.staff.services import Service, services_here
from bff.staff.visit import Visit
from bff.staff.words import day_here, table, word
from life_events import WrongData
from life_events.checking import check

State = Literal["done", "open", "fault"]
BY_WORD: Final = ("training", "contact", "privacy", "leaflet")
"""What no program can try; somebody says it, with a note."""
NEEDED: Final = ("editor", "approver", "administrator")
SOON: Final = timedelta(days=30)


@dataclass(frozen=True)
class Item:
    """`told`: the state in words; `link`: where it is done; `tick`: who said so, for what is somebody's word."""

    id: str
    state: State
    told: str
    link: str = ""
    tick: Tick | None = None

    @property
    def by_word(self) -> bool:
        return self.id in BY_WORD


@dataclass(frozen=True)
class Checklist:
    standing: Standing
    items: Sequence[Item]
    testers: Sequence[Tester]

    @property
    def is_whole(self) -> bool:
        return all(one.state == "done" for one in self.items)


async def checklist(visit: Visit) -> Checklist:
    ward = visit.official.ward
    async with visit.door() as conn:
        standing, ticks = await stages.standing(conn, ward), await stages.ticks(conn, ward)
        testers = await stages.testers(conn, ward)
        people = await _people(visit, conn)
    async with visit.house.db.house() as conn:
        tried = await sent_by(conn, [one.resident for one in testers], ward)
    items = [
        _file(visit),
        _services(await services_here(visit)),
        _certificate(visit.house.keys_here.certificates["EXCHANGE_CERTIFICATE"], visit.now),
        *people,
        _trial(testers, tried),
        *(_word(id, ticks) for id in BY_WORD),
    ]
    return Checklist(standing, items, testers)


def _file(visit: Visit) -> Item:
    """As the files are checked when they are loaded, with what the ward's officials have published."""
    shelf, ward = visit.house.shelf, visit.official.ward
    try:
        check(shelf.catalogue)
    except WrongData as wrong:
        return Item("file", "fault", word("onboarding_told", "file_fault", fault=wrong.fault), "/staff/admin/catalogue")
    own = shelf.catalogue.wards[ward]
    told = word("onboarding_told", "file", n=len(own.procedures), windows=len(own.windows))
    return Item("file", "done", told, "/staff/admin/catalogue")


def _services(found: Sequence[Service]) -> Item:
    """Whatever was asked in the last hour answered. Where nothing was asked, nothing is known."""
    wrong = [one.manifest.name.ja for one in found if one.state not in ("open", "planned")]
    answered = sum(one.figures.answered > 0 for one in found)
    link = "/staff/services"
    if wrong:
        return Item("services", "fault", word("onboarding_told", "services_fault", names="、".join(wrong)), link)
    told = word("onboarding_told", "services" if answered else "services_open", n=answered, whole=len(found))
    return Item("services", "done" if answered else "open", told, link)


def _certificate(file: Path, now: datetime) -> Item:
    link = "/staff/admin/keys"
    try:
        ends = x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return Item("certificate", "fault", word("onboarding_told", "certificate_none"), link)
    state: State = "fault" if ends < now else "open" if ends < now + SOON else "done"
    return Item("certificate", state, word("onboarding_told", "certificate", day=day_here(ends)), link)


async def _people(visit: Visit, conn: AsyncConnection) -> Sequence[Item]:
    """Who has signed in by the ward's provider; roles are given there."""
    ward, lives = visit.official.ward, visit.house.staff_lifetimes
    found = await staff_people.of_ward(conn, ward, now=visit.now, lifetimes=lives)
    roles = {role for one in found for role in one.official.roles}
    missing = [word("role", role) for role in NEEDED if role not in roles]
    link, n = "/staff/people", len(found)
    if missing:
        return [Item("provider", "open", word("onboarding_told", "provider_open", roles="、".join(missing)), link)]
    return [Item("provider", "done", word("onboarding_told", "provider", n=n), link)]


def _trial(testers: Sequence[Tester], tried: int) -> Item:
    if not testers:
        return Item("trial", "open", word("onboarding_told", "trial_none"), "#testers")
    state: State = "done" if tried else "open"
    return Item("trial", state, word("onboarding_told", "trial", n=len(testers), tried=tried), "#testers")


def _word(id: str, ticks: Mapping[str, Tick]) -> Item:
    tick = ticks.get(id)
    return Item(id, "done" if tick and tick.ticked else "open", table("onboarding_hint")[id], tick=tick)
