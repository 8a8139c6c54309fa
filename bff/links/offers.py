"""Every ID that may be linked, and how it stands: her ward's first, then other wards', then the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bff.identity.providers import Given, Linkable, Provider
from bff.links.store import LinkedId
from life_events import Text


@dataclass(frozen=True)
class Told:
    """One thing it told."""

    name: Text
    value: str


@dataclass(frozen=True)
class Offer:
    """An ID that may be linked; `linked` is None while it is not."""

    id: str
    name: Text
    how: Linkable
    linked: LinkedId | None

    @property
    def gives(self) -> tuple[Given, ...]:
        return self.how.gives

    @property
    def told(self) -> list[Told]:
        said = self.linked.told if self.linked else {}
        return [Told(gift.name, said[gift.claim]) for gift in self.how.gives if gift.claim in said]

    @property
    def linked_at(self) -> datetime | None:
        return self.linked.linked_at if self.linked else None

    @property
    def told_at(self) -> datetime | None:
        return self.linked.told_at if self.linked else None


def offers(providers: Mapping[str, Provider], linked: Mapping[str, LinkedId], ward: str | None) -> list[Offer]:
    """All of them; `ward` is hers. One that was linked and is offered no more is shown no more, and can be unlinked
    by nobody but the job that forgets it."""
    found = [Offer(id, one.name, one.link, linked.get(id)) for id, one in providers.items() if one.link is not None]
    return sorted(found, key=lambda one: (one.how.kind != "ward", one.how.ward != (ward or ""), one.how.ward))
