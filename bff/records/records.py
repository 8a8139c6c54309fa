"""What each body holds about a resident, as it stands: from kept facts alone, and without asking anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.manifest import Manifest
from bff.connectors.street import Street, manifests
from bff.consent import grants
from bff.consent.grants import Grant
from bff.exchange.silence import Why
from bff.facts import store
from bff.facts.store import Held
from bff.identity.residents import Resident
from bff.records.content import NOTHING, Entry, Names, content
from life_events import Household

RecordState = Literal["not_yet", "waiting", "known", "gap", "no_record", "not_asked", "stopped", "not_connected"]
NOT_CONNECTED = ("link", "authorised")


@dataclass(frozen=True)
class Record:
    """One service as it stands for her.

    `grant` None: she has not said yes, or has said no since (`stopped_at`). `can_be_asked` is false where she has not
    given her address, or the service is a ward's and no ward of hers is known.
    """

    manifest: Manifest
    names: Names
    can_be_asked: bool
    grant: Grant | None = None
    stopped_at: datetime | None = None
    held: Held | None = None

    @property
    def state(self) -> RecordState:
        if self.manifest.exposure in NOT_CONNECTED:
            return "not_connected"
        if not self.can_be_asked:
            return "not_asked"
        if self.grant is None:
            return "stopped" if self.stopped_at else "not_yet"
        return self._heard

    @property
    def _heard(self) -> RecordState:
        if self.held is None or (self.held.gap is None and self.held.told is None):
            return "waiting"
        if self.held.gap is None:
            return "known"
        silent: Mapping[Why, RecordState] = {Why.NO_MATCH: "no_record", Why.NOT_ASKED: "not_asked"}
        return silent.get(self.held.gap.why, "gap")

    @property
    def is_asked_with_home(self) -> bool:
        return self.manifest.exposure == "home"

    @property
    def why(self) -> Why | None:
        """Why it told nothing at the last asking, or is not asked at all; None: it is not silent."""
        if self.state == "not_asked":
            return Why.NOT_ASKED
        return self.held.gap.why if self.held and self.held.gap and self.grant else None

    @property
    def as_of(self) -> datetime | None:
        return self.held.told.at if self.held and self.held.told else None

    @property
    def kept_until(self) -> datetime | None:
        return self.held.told.until if self.held and self.held.told else None

    @cached_property
    def content(self) -> Entry:
        if self.held is None or self.held.told is None:
            return NOTHING
        return content(self.held.told.part, self.manifest, self.names)


@dataclass(frozen=True)
class Records:
    answered_at: datetime
    records: Sequence[Record]

    def of(self, source: str) -> Record:
        """Raises `StopIteration`."""
        return next(record for record in self.records if record.manifest.id == source)


async def of(conn: AsyncConnection, resident: Resident, street: Street, now: datetime) -> Records:
    """Every service that tells her records, and those that are not called from here, in the order they are listed."""
    kept = await store.kept(conn, resident, now, tuple(street.tellers))
    held = await grants.granted(conn, resident.id)
    stopped = await grants.stopped(conn, resident.id)
    names = _names(store.facts_of(kept).registry)
    listed = [one for id, one in manifests().items() if id in street.tellers or one.exposure in NOT_CONNECTED]
    return Records(
        now,
        [
            Record(
                manifest=manifest,
                names=names,
                can_be_asked=resident.basics.given and (not manifest.needs_ward or resident.ward is not None),
                grant=held.get(manifest.id),
                stopped_at=stopped.get(manifest.id),
                held=kept.get(manifest.id),
            )
            for manifest in listed
        ],
    )


def _names(registry: object) -> Names:
    return {one.person: one.name for one in registry.members} if isinstance(registry, Household) else {}
