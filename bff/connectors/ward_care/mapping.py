"""From the care insurance's answer to `CareRecords`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, PersonId
from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why
from life_events.facts import CareLevel, CareRecord, CareRecords

InsuredNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{10}$")]


class _Record(msgspec.Struct, frozen=True):
    person: PersonId
    insured_number: InsuredNumber
    level: CareLevel | None
    valid_from: date | None
    valid_until: date | None


class _Records(msgspec.Struct, frozen=True):
    records: Annotated[tuple[_Record, ...], AtMost100]


def records(answer: httpx.Response, source: str) -> CareRecords:
    """A level without its last day is wrong (介護保険法28条: each certification is for a period)."""
    wire = told(answer, _Records, source)
    if any((record.level is None) != (record.valid_until is None) for record in wire.records):
        raise Silent(source, Why.WRONG_ANSWER)
    return CareRecords(
        records=tuple(
            CareRecord(
                person=record.person,
                insured_number=record.insured_number,
                level=record.level,
                valid_from=record.valid_from,
                valid_until=record.valid_until,
            )
            for record in wire.records
        )
    )
