"""An accepted application goes to its ward, and what the ward answers comes back as history and as a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from bff import db as database
from bff.applications import store
from bff.applications.application import ANSWERS, FINAL, Application, State
from bff.cases.arriving import take_in
from bff.connectors.ward_counter.mapping import Invalid, WrongField
from bff.documents import receiving
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from bff.family.acting import acted_by
from bff.home.ward_says import hear, overrule, returned_by_ward
from bff.identity.residents import Resident, resident_of
from bff.journeys.handing_over import by_file
from bff.journeys.papers import as_told, papers_of
from bff.journeys.proving import stamped_proof
from bff.tasks import joining
from bff.texts import say
from bff.wiring import House

LOOK = "look_at_application"
HER_TURN = 12
"""How many times as long the pause is while the ward waits for her."""


async def deliver(house: House, application: UUID) -> None:
    """Send it to its ward under its own id as the key; raises `Silent` (to be tried again) when the ward is silent."""
    found = await _prepare(house, application)
    if found is None or found[0].state != "queued":
        return
    sent, answers, resident = found
    if not house.shelf.serves(sent.ward, sent.resident):
        raise Silent("counter", Why.NOT_STARTED)
    async with house.db.house() as conn:
        if await joining.hold_back(conn, sent, house.clock()):
            return
        parts = await joining.added(conn, resident, sent.id)
    signature = await stamped_proof(house, sent, resident)
    async with house.db.house() as conn:
        if await take_in(conn, house.catalogue, sent, house.clock()):
            return
    if await by_file(house, sent):
        return
    by = await acted_by(house, sent)
    try:
        receipt = await house.street.counter.send(
            _reading(house, resident, sent),
            key=sent.id,
            procedure=sent.procedure,
            version=sent.version,
            answers=answers,
            completed_at=sent.completed_at,
            receipt_number=sent.receipt_number,
            digest=sent.digest,
            corrected=sent.corrected,
            on_behalf={"name": by.name, "kind": by.kind.ja} if by else None,
            signature=signature,
            attachments=await papers_of(house, sent, resident),
            parts=[as_told(one) for one in parts],
        )
    except Invalid as refused:
        await _settle(house, sent, "sent_back", number="", note=_named(house, sent, refused), told=refused.fields)
        return
    await _settle(house, sent, receipt.state, number=receipt.number, note=None)


async def look(house: House, application: UUID) -> None:
    """Ask the ward where it stands; look again later until it is decided, less often while it is her turn."""
    found = await _prepare(house, application)
    if found is None or found[0].settled or not found[0].ward_number:
        return
    sent, _, resident = found
    reading = replace(_reading(house, resident, sent), unasked=True)
    status = await house.street.counter.status(reading, found[0].ward_number)
    await _settle(house, sent, status.state, number=status.number, note=status.note, told=status.fields)


async def tell_withdrawal(house: House, application: UUID) -> None:
    """Tell the ward that she has taken it back; a ward that had decided before is believed, and she is told so."""
    found = await _prepare(house, application)
    if found is None or found[0].state != "withdrawn":
        return
    sent, _, resident = found
    reading = _reading(house, resident, sent)
    told = await house.street.counter.withdraw(
        reading, key=sent.id, receipt_number=sent.receipt_number, at=sent.history[-1].at
    )
    if told.outcome == "settled" and told.number is not None:
        status = await house.street.counter.status(replace(reading, unasked=True), told.number)
        note = "".join((say("withdraw_too_late").ja, status.note or ""))
        async with house.db.house() as conn:
            await overrule(conn, house.catalogue, sent, status.state, number=told.number, note=note, now=house.clock())
            await receiving.promise_of_decision(conn, sent, status.state)


async def _prepare(house: House, application: UUID) -> tuple[Application, dict[str, Any], Resident] | None:
    async with house.db.house() as conn:
        kept = await store.whose(conn, application)
        resident = await resident_of(conn, kept[0].resident, house.keys) if kept else None
    if kept is None or resident is None:
        return None
    return kept[0], msgspec.json.decode(resident.key.open(ANSWERS, kept[1]), type=dict[str, Any]), resident


async def _settle(
    house: House, sent: Application, state: State, *, number: str, note: str | None, told: Sequence[WrongField] = ()
) -> None:
    """What the ward says now; the same state with the same words again is no news. `told`: what it sends back."""
    named = [(one.field, one.message) for one in told] if state == "sent_back" else []
    fields = returned_by_ward(house.catalogue, sent, named)
    async with house.db.house() as conn:
        await hear(conn, house.catalogue, sent, state, number=number, note=note, now=house.clock(), fields=fields)
        await receiving.promise_of_decision(conn, sent, state)
        if state not in FINAL and number:
            pause = house.settings.status_every * (HER_TURN if state == "sent_back" else 1)
            again = house.clock() + timedelta(seconds=pause)
            args = {"application": str(sent.id)}
            await database.defer(conn, LOOK, args=args, at=again, lock=f"application:{sent.id}", once=f"look:{sent.id}")


def _named(house: House, sent: Application, refused: Invalid) -> str:
    """The ward's words about fields, each under the label she knows it by."""
    form = house.catalogue.procedures[sent.procedure].form
    labels = {field.id: field.label.ja for section in form.sections for field in section.fields} if form else {}
    lines = [f"「{labels[wrong.field]}」{wrong.message}" for wrong in refused.fields if wrong.field in labels]
    return "、".join(lines) or say("ward_cannot_take").ja


def _reading(house: House, resident: Resident, sent: Application) -> Reading:
    """Of the ward that was given it, which stays its own when she has moved since."""
    subject = house.refresher.subjects.in_ward(resident, sent.ward, sent.known_as)
    return Reading(subject=subject, purpose="application", basis="application", resident=resident.id)
