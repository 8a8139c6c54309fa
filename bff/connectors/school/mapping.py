"""From the schools' answer to `Pupils`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, Line, MayBeEmpty, PersonId
from bff.exchange.answer import told
from life_events.facts import NextEvent, Pupil, Pupils


class _NextEvent(msgspec.Struct, frozen=True):
    title: Line
    on: date


class _Pupil(msgspec.Struct, frozen=True):
    person: PersonId
    facility: Line
    kind: Literal["elementary", "nursery"]
    class_name: MayBeEmpty = msgspec.field(name="class")
    next_event: _NextEvent | None


class _Pupils(msgspec.Struct, frozen=True):
    pupils: Annotated[tuple[_Pupil, ...], AtMost100]


def pupils(answer: httpx.Response, source: str) -> Pupils:
    return Pupils(pupils=tuple(_pupil(pupil) for pupil in told(answer, _Pupils, source).pupils))


def _pupil(wire: _Pupil) -> Pupil:
    event = wire.next_event
    return Pupil(
        person=wire.person,
        facility=wire.facility,
        kind=wire.kind,
        class_name=wire.class_name,
        next_event=NextEvent(title=event.title, on=event.on) if event else None,
    )
