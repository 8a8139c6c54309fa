"""What this room needs of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bff.db import Database
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.limits import Limits
from notifications.jobs import Defer


class House(Protocol):
    """`person_secret`: by which a person of a register is known again in an account."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def pairwise(self) -> Pairwise: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def defer(self) -> Defer: ...
    @property
    def origin(self) -> str: ...
    @property
    def person_secret(self) -> bytes: ...
    def today(self) -> date: ...
