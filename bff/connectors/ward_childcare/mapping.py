"""From the childcare office's answer to `ChildcareRecords`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, Line, Month, PersonId
from bff.exchange.answer import told
from life_events.facts import Allowance, ChildcareRecords, MedicalCertificate, NurseryPlace


class _Allowance(msgspec.Struct, frozen=True):
    person: PersonId
    since: Month


class _Medical(msgspec.Struct, frozen=True):
    person: PersonId
    until: date


class _Nursery(msgspec.Struct, frozen=True):
    person: PersonId
    facility: Line
    certified_until: date


class _Records(msgspec.Struct, frozen=True):
    allowance: Annotated[tuple[_Allowance, ...], AtMost100]
    medical: Annotated[tuple[_Medical, ...], AtMost100]
    nursery: Annotated[tuple[_Nursery, ...], AtMost100]


def records(answer: httpx.Response, source: str) -> ChildcareRecords:
    """All three lists must be there, even when empty: a missing one is not the same as none."""
    wire = told(answer, _Records, source)
    return ChildcareRecords(
        allowance=tuple(Allowance(person=paid.person, since=paid.since) for paid in wire.allowance),
        medical=tuple(MedicalCertificate(person=card.person, until=card.until) for card in wire.medical),
        nursery=tuple(
            NurseryPlace(person=place.person, facility=place.facility, certified_until=place.certified_until)
            for place in wire.nursery
        ),
    )
