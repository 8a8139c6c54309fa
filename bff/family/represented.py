"""What a representative may see of another: these values and nothing else. Each is written out here, field by field, so
that what a home comes to hold later is not shown by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import home
from bff.applications import store as applications
from bff.applications.application import Application
from bff.errors import Denied
from bff.family.house import House
from bff.family.kinds import told_hidden, within
from bff.family.mandate import Mandate
from bff.family.standing import Standing
from bff.family.telling import held
from bff.family.words import say
from bff.home.home import Home
from bff.texts import taken_back
from life_events import Catalogue, Step, StepState, Text
from notifications import inbox
from notifications.post.live import Live

MOST: Final = 50


@dataclass(frozen=True)
class SeenStep:
    """`state`: as on her own screen, `sent` while the ward has it. `can_send`: whether a form may be sent for her."""

    id: str
    procedure: str
    name: Text
    state: str
    due: date | None
    days_left: int | None
    can_send: bool


@dataclass(frozen=True)
class SeenEvent:
    """A line of the history without the ward's own words, which may name places."""

    at: datetime
    state: str


@dataclass(frozen=True)
class SeenApplication:
    id: UUID
    title: Text
    state: str
    accepted_at: datetime
    history: tuple[SeenEvent, ...]
    by_representative: bool


@dataclass(frozen=True)
class SeenNotice:
    """Its title alone: who sent it would tell where she lives."""

    id: UUID
    title: Text
    sent_at: datetime


@dataclass(frozen=True)
class Represented:
    """`name`: whom it is about. `hidden`: classes never shown to this kind, told whether there are any or not."""

    mandate: Mandate
    name: str
    giver: str
    steps: Sequence[SeenStep]
    applications: Sequence[SeenApplication]
    notices: Sequence[SeenNotice]
    hidden: Sequence[Text]


async def represented(house: House, standing: Standing) -> Represented:
    """The page of one mandate, from what is kept; nobody is asked."""
    mandate, me = standing.mandate, standing.representative
    names = held(mandate, me)
    shown = Shown.nothing() if standing.is_protected else await _shown(house, standing)
    return Represented(
        mandate=mandate,
        name=names.about,
        giver="" if mandate.kind == "parent" else names.giver,
        steps=shown.steps,
        applications=shown.applications,
        notices=shown.notices,
        hidden=told_hidden(mandate.kind),
    )


@dataclass(frozen=True)
class Shown:
    """The three lists."""

    steps: Sequence[SeenStep]
    applications: Sequence[SeenApplication]
    notices: Sequence[SeenNotice]

    @classmethod
    def nothing(cls) -> Shown:
        return cls((), (), ())


async def home_of(house: House, standing: Standing) -> Home:
    """Her home, to take from; never handed on whole."""
    return await home.read(house.db, standing.represented, house.catalogue, today=house.today(), now=house.clock())


def step_of(whole: Home, mandate: Mandate, catalogue: Catalogue, step: str) -> Step:
    """One step within the mandate; raises `Denied`."""
    found = whole.step(step)
    if found is None or not is_within(mandate, catalogue, found.procedure, found.subject.id if found.subject else None):
        raise Denied(say("not_within"))
    return found


def is_within(mandate: Mandate, catalogue: Catalogue, procedure: str, subject: str | None) -> bool:
    """Of this very person, of a procedure given; what concerns the whole household is nobody's who is bound to one."""
    return subject == mandate.person and procedure in within(catalogue, mandate.kind, mandate.bundles)


async def _shown(house: House, standing: Standing) -> Shown:
    mandate, items = standing.mandate, standing.mandate.rules.items
    whole = await home_of(house, standing)
    async with house.db.resident(standing.represented.id) as conn:
        sent = await _sent(conn, house.catalogue, standing)
        told = await _told(conn, house.live, standing, {one.id for one in sent}) if "notices" in items else ()
    return Shown(
        _steps(whole, mandate, house.catalogue) if "steps" in items else (),
        [_application(one, mandate, house.catalogue) for one in sent] if "applications" in items else (),
        told,
    )


def _steps(whole: Home, mandate: Mandate, catalogue: Catalogue) -> Sequence[SeenStep]:
    steps = {one.id: one for bundle in whole.bundles for one in (*bundle.steps, *bundle.more)}
    return [
        seen_step(whole, one, mandate)
        for one in steps.values()
        if is_within(mandate, catalogue, one.procedure, one.subject.id if one.subject else None)
    ]


def seen_step(whole: Home, step: Step, mandate: Mandate) -> SeenStep:
    """What of a step is shown."""
    state = "done" if whole.is_decided(step) else "sent" if whole.on_its_way(step) else step.state.value
    due = whole.due(step)
    signature = whole.catalogue.procedures[step.procedure].signature
    can_send = "submit" in mandate.rules.acts and whole.form(step) is not None and signature != "required"
    left = (due - whole.today).days if due and step.state is not StepState.DONE else None
    return SeenStep(step.id, step.procedure, step.name, state, due, left, can_send)


async def _sent(conn: AsyncConnection, catalogue: Catalogue, standing: Standing) -> Sequence[Application]:
    rows = await applications.page(conn, standing.represented.id, MOST, None)
    return [one for one in rows if is_within(standing.mandate, catalogue, one.procedure, one.subject)]


def _application(one: Application, mandate: Mandate, catalogue: Catalogue) -> SeenApplication:
    return SeenApplication(
        id=one.id,
        title=catalogue.procedures[one.procedure].name,
        state=one.state,
        accepted_at=one.accepted_at,
        history=tuple(SeenEvent(event.at, event.state) for event in one.history),
        by_representative=one.mandate == mandate.id,
    )


async def _told(conn: AsyncConnection, live: Live, standing: Standing, sent: set[UUID]) -> Sequence[SeenNotice]:
    about = {f"/applications/{id}" for id in sent}
    who = standing.represented.id
    page = await inbox.page(conn, live, resident=who, first=inbox.MOST_AT_ONCE, after=None)
    return [SeenNotice(one.id, taken_back(one.title), one.sent_at) for one in page.nodes if one.about in about]
