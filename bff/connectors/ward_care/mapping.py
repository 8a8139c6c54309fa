"""From the care insurance's answer to `CareRecords`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, PersonId
from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why
from life_events.facts import CareEquipment, CareLevel, CareRecord, CareRecords, HomeAdaptation

InsuredNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{10}$")]

Share = Annotated[int, msgspec.Meta(ge=1, le=3)]


class _Record(msgspec.Struct, frozen=True):
    """What stands after `valid_until` not every ward tells."""

    person: PersonId
    insured_number: InsuredNumber
    level: CareLevel | None
    valid_from: date | None
    valid_until: date | None
    share: Share | None = None
    cost_limit_until: date | None = None
    adaptation: HomeAdaptation | None = None
    equipment: Annotated[tuple[CareEquipment, ...], AtMost100] = ()


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
                share=record.share,
                cost_limit_until=record.cost_limit_until,
                adaptation=record.adaptation,
                equipment=record.equipment,
            )
            for record in wire.records
        )
    )
