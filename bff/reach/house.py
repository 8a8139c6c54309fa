"""What this room needs of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bff.db import Database
from bff.identity.keys import KeyRing
from bff.limits import Limits
from bff.reach.links import Links
from notifications.channels.email import Post
from notifications.channels.sms import Texter
from notifications.jobs import Defer


class House(Protocol):
    """`post`, `texter`: None where the operator has none. `person_secret`: by which a child of the register is known
    again in another account."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def defer(self) -> Defer: ...
    @property
    def origin(self) -> str: ...
    @property
    def reach_links(self) -> Links: ...
    @property
    def post(self) -> Post | None: ...
    @property
    def texter(self) -> Texter | None: ...
    @property
    def person_secret(self) -> bytes: ...
    def today(self) -> date: ...
