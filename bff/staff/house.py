"""What the officials' door needs of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bff.db import Database
from bff.identity.sessions import Lifetimes
from life_events.catalogue import Ward
from notifications.jobs import Defer


class Where(Protocol):
    """`origin`: scheme, host and port the pages are served at, as a browser writes it in `Origin`."""

    @property
    def origin(self) -> str: ...


class Wards(Protocol):
    """`wards` by their 6-digit code."""

    @property
    def wards(self) -> Mapping[str, Ward]: ...


class House(Protocol):
    """The database, time, ids and names of wards."""

    @property
    def db(self) -> Database: ...
    @property
    def settings(self) -> Where: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def defer(self) -> Defer: ...
    @property
    def staff_lifetimes(self) -> Lifetimes: ...
    @property
    def catalogue(self) -> Wards: ...
