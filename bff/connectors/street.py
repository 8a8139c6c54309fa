"""The street of all services that may be asked, built once over one client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

import httpx
import msgspec

from bff.connectors.benefits.client import BenefitCalculator
from bff.connectors.listed import CONNECTORS
from bff.connectors.manifest import Manifest
from bff.connectors.shapes import Connector, Teller
from bff.connectors.ward_counter.client import WardCounter
from bff.exchange.reading import Reading
from bff.settings import SettingsRefused
from life_events.benefits import Benefits
from life_events.facts import Household

C = TypeVar("C")
Addressed = Callable[[Manifest], Manifest]


@dataclass(frozen=True)
class Source:
    """One source of facts; `tell` asks it and raises `Silent` when it gives no answer of use."""

    manifest: Manifest
    tell: Callable[[Reading], Awaitable[msgspec.Struct]]
    shape: type[msgspec.Struct]


@dataclass(frozen=True)
class Street:
    """`sources` of home and `records` told on her wish, by id in the order they are shown; `counter` takes
    applications in.

    `benefits` reckons from what they told; None: it is not connected. `others`: what acts for her, or is called by
    bodies the law names, by its class.
    """

    sources: Mapping[str, Source]
    counter: WardCounter
    benefits: BenefitCalculator | None = None
    records: Mapping[str, Source] = field(default_factory=dict)
    others: Mapping[type[Connector], Connector] = field(default_factory=dict)

    @property
    def tellers(self) -> Mapping[str, Source]:
        """All that tell the records of one person, with home or on her wish."""
        return {**self.sources, **self.records}

    def reckoning(self, household: Household, on: date) -> Source | None:
        """A source like the others once the household is known; None: nobody reckons, or there is nothing to reckon."""
        benefits = self.benefits
        if benefits is None or not any(member.relation == "child" for member in household.members):
            return None
        return Source(benefits.manifest, lambda reading: benefits.tell(reading, household, on), Benefits)

    def the(self, kind: type[C]) -> C:
        """The one connector of this class among the `others`; raises `KeyError`."""
        return cast(C, self.others[cast(type[Connector], kind)])


def street(
    http: httpx.AsyncClient, own: httpx.AsyncClient | None = None, addressed: Addressed = lambda manifest: manifest
) -> Street:
    """Every connector over `http`, whose transport is the exchange and whose base is the X-Road address.

    `own`: the same transport without an envelope, its base the process that reckons benefits; None: there is none.
    `addressed`: what a manifest is on the exchange that is spoken to.
    """

    def built(kind: type[C]) -> C:
        connector = cast(type[Connector], kind)(http)
        connector.manifest = addressed(connector.manifest)
        return cast(C, connector)

    def told_with(exposure: str) -> Mapping[str, Source]:
        kinds = [kind for kind in CONNECTORS if kind.manifest.exposure == exposure and hasattr(kind, "shape")]
        tellers = [cast(Teller, built(kind)) for kind in kinds]
        return {one.manifest.id: Source(one.manifest, one.tell, one.shape) for one in tellers}

    beside = {WardCounter.manifest.id, BenefitCalculator.manifest.id}
    called = [kind for kind in CONNECTORS if kind.manifest.exposure in ("act", "authorised", "records")]
    return Street(
        sources=told_with("home"),
        records=told_with("records"),
        counter=built(WardCounter),
        benefits=BenefitCalculator(own) if own is not None else None,
        others={kind: built(kind) for kind in called if kind.manifest.id not in beside},
    )


def manifests() -> Mapping[str, Manifest]:
    """Of every connector, by id."""
    return {kind.manifest.id: kind.manifest for kind in CONNECTORS}


def opened(ports: frozenset[str]) -> frozenset[str]:
    """The ports of authorised bodies that an operator has opened, by id; raises `SettingsRefused` for any other."""
    known = {id for id, manifest in manifests().items() if manifest.exposure == "authorised"}
    if wrong := sorted(ports - known):
        raise SettingsRefused(f"KURASHIMADO_AUTHORISED_PORTS: {', '.join(wrong)} is no port of authorised bodies")
    return ports


def tellers() -> Mapping[str, type[Teller]]:
    """The connectors that tell the records of one person, by id."""
    return {kind.manifest.id: cast(type[Teller], kind) for kind in CONNECTORS if hasattr(kind, "shape")}
