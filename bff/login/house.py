"""What this door needs of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bff.accounts.rules import Rules
from bff.db import Database
from bff.identity.keys import KeyRing
from bff.identity.oidc import Identified, RelyingParty
from bff.identity.pairwise import Pairwise
from bff.identity.passkeys import Passkeys
from bff.identity.residents import Resident
from bff.identity.sessions import Lifetimes, Visitor
from bff.identity.staff_realms import StaffRealms
from bff.limits import Limits
from bff.signing.room import SigningRoom


class House(Protocol):
    """`origin`: scheme, host and port as a browser writes them in `Origin`; `wards`: code and Japanese name;
    `providers`: us at each identity provider, by id; `public_jwks`: our public keys for them."""

    @property
    def db(self) -> Database: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def pairwise(self) -> Pairwise: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def new_token(self) -> Callable[[], str]: ...
    @property
    def providers(self) -> Mapping[str, RelyingParty]: ...
    @property
    def passkeys(self) -> Passkeys: ...
    @property
    def signing(self) -> SigningRoom: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def account_rules(self) -> Rules: ...
    @property
    def lifetimes(self) -> Lifetimes: ...
    @property
    def staff_lifetimes(self) -> Lifetimes: ...
    @property
    def staff_realms(self) -> StaffRealms: ...
    @property
    def enrol_window(self) -> timedelta: ...
    @property
    def origin(self) -> str: ...
    @property
    def wards(self) -> Sequence[tuple[str, str]]: ...
    @property
    def public_jwks(self) -> Mapping[str, object]: ...

    async def who(self, token: str) -> Visitor | None:
        """Whose session this token opens; None: nobody's."""

    async def linked(self, resident: UUID, provider: str, who: Identified) -> None:
        """After she proved that an ID at `provider` is hers; raises `LoginFailed` when it cannot be linked."""

    async def new_device(self, resident: Resident, kind: str) -> None:
        """She has come from a device she never came from before: she is told, wherever else she is."""

    async def devices_follow(self, resident: UUID, old: bytes, new: bytes) -> None:
        """A session goes on under a new token: what is pushed to its device goes on too."""

    async def resident_came(self, resident: Resident) -> None:
        """After each login of a resident, before her session begins."""

    async def drop_devices(self, resident: UUID, session: bytes) -> None:
        """At logout: nothing more is pushed to her devices."""
