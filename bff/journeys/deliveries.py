"""An accepted application goes to its ward, and what the ward answers comes back as history and as a notice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from bff import db as database
from bff.applications import store
from bff.applications.application import ANSWERS, Application, State
from bff.connectors.ward_counter.mapping import Invalid
from bff.exchange.reading import Reading
from bff.identity.residents import Resident, resident_of
from bff.texts import say
from bff.wiring import House
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText

LOOK = "look_at_application"


async def deliver(house: House, application: UUID) -> None:
    """Send it to its ward under its own id as the key; raises `Silent` (to be tried again) when the ward is silent."""
    found = await _prepare(house, application)
    if found is None or found[0].state != "queued":
        return
    sent, answers, resident = found
    try:
        receipt = await house.street.counter.send(
            _reading(house, resident),
            key=sent.id,
            procedure=sent.procedure,
            version=sent.version,
            answers=answers,
            completed_at=sent.completed_at,
            receipt_number=sent.receipt_number,
        )
    except Invalid as refused:
        await _settle(house, sent, "sent_back", number="", note="、".join(refused.fields))
        return
    await _settle(house, sent, receipt.state, number=receipt.number, note=None)


async def look(house: House, application: UUID) -> None:
    """Ask the ward where it stands; look again later until it is decided."""
    found = await _prepare(house, application)
    if found is None or found[0].settled or not found[0].ward_number:
        return
    sent, _, resident = found
    status = await house.street.counter.status(_reading(house, resident), found[0].ward_number)
    await _settle(house, sent, status.state, number=status.number, note=status.note)


async def _prepare(house: House, application: UUID) -> tuple[Application, dict[str, Any], Resident] | None:
    async with house.db.house() as conn:
        kept = await store.whose(conn, application)
        resident = await resident_of(conn, kept[0].resident, house.keys) if kept else None
    if kept is None or resident is None:
        return None
    return kept[0], msgspec.json.decode(resident.key.open(ANSWERS, kept[1]), type=dict[str, Any]), resident


async def _settle(house: House, sent: Application, state: State, *, number: str, note: str | None) -> None:
    async with house.db.house() as conn:
        if await store.move(conn, sent, state, house.clock(), number=number, note=note):
            await tell_one(conn, database.defer, sent.resident, _notice(house, sent, state, note))
        if state not in ("decided", "rejected", "sent_back"):
            again = house.clock() + timedelta(seconds=house.settings.status_every)
            await database.defer(conn, LOOK, args={"application": str(sent.id)}, at=again, once=f"look:{sent.id}")


def _reading(house: House, resident: Resident) -> Reading:
    subject = house.refresher.subject(resident, "counter")
    return Reading(subject=subject, purpose="application", basis="application", resident=resident.id)


def _notice(house: House, sent: Application, state: State, note: str | None) -> Notice:
    """The same change makes the same notice, so that a repeated job tells nothing twice."""
    title = house.catalogue.procedures[sent.procedure].name
    ward = house.catalogue.wards[sent.ward].name
    word = say(f"state_{state}")
    said = {
        language: (
            getattr(say("status_title", title=getattr(title, language), state=getattr(word, language)), language),
            getattr(say("status_body", receipt=sent.receipt_number, note=note or ""), language),
        )
        for language in ("ja", "easy", "en")
    }
    return Notice(
        id=uuid5(NAMESPACE_URL, f"application:{sent.id}:{state}:{len(sent.history)}"),
        ward=sent.ward,
        kind=Kind.STATUS,
        sender=NoticeText(ja=ward.ja, easy=ward.easy, en=ward.en),
        title=NoticeText(**{language: titled for language, (titled, _) in said.items()}),
        body=NoticeText(**{language: body for language, (_, body) in said.items()}),
        sent_at=house.clock(),
        about=f"/applications/{sent.id}",
    )
