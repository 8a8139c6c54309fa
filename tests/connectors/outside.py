"""Whom the stand-ins know, and what a test needs to ask them as the house does."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from bff.connectors.manifest import Manifest
from bff.connectors.shapes import Teller
from bff.connectors.street import Street
from bff.exchange.message_log import Entry
from bff.exchange.reading import Reading, Subject
from infra.sandbox.people import load_people, resolve
from infra.sandbox.records import FOLDER as RECORDS
from tests.connectors.examples import called

PEOPLE = load_people().residents


@dataclass
class Wired:
    """Every connector over the exchange to the stand-ins; `log` is the exchange's."""

    street: Street
    log: list[Entry]


@dataclass(frozen=True)
class Held:
    """One person of whom the stand-in of one connector has something to tell."""

    kind: type[Teller]
    persona: str

    def __str__(self) -> str:
        return f"{self.kind.manifest.id}-{self.persona}"


def tellers() -> Sequence[type[Teller]]:
    """The connectors that tell records of a person, with home or on her wish."""
    return [cast(type[Teller], kind) for kind in called() if kind.manifest.exposure in ("home", "records")]


def held() -> list[Held]:
    return [Held(kind, persona) for kind in tellers() for persona in _known(kind.manifest.id)]


def someone(persona: str, manifest: Manifest) -> Reading:
    """`persona` as her card tells of her, on the basis and for the purpose of this connector."""
    known, today = PEOPLE[persona], datetime.now(UTC).astimezone(ZoneInfo("Asia/Tokyo")).date()
    born = date.fromisoformat(str(resolve(known.born, today)))
    subject = Subject("a2b3", known.name, born, known.address, known.ward)
    return Reading(subject, manifest.purpose, next(iter(manifest.bases), manifest.basis), uuid4())


def _known(id: str) -> Sequence[str]:
    """The personas in the stand-in's own file, or with a part of that name in people.toml."""
    file = RECORDS / f"{id}.toml"
    if file.is_file():
        return sorted(tomllib.loads(file.read_text("utf-8"))["holds"])
    return sorted(name for name, one in PEOPLE.items() if getattr(one, id, None) is not None)
