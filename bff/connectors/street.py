"""The street of all services that may be asked, built once over one client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import httpx

from bff.connectors.electricity.client import Electricity
from bff.connectors.manifest import Manifest
from bff.connectors.national_profile.client import NationalProfileService
from bff.connectors.school.client import School
from bff.connectors.ward_care.client import WardCare
from bff.connectors.ward_childcare.client import WardChildcare
from bff.connectors.ward_counter.client import WardCounter
from bff.connectors.ward_registry.client import WardRegistry
from bff.exchange.reading import Reading
from life_events.facts import CareRecords, ChildcareRecords, Contracts, Household, NationalProfile, Pupils

Part = Household | ChildcareRecords | CareRecords | NationalProfile | Pupils | Contracts


@dataclass(frozen=True)
class Source:
    """One source of facts; `tell` asks it and raises `Silent` when it gives no answer of use."""

    manifest: Manifest
    tell: Callable[[Reading], Awaitable[Part]]
    shape: type[Part]


@dataclass(frozen=True)
class Street:
    """`sources` by id, in the order they are shown; `counter` takes applications in."""

    sources: Mapping[str, Source]
    counter: WardCounter


def street(http: httpx.AsyncClient) -> Street:
    """Every connector over `http`, whose transport is the exchange and whose base is the X-Road address."""
    registry, childcare, care = WardRegistry(http), WardChildcare(http), WardCare(http)
    national, school, electricity = NationalProfileService(http), School(http), Electricity(http)
    sources = (
        Source(registry.manifest, registry.tell, Household),
        Source(childcare.manifest, childcare.tell, ChildcareRecords),
        Source(care.manifest, care.tell, CareRecords),
        Source(national.manifest, national.tell, NationalProfile),
        Source(school.manifest, school.tell, Pupils),
        Source(electricity.manifest, electricity.tell, Contracts),
    )
    return Street(sources={source.manifest.id: source for source in sources}, counter=WardCounter(http))
