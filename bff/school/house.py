"""What this room needs of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from bff.db import Database
from bff.identity.keys import KeyRing
from life_events import Catalogue
from notifications.jobs import Defer
from notifications.post.live import Live


class House(Protocol):
    """`person_secret`: under which digests of pupils and keys of children are made."""

    @property
    def db(self) -> Database: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def new_token(self) -> Callable[[], str]: ...
    @property
    def person_secret(self) -> bytes: ...
    @property
    def defer(self) -> Defer: ...
    @property
    def origin(self) -> str: ...
    @property
    def assets(self) -> Path: ...
    @property
    def live(self) -> Live: ...
    def today(self) -> date: ...
