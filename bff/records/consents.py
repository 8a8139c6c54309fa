"""What she may agree to, shown before anybody is asked: who would tell what, what for, on which basis, how long it is
kept, and what happens without. Logging in is no yes (個人情報の保護に関する法律; AMI's issue 911)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.manifest import Manifest
from bff.connectors.street import Street, manifests
from bff.consent import asked, grants
from bff.consent.grants import Grant
from bff.exchange.ways.flow import Flow, flows
from bff.identity.residents import Resident
from life_events.terms import Text

CONSENT_TEXT: Final = "consents-2026-12-3"
"""The wording of the page she agrees on; changed with that wording."""
FLOW: Final = "flow."
FILLING: Final = ":prefill"
"""Ends the id of the second purpose of a source of home: what it told also fills in forms."""


@dataclass(frozen=True)
class Filling:
    """Filling in forms from what `source` told: a purpose of its own, which reads nothing more."""

    source: str
    grant: Grant | None


@dataclass(frozen=True)
class Consent:
    """One source and purpose. `manifest` None: it is a flow, which hands something of hers on.

    `is_of_home`: asked at the first run. `ended_at`: when she last said no. `filling` None: it fills in no form.
    """

    source: str
    purpose: str
    manifest: Manifest | None
    flow: Flow | None
    tells: Text
    without: Text
    is_of_home: bool
    grant: Grant | None
    ended_at: datetime | None
    filling: Filling | None


@dataclass(frozen=True)
class Consents:
    """`decided_at` None: she has not been shown the page, or has not answered it."""

    decided_at: datetime | None
    consents: Sequence[Consent]


def filling_id(source: str) -> str:
    return f"{source}{FILLING}"


def home_sources(street: Street) -> Mapping[str, Manifest]:
    """What home is made of, in the order it is shown, with the reckoner of benefits when it is connected."""
    told = {id: one.manifest for id, one in street.sources.items()}
    return {**told, street.benefits.manifest.id: street.benefits.manifest} if street.benefits else told


async def of(conn: AsyncConnection, resident: Resident, street: Street, fillers: Collection[str]) -> Consents:
    """Those of home, then whatever else she has ever agreed to. `fillers`: those that fill in forms (`filling_in`)."""
    held = await grants.granted(conn, resident.id)
    filling = await grants.prefilling(conn, resident.id)
    ended = await grants.stopped(conn, resident.id)
    home = home_sources(street)
    other = sorted({*held, *ended} - set(home))
    offered = {source: Filling(source, filling.get(source)) for source in home if source in fillers}
    listed = [one for source in (*home, *other) if (one := _consent(source, home, held, ended, offered)) is not None]
    return Consents(await asked.answered_at(conn, resident.id), listed)


def _consent(
    source: str,
    home: Mapping[str, Manifest],
    held: Mapping[str, Grant],
    ended: Mapping[str, datetime],
    offered: Mapping[str, Filling],
) -> Consent | None:
    """None: it is a source this house knows no more."""
    manifest = home.get(source) or manifests().get(source)
    flow = flows().get(source.removeprefix(FLOW)) if source.startswith(FLOW) else None
    if manifest is None and flow is None:
        return None
    words = _words()
    said = words.get(source) or words["flow" if flow else "other"]
    return Consent(
        source=source,
        purpose=flow.purpose if flow else manifest.purpose if manifest else "",
        manifest=manifest,
        flow=flow,
        tells=said["tells"],
        without=said["without"],
        is_of_home=source in home,
        grant=held.get(source),
        ended_at=ended.get(source),
        filling=offered.get(source),
    )


@cache
def _words() -> Mapping[str, Mapping[str, Text]]:
    told = tomllib.loads(Path(__file__).with_name("consents.toml").read_text("utf-8"))
    return msgspec.convert(told, dict[str, dict[str, Text]])
