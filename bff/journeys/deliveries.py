"""An accepted application goes to its ward, and what the ward answers comes back as history and as a notice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from bff import db as database
from bff.applications import store
from bff.applications.application import ANSWERS, FINAL, Application, State
from bff.connectors.ward_counter.mapping import Invalid
from bff.exchange.reading import Reading
from bff.identity.residents import Resident, resident_of
from bff.journeys.words import handed_over
from bff.texts import say
from bff.wiring import House
from life_events import contains_individual_number
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText

LOOK = "look_at_application"
HER_TURN = 12
"""How many times as long the pause is while the ward waits for her."""


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
            digest=sent.digest,
            corrected=sent.corrected,
        )
    except Invalid as refused:
        await _settle(house, sent, "sent_back", number="", note=_named(house, sent, refused))
        return
    await _settle(house, sent, receipt.state, number=receipt.number, note=None)


async def look(house: House, application: UUID) -> None:
    """Ask the ward where it stands; look again later until it is decided, less often while it is her turn."""
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
    """What the ward says now; the same state with the same words again is no news."""
    words = _fit_to_show(note)
    async with house.db.house() as conn:
        if (state, words) != (sent.state, sent.history[-1].note if sent.history else None):
            await store.move(conn, sent, state, house.clock(), number=number, note=words)
            await tell_one(conn, database.defer, sent.resident, _notice(house, sent, state, words))
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


def _fit_to_show(note: str | None) -> str | None:
    """The ward's words, unless a 個人番号 is in them, which exists nowhere in this house (番号法19条, 20条)."""
    if note is None or not contains_individual_number(note):
        return note
    return say("note_withheld").ja


def _reading(house: House, resident: Resident) -> Reading:
    subject = house.refresher.subject(resident, "counter")
    return Reading(subject=subject, purpose="application", basis="application", resident=resident.id)


def _quoted(note: str | None, language: str) -> str:
    """The ward writes Japanese; who reads another language is told so."""
    return getattr(say("ward_wrote", note=note), language) if note else ""


def _notice(house: House, sent: Application, state: State, note: str | None) -> Notice:
    """The same change makes the same notice, so that a repeated job tells nothing twice."""
    title = house.catalogue.procedures[sent.procedure].name
    ward = house.catalogue.wards[sent.ward].name
    word = say(f"state_{state}")
    said = {
        language: (
            getattr(say("status_title", title=getattr(title, language), state=getattr(word, language)), language),
            getattr(say("status_body", receipt=sent.receipt_number, note=_quoted(note, language)), language),
        )
        for language in ("ja", "easy", "en")
    }
    return Notice(
        id=uuid5(NAMESPACE_URL, f"application:{sent.id}:{state}:{len(sent.history)}"),
        ward=sent.ward,
        kind=Kind.STATUS,
        sender=handed_over(ward),
        title=NoticeText(**{language: titled for language, (titled, _) in said.items()}),
        body=NoticeText(**{language: body for language, (_, body) in said.items()}),
        sent_at=house.clock(),
        about=f"/applications/{sent.id}",
    )
