"""What the officials' door needs of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts.rules import Rules
from bff.administration.keys_here import KeysHere
from bff.administration.shelf import Shelf
from bff.cases.house import House as CasesHouse
from bff.connectors.manifest import Manifest
from bff.db import Database
from bff.exchange.waiting import Waiting
from bff.exchange.ways.flow import Flow
from bff.family.house import House as FamilyHouse
from bff.home.flows import Begin
from bff.identity.acts import Acts
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.identity.passkeys import Passkeys
from bff.identity.sessions import Lifetimes
from bff.identity.staff_realms import StaffRealms
from bff.limits import Limits
from bff.paper.house import House as PaperHouse
from bff.reach.house import House as ReachHouse
from bff.school.house import House as SchoolHouse
from life_events.catalogue import BundleSpec, Procedure, Ward
from life_events.ripple import Ripple
from notifications.audience.bitmaps import Bitmaps
from notifications.jobs import Defer


class Where(Protocol):
    """`origin`: scheme, host and port the pages are served at, as a browser writes it in `Origin`."""

    @property
    def origin(self) -> str: ...


class Wards(Protocol):
    """`wards` by their 6-digit code; `ripples`: what a move changes, by which a hand-over sheet is read;
    `bundles`: the life events with their procedures; `procedures`: what a booking may be for."""

    @property
    def wards(self) -> Mapping[str, Ward]: ...
    @property
    def ripples(self) -> Sequence[Ripple]: ...
    @property
    def bundles(self) -> Sequence[BundleSpec]: ...
    @property
    def procedures(self) -> Mapping[str, Procedure]: ...


class House(Protocol):
    """The database, time, ids, names of wards, the public keys under hand-over sheets, and what is asked outside.

    `shelf`: the catalogue as wards amend it. `services`: manifests by id; `waiting`: how this process stands with each
    of them. `acts`: which role may do what;
    `asks_passkey`: whether nobody goes on without a second factor; `tries_out`: but in a demo.
    """

    @property
    def db(self) -> Database: ...
    @property
    def settings(self) -> Where: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def defer(self) -> Defer: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def bitmaps(self) -> Bitmaps: ...
    @property
    def staff_lifetimes(self) -> Lifetimes: ...
    @property
    def acts(self) -> Acts: ...
    @property
    def asks_passkey(self) -> bool: ...
    @property
    def pairwise(self) -> Pairwise: ...
    @property
    def account_rules(self) -> Rules: ...
    @property
    def staff_realms(self) -> StaffRealms: ...
    @property
    def tries_out(self) -> bool: ...
    @property
    def passkeys(self) -> Passkeys: ...
    @property
    def new_token(self) -> Callable[[], str]: ...
    @property
    def person_secret(self) -> bytes: ...
    @property
    def assets(self) -> Path: ...
    @property
    def handover_jwks(self) -> Mapping[str, object]: ...
    @property
    def catalogue(self) -> Wards: ...
    @property
    def shelf(self) -> Shelf: ...
    @property
    def keys_here(self) -> KeysHere: ...
    @property
    def services(self) -> Mapping[str, Manifest]: ...
    async def begin_flow(self, conn: AsyncConnection, flow: Flow, wish: Begin) -> bool: ...
    @property
    def waiting(self) -> Waiting: ...
    @property
    def for_family(self) -> FamilyHouse: ...
    @property
    def for_cases(self) -> CasesHouse: ...
    @property
    def for_reach(self) -> ReachHouse: ...
    @property
    def for_paper(self) -> PaperHouse: ...
    @property
    def for_school(self) -> SchoolHouse: ...
