"""The street of all services that may be asked, built once over one client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date

import httpx

from bff.connectors.benefits.client import BenefitCalculator
from bff.connectors.electricity.client import Electricity
from bff.connectors.manifest import Manifest
from bff.connectors.national_profile.client import NationalProfileService
from bff.connectors.school.client import School
from bff.connectors.ward_care.client import WardCare
from bff.connectors.ward_childcare.client import WardChildcare
from bff.connectors.ward_counter.client import WardCounter
from bff.connectors.ward_registry.client import WardRegistry
from bff.exchange.reading import Reading
from life_events.benefits import Benefits
from life_events.facts import CareRecords, ChildcareRecords, Contracts, Household, NationalProfile, Pupils

Part = Household | ChildcareRecords | CareRecords | NationalProfile | Pupils | Contracts | Benefits


@dataclass(frozen=True)
class Source:
    """One source of facts; `tell` asks it and raises `Silent` when it gives no answer of use."""

    manifest: Manifest
    tell: Callable[[Reading], Awaitable[Part]]
    shape: type[Part]


@dataclass(frozen=True)
class Street:
    """`sources` of records by id, in the order they are shown; `counter` takes applications in.

    `benefits` reckons from what they told; None: it is not connected.
    """

    sources: Mapping[str, Source]
    counter: WardCounter
    benefits: BenefitCalculator | None = None

    def reckoning(self, household: Household, on: date) -> Source | None:
        """A source like the others once the household is known; None: nobody reckons, or there is nothing to reckon."""
        benefits = self.benefits
        if benefits is None or not any(member.relation == "child" for member in household.members):
            return None
        return Source(benefits.manifest, lambda reading: benefits.tell(reading, household, on), Benefits)


def street(http: httpx.AsyncClient, own: httpx.AsyncClient | None = None) -> Street:
    """Every connector over `http`, whose transport is the exchange and whose base is the X-Road address.

    `own`: the same transport without an envelope, its base the process that reckons benefits; None: there is none.
    """
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
    return Street(
        sources={source.manifest.id: source for source in sources},
        counter=WardCounter(http),
        benefits=BenefitCalculator(own) if own is not None else None,
    )
