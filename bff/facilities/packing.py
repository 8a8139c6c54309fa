"""All that is published of a ward as one small file, for phones that keep it: rows instead of named fields, and bits.

The phone reads it in `pwa/data/facilities.ts`; both sides change together, by `SHAPE`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from bff.facilities.columns import datasets
from bff.facilities.facility import BARRIER_FREE, DISASTERS, LANGUAGES, Facility
from bff.facilities.places import places
from bff.facilities.store import Version

SHAPE: Final = 1


def packed(ward: str, told: Sequence[tuple[Version, Sequence[Facility]]]) -> bytes:
    place = places()[ward]
    body = {
        "shape": SHAPE,
        "ward": ward,
        "place": [place.lat, place.lon],
        "sets": [_of_set(version) for version, _ in told],
        "rows": [_row(number, one) for number, (_, some) in enumerate(told) for one in some],
    }
    return msgspec.json.encode(body)


def mark(versions: Sequence[Version]) -> str:
    """Of what is published now: changes exactly when that does."""
    told = "|".join(f"{one.id}:{one.published_at}" for one in versions)
    return hashlib.sha256(f"{SHAPE}|{told}".encode()).hexdigest()[:16]


def _of_set(version: Version) -> dict[str, Any]:
    return {
        "name": datasets()[version.dataset].name,
        "asOf": version.as_of,
        "publishedAt": version.published_at,
        "source": version.source_url,
    }


def _row(number: int, one: Facility) -> list[Any]:
    return [
        one.id,
        number,
        one.kind,
        one.name,
        one.sort,
        one.kana,
        one.english,
        one.address,
        one.lat,
        one.lon,
        one.phone,
        one.url,
        one.days,
        one.opens,
        one.closes,
        one.hours_note,
        one.age_from,
        one.age_to,
        one.capacity,
        list(one.vacancies),
        list(one.services),
        _bits(DISASTERS, one.disasters),
        _bits(LANGUAGES, one.languages),
        _bits(BARRIER_FREE, one.barrier_free),
        one.operator,
        one.booking,
        one.note,
    ]


def _bits(known: Sequence[str], said: Sequence[str]) -> int:
    return sum(1 << place for place, one in enumerate(known) if one in said)
