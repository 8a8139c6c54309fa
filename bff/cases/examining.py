"""Holding an application against the registers: at the moment it arrives by the house, later by an official."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from bff import uploads
from bff.applications import store as applications
from bff.applications.application import ANSWERS, Application
from bff.cases import compare
from bff.cases.case import Checked
from bff.cases.house import House
from bff.connectors.street import Source
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent
from bff.facts import store as facts
from bff.facts.store import Gap, Held, Kept, Told
from bff.identity.residents import Resident, resident_of
from life_events import Form, NoForm, form_for, plan, standing


@dataclass(frozen=True)
class Filed:
    """An application opened: whose it is and what she answered."""

    sent: Application
    resident: Resident
    answers: Mapping[str, Any]
    files: Sequence[uploads.Bound]


@dataclass(frozen=True)
class Seen:
    """What the registers say of it today. `form` None: by them there is no such form for her (any more)."""

    form: Form | None
    step: str
    silent: tuple[str, ...]


async def filed(house: House, application: UUID) -> Filed | None:
    """House door; None: there is no such application, or its resident has gone."""
    async with house.db.house() as conn:
        kept = await applications.whose(conn, application)
        resident = await resident_of(conn, kept[0].resident, house.keys) if kept else None
        files = await uploads.bound(conn, resident.id, application, most=uploads.MOST_PAPERS) if resident else ()
    if kept is None or resident is None:
        return None
    answers = msgspec.json.decode(resident.key.open(ANSWERS, kept[1]), type=dict[str, Any])
    return Filed(kept[0], resident, answers, tuple(files))


async def see(house: House, one: Filed) -> Seen:
    """Asks every register the procedure rests upon, at once and each failing alone; holds no transaction meanwhile."""
    sent, today = one.sent, house.today()
    reads = house.catalogue.procedures[sent.procedure].reads
    asked = [source for id, source in house.street.sources.items() if id in reads]
    told = await asyncio.gather(*(_ask(house, one, source) for source in asked))
    async with house.db.house() as conn:
        hers = await facts.kept(conn, one.resident, house.clock(), (facts.SELF, facts.ENTERED))
    kept: Kept = {**hers, **{held.source: held for held in told}}
    known = standing(facts.facts_of(kept), house.catalogue, today)
    try:
        form = form_for(house.catalogue, sent.procedure, known, sent.subject, today)
    except NoForm:
        form = None
    id = f"{sent.procedure}:{sent.subject}" if sent.subject else sent.procedure
    step = plan(known, house.catalogue, today).step(id)
    return Seen(form, step.state.value if step else "", tuple(held.source for held in told if held.told is None))


def checked(house: House, one: Filed, seen: Seen) -> Checked:
    """By codes alone: what differs, and whether the rule alone might say yes."""
    rule = house.catalogue.desk_of(one.sent.procedure).automatic
    form = seen.form
    against = (
        compare.against(rule, form, one.answers, step=seen.step, silent=seen.silent, by_hand=_by_hand(one))
        if form
        else ("no_form",)
    )
    differs = compare.differing(form, one.answers) if form else ()
    return Checked(house.clock(), differs, seen.silent, seen.step, against)


def _by_hand(one: Filed) -> list[str]:
    sent = one.sent
    found = {
        "on_behalf": sent.mandate,
        "again": sent.corrects,
        "corrected": sent.corrected,
        "files": one.files or sent.papers,
        "paper": sent.channel == "paper",
    }
    return [code for code, there in found.items() if there]


async def _ask(house: House, one: Filed, source: Source) -> Held:
    name, manifest = source.manifest.id, source.manifest
    subjects = house.subjects
    subject = (
        subjects.in_ward(one.resident, one.sent.ward, one.sent.known_as)
        if manifest.needs_ward
        else subjects.of(one.resident, name)
    )
    reading = Reading(subject, "examination", "application", one.resident.id, unasked=True)
    try:
        part = await source.tell(reading)
    except Silent as silent:
        return Held(name, None, Gap(silent.source, silent.why, house.clock()))
    return Held(name, Told(part, house.clock(), None), None)
